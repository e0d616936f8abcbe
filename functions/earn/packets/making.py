"""Use cases of members and operators: make a red packet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from secrets import SystemRandom

from loyalty.auditing import OperatorAct, commit_once
from loyalty.domain import moving
from loyalty.domain.account import Account, Lots
from loyalty.domain.audit import Operator, act_id_for, digest_of
from loyalty.domain.entry import Circumstances
from loyalty.domain.errors import (
    IdempotencyKeyReused,
    Invalid,
    LimitReached,
    LoyaltyError,
    NotFound,
)
from loyalty.domain.origin import NOWHERE, Origin
from loyalty.domain.packet import PacketRules, RedPacket, split
from loyalty.domain.programme import Programme
from loyalty.domain.writes import CountPacket, OpenPacket, Write
from loyalty.ports import Mall, WriteRefused
from loyalty.posting import LostRace, changes, commit, until_it_holds


@dataclass(frozen=True, slots=True)
class Wish:
    """Points for so many who come first; under one key it is one packet."""

    points: int
    shares: int
    key: str
    reason: str | None = None

    @property
    def digest(self) -> str:
        """What tells another wish under the same key."""
        return digest_of([self.points, self.shares, self.reason])


def give_packet(mall: Mall, member_id: str, wish: Wish, origin: Origin = NOWHERE) -> RedPacket:
    """Make a packet of a member's own points, which leave the account at once.

    Raises:
        NotFound: the programme knows no red packets.
        Invalid: more points or shares than the programme allows, or fewer points than shares.
        AccountFrozen, InsufficientPoints: the points cannot be given.
        LimitReached: the member has given enough packets today.
        IdempotencyKeyReused: the key came with another packet before.
        Busy: the account changes all the time; the same key finds what was done.
    """
    packet_id = _id_of(member_id, wish)

    def attempt(fresh: Account | None) -> RedPacket:
        now, programme = mall.clock.now(), mall.programmes.live()
        today, rules = programme.today(now), rules_of(programme)
        _require_within(wish, rules)
        account = fresh or mall.accounts.account(member_id)
        outcome, draws = moving.give(account, today, wish.points)
        packet = _drawn(mall, programme, packet_id, wish, draws, giver=member_id)
        why = Circumstances(
            occurred_at=now,
            recorded_at=now,
            reason="red-packet",
            actor=f"member:{member_id}",
            reference=packet_id,
            programme_version=programme.version,
            explanation={"packet_id": packet_id, "shares": wish.shares, **origin.facts},
        )
        count = CountPacket(member_id, today, rules.per_day)
        booked = changes(account, outcome, packet.key_of("give"), why)
        return _open(mall, packet, [count, *booked])

    try:
        made = until_it_holds(attempt)
    except LoyaltyError:
        # The answer to this very request may have been lost; then what was done stands.
        earlier = mall.packets.packet(packet_id)
        if earlier is None:
            raise
        made = earlier
    return _the_same(made, wish)


def offer_packet(mall: Mall, operator: Operator, wish: Wish) -> RedPacket:
    """Make a packet of the merchant's: its points come into being when they are claimed.

    Raises:
        NotFound: the programme knows no red packets.
        Invalid: more points than one pair of eyes may issue, or fewer than shares.
        IdempotencyKeyReused: the key came with another packet before.
    """
    now, programme = mall.clock.now(), mall.programmes.live()
    rules_of(programme)
    most = programme.review.four_eyes_above
    _require_within(wish, PacketRules(most_points=most))
    packet_id = _id_of(operator.subject, wish)
    lots = {programme.validity.expires_on(programme.today(now)): wish.points}
    packet = _drawn(mall, programme, packet_id, wish, lots, made_by=operator.subject)
    facts = {"points": wish.points, "shares": wish.shares}
    act = OperatorAct(
        operator,
        "red-packet.offer",
        packet_id,
        wish.key,
        request=wish.digest,
        reason=wish.reason,
        after=facts,
    )
    commit_once(mall, act, [OpenPacket(packet)])
    made = mall.packets.packet(packet_id)
    assert made, "what was committed is there"
    return made


def rules_of(programme: Programme) -> PacketRules:
    """Return what the programme says of packets.

    Raises:
        NotFound: nothing.
    """
    if programme.red_packets is None:
        raise NotFound("The programme knows no red packets.")
    return programme.red_packets


def _id_of(maker: str, wish: Wish) -> str:
    act_id = act_id_for(maker, "red-packet", "", wish.key)
    return act_id.replace("act_", "rp_", 1)


def _require_within(wish: Wish, rules: PacketRules) -> None:
    if wish.points > rules.most_points:
        raise Invalid.at("points", f"A packet holds {rules.most_points} points at most.")
    if wish.shares > rules.most_shares:
        raise Invalid.at("shares", f"A packet has {rules.most_shares} shares at most.")
    if wish.shares > wish.points:
        raise Invalid.at("shares", "Each share is a point at least.")


def _drawn(
    mall: Mall,
    programme: Programme,
    packet_id: str,
    wish: Wish,
    lots: Lots,
    *,
    giver: str | None = None,
    made_by: str | None = None,
) -> RedPacket:
    now = mall.clock.now()
    return RedPacket(
        packet_id=packet_id,
        points=wish.points,
        shares=split(wish.points, wish.shares, SystemRandom()),
        made_at=now,
        expires_at=now + timedelta(hours=rules_of(programme).hours),
        request_digest=wish.digest,
        giver=giver,
        made_by=made_by,
        lots=lots,
    )


def _open(mall: Mall, packet: RedPacket, writes: Sequence[Write]) -> RedPacket:
    """Put a packet with what it takes; where it stands already, return it as it was made."""
    try:
        commit(mall, [OpenPacket(packet), *writes])
    except WriteRefused as refused:
        made = next((it for _, it in refused.found if isinstance(it, RedPacket)), None)
        if made:
            return made
        for write, _ in refused.found:
            if isinstance(write, CountPacket):
                raise LimitReached(limit=write.limit, period="day") from refused
        raise LostRace from refused
    return packet


def _the_same(made: RedPacket, wish: Wish) -> RedPacket:
    if made.request_digest != wish.digest:
        raise IdempotencyKeyReused
    return made
