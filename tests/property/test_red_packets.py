"""Histories of red packets that nobody thought of: points are only ever moved, never made or lost.

The model counts what was brought, and knows who has claimed what: each point is in an account, in
a packet, or has lapsed. Shares are drawn by lot, so it takes from the packet how much each is.
"""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from typing import TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from hypothesis.stateful import run_state_machine_as_test as run
from tenacity.wait import wait_none

from earn.packets.claiming import claim_packet
from earn.packets.making import Wish, give_packet
from expiry.packets import queue_packets, return_packet
from loyalty.adapters.memory import MemoryMall
from loyalty.adapters.memory.surroundings import ONE_YUAN_A_POINT
from loyalty.domain.account import Kind
from loyalty.domain.errors import Busy, LoyaltyError
from loyalty.domain.packet import PacketRules, PacketStatus, RedPacket
from loyalty.posting import settle_account
from member.reconciling import reconcile_member
from support.books import account_of, bring, entries_of_member

MEMBERS = ("lin", "wang", "mei", "hua")
RULES = PacketRules(most_points=60, most_shares=6, hours=30, per_day=4)
members = st.sampled_from(MEMBERS)
T = TypeVar("T")


@dataclass
class Given:
    """A packet as the model knows it: who has given it, and who has had a share."""

    packet_id: str
    giver: str
    claims: dict[str, str] = field(default_factory=dict)


class PacketMachine(RuleBasedStateMachine):
    """Lives of four members who give each other packets."""

    @initialize()
    def begin(self) -> None:
        self.mall = MemoryMall(replace(ONE_YUAN_A_POINT, red_packets=RULES))
        self.given: list[Given] = []
        self.brought = Counter[str]()
        self.keys = 0
        for name in MEMBERS[:2]:
            self.earn(name, 40, 3)

    @rule(name=members, points=st.integers(1, 30), days=st.sampled_from([0, 1, 2, 5, 40]))
    def earn(self, name: str, points: int, days: int) -> None:
        bring(self.mall, {self.today + timedelta(days=days): points}, name)
        self.brought[name] += points

    @rule(name=members, points=st.integers(1, 60), shares=st.integers(1, 6), lost=st.booleans())
    def give(self, name: str, points: int, shares: int, lost: bool) -> None:
        wish = Wish(points, shares, self.key())
        made = self.persist(lost, lambda: give_packet(self.mall, name, wish))
        if made:
            self.given.append(Given(made.packet_id, name))
            assert self.persist(False, lambda: give_packet(self.mall, name, wish)) == made

    @rule(name=members, back=st.integers(0, 5), lost=st.booleans())
    def claim(self, name: str, back: int, lost: bool) -> None:
        given = self.packet(back)
        if given:
            key = given.claims.get(name) or self.key()
            act = partial(claim_packet, self.mall, name, given.packet_id, key)
            if self.persist(lost, act):
                given.claims[name] = key

    @rule(one=members, other=members, back=st.integers(0, 5))
    def claim_at_once(self, one: str, other: str, back: int) -> None:
        given = self.packet(back)
        if given:
            self.mall.store.before_next_commit(lambda: self.claim(other, back, False))
            self.claim(one, back, False)
            self.mall.store.forget_arrangements()

    @rule(name=members, back=st.integers(0, 5))
    def claim_as_it_goes_home(self, name: str, back: int) -> None:
        given = self.packet(back)
        if given:
            self.mall.store.before_next_commit(lambda: return_packet(self.mall, given.packet_id))
            self.claim(name, back, False)
            self.mall.store.forget_arrangements()

    @rule(hours=st.sampled_from([1, 7, 24, 31]))
    def travel(self, hours: int) -> None:
        self.mall.clock.travel(hours=hours)

    @rule(lost=st.booleans())
    def sweep(self, lost: bool) -> None:
        queue_packets(self.mall)
        while self.mall.packet_queue.packets:
            packet_id = self.mall.packet_queue.packets.pop()
            self.persist(lost, partial(return_packet, self.mall, packet_id))

    @rule(name=members)
    def settle(self, name: str) -> None:
        settle_account(self.mall, name)

    @invariant()
    def every_point_is_somewhere(self) -> None:
        in_packets = sum(sum(self.stored(one).lots.values()) for one in self.given)
        has = sum(sum(account_of(self.mall, name).lots.values()) for name in MEMBERS)
        lapsed = -sum(
            entry.points
            for name in MEMBERS
            for entry in entries_of_member(self.mall, name)
            if entry.kind is Kind.LAPSE
        )
        assert in_packets + has + lapsed == sum(self.brought.values())

    @invariant()
    def a_packet_is_claimed_returned_and_open_exactly(self) -> None:
        for one in self.given:
            packet, claims = self.stored(one), self.mall.packets.claims(one.packet_id)
            left = sum(packet.lots.values())
            claimed = sum(claim.points for claim in claims)
            assert claimed + packet.returned + left == packet.points
            assert [claim.number for claim in claims] == list(range(1, packet.claimed + 1))
            assert {claim.member_id for claim in claims} == set(one.claims)
            assert one.giver not in one.claims
            assert all(claim.points == packet.shares[claim.number - 1] for claim in claims)

    @invariant()
    def points_keep_their_days(self) -> None:
        for one in self.given:
            moved = Counter[date]()
            for name in MEMBERS:
                for entry in entries_of_member(self.mall, name):
                    if entry.key.partition == f"packet:{one.packet_id}":
                        moved.update(entry.lots)
            moved.update(self.stored(one).lots)
            assert not any(moved.values()), "what is given, taken and returned is the same"

    @invariant()
    def the_books_explain_each_account(self) -> None:
        for name in MEMBERS:
            assert not reconcile_member(self.mall, name).differences

    def teardown(self) -> None:
        """When every packet's time is over, all is home or with who took it."""
        if hasattr(self, "given"):
            self.mall.clock.travel(hours=RULES.hours)
            self.sweep(False)
            now = self.mall.clock.now()
            over = {PacketStatus.ALL_CLAIMED, PacketStatus.RETURNED}
            assert {self.stored(one).status_at(now) for one in self.given} <= over
            self.every_point_is_somewhere()

    @property
    def today(self) -> date:
        return self.mall.programmes.live().today(self.mall.clock.now())

    def key(self) -> str:
        self.keys += 1
        return f"key-{self.keys:06}"

    def packet(self, back: int) -> Given | None:
        return self.given[-1 - back] if back < len(self.given) else None

    def stored(self, given: Given) -> RedPacket:
        packet = self.mall.packets.packet(given.packet_id)
        assert packet
        return packet

    def persist(self, lost: bool, act: Callable[[], T]) -> T | None:
        """Do something; where its answer gets lost, ask again. None: it was refused."""
        if lost:
            self.mall.store.lose_next_reply()
            with suppress(LoyaltyError):
                try:
                    return act()
                except Busy:
                    return act()
                finally:
                    self.mall.store.forget_arrangements()
            return None
        with suppress(LoyaltyError):
            return act()
        return None


def test_no_history_of_red_packets_makes_or_loses_a_point(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("loyalty.posting.wait_random_exponential", lambda **_: wait_none())
    lives = settings().max_examples
    run(PacketMachine, settings=settings(max_examples=lives, stateful_step_count=40))
