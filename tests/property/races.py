"""Two at once, and answers that get lost: the effect must be that of one after the other."""

from collections.abc import Callable
from typing import Protocol, Self

import pytest

from loyalty.domain.account import Account
from loyalty.domain.errors import Busy
from property.world import World


class Act(Protocol):
    """Something that is done to the mall and told to the tokens; both answer in one word."""

    def at(self, world: World) -> Self:
        """Settle what is meant, once, however often it is done."""

    def real(self, world: World) -> str:
        """Do it to the mall."""

    def told(self, world: World) -> str:
        """Do it with the tokens."""


def act_once(world: World, act: Act) -> None:
    """Do it to both, and compare what they say."""
    _do(world, act.at(world))


def _do(world: World, act: Act) -> None:
    answer = act.real(world)
    assert answer == act.told(world)


def act_with_lost_reply(world: World, act: Act) -> None:
    """Lose the answer of what is written first; whoever asked asks again."""
    store, act = world.mall.store, act.at(world)
    store.lose_next_reply()
    try:
        answer = act.real(world)
    except Busy:
        answer = act.real(world)
    store.forget_arrangements()
    assert answer == act.told(world)


def act_before_write(world: World, outer: Act, inner: Act) -> None:
    """Let one act happen between what another has read and what it writes."""
    happened: list[Act] = []
    outer, inner = outer.at(world), inner.at(world)

    def meanwhile() -> None:
        happened.append(inner)
        _do(world, inner)

    world.mall.store.before_next_commit(meanwhile)
    answer = outer.real(world)
    world.mall.store.forget_arrangements()
    assert answer == outer.told(world)
    if not happened:
        _do(world, inner)


def act_between_reads(world: World, outer: Act, inner: Act) -> None:
    """Let one act happen after another has read everything but the account."""
    happened: list[Act] = []
    outer, inner = outer.at(world), inner.at(world)
    read = world.mall.accounts.account

    def meanwhile(member_id: str) -> Account:
        if not happened:
            happened.append(inner)
            _do(world, inner)
        return read(member_id)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(world.mall.accounts, "account", meanwhile)
        answer = outer.real(world)
    assert answer == outer.told(world)
    if not happened:
        _do(world, inner)


Race = Callable[[World, Act, Act], None]

RACES: list[Race] = [act_before_write, act_between_reads]
