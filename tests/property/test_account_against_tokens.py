"""The account, driven through the real services, against points that are tokens."""

from collections.abc import Sequence
from typing import ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from tenacity.wait import wait_none

from loyalty.domain.claw_back import ClawBackPolicy
from loyalty.domain.validity import Validity, ValidityKind
from property import drawn
from property.counter_acts import Concludes, Decides
from property.news import Pays
from property.proofs import prove_all
from property.races import RACES, Act, Race, act_once, act_with_lost_reply
from property.world import Plan, World

STEPS = 60
"""Steps of one life of an account."""

LIVES = 2
"""Lives for each example that the profile asks for: 200 in full."""

LEAST_STEPS = 5_000
"""What the account has gone through under each of two policies when the full profile has run."""

VALIDITIES = [
    Validity(ValidityKind.FIXED_DAYS, 10),
    Validity(ValidityKind.ROLLING_MONTHS, 0),
    Validity(ValidityKind.ROLLING_MONTHS, 1),
    Validity(ValidityKind.NATURAL_YEAR, 0),
    Validity(ValidityKind.UNLIMITED),
]

A_LIFE = 2_000
"""Days: nobody waits for what never expires."""

races = st.sampled_from(RACES)


class AccountMachine(RuleBasedStateMachine):
    """Lives of one member; ``policy``: what becomes of a claw-back that finds too little."""

    policy: ClassVar[ClawBackPolicy]
    steps: ClassVar[int] = 0

    world: World

    @initialize(validity=st.sampled_from(VALIDITIES), grace_days=st.sampled_from([0, 5, 40]))
    def begin(self, validity: Validity, grace_days: int) -> None:
        self.world = World(validity, self.policy, grace_days)
        for category in ("tea", "preorder"):
            act_once(self.world, Pays(0, Plan(12, category, 0)))

    @rule(act=drawn.news_of(drawn.any_order))
    def tell(self, act: Act) -> None:
        act_once(self.world, act)

    @rule(act=drawn.new_orders)
    def earn(self, act: Act) -> None:
        act_once(self.world, act)

    @rule(act=drawn.redeemings)
    def redeem(self, act: Act) -> None:
        act_once(self.world, act)

    @rule(act=drawn.follow_ups_of(drawn.any_redemption))
    def follow_up(self, act: Act) -> None:
        act_once(self.world, act)

    @rule(decision=drawn.decisions_of(drawn.any_redemption))
    def review(self, decision: Decides) -> None:
        act_once(self.world, decision)
        act_once(self.world, Concludes(decision.back))

    @rule(act=drawn.sweeps)
    def sweep(self, act: Act) -> None:
        act_once(self.world, act)

    @rule(act=drawn.acts)
    def lose_a_reply(self, act: Act) -> None:
        act_with_lost_reply(self.world, act)

    @rule(race=races, pair=drawn.two(drawn.on_the_account))
    def meet_on_the_account(self, race: Race, pair: Sequence[Act]) -> None:
        race(self.world, *pair)

    @rule(race=races, pair=drawn.two_on_an_order)
    def meet_on_an_order(self, race: Race, pair: Sequence[Act]) -> None:
        race(self.world, *pair)

    @rule(race=races, pair=drawn.two_on_a_redemption)
    def meet_on_a_redemption(self, race: Race, pair: Sequence[Act]) -> None:
        race(self.world, *pair)

    @rule(race=races, pair=drawn.two(drawn.acts))
    def meet_by_chance(self, race: Race, pair: Sequence[Act]) -> None:
        race(self.world, *pair)

    @rule(days=st.sampled_from([1, 1, 2, 4, 9, 9, 33]))
    def travel(self, days: int) -> None:
        self.world.mall.clock.travel(days=days)

    @rule()
    def outlive_the_next_lot(self) -> None:
        lots = self.world.tokens.lots(self.world.today)
        days = (min(lots, default=self.world.today) - self.world.today).days
        self.world.mall.clock.travel(days=days + 1 if days < A_LIFE else 1)

    @invariant()
    def all_promises_hold(self) -> None:
        type(self).steps += 1
        prove_all(self.world)


class WithDebts(AccountMachine):
    """What a claw-back does not find is owed."""

    policy = ClawBackPolicy.DEBT


class WithoutDebts(AccountMachine):
    """What a claw-back does not find is let go."""

    policy = ClawBackPolicy.CLAMP


@pytest.mark.parametrize("machine", [WithDebts, WithoutDebts])
def test_no_history_breaks_a_promise_of_the_account(
    machine: type[AccountMachine], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loyalty.posting.wait_random_exponential", lambda **_: wait_none())
    lives = LIVES * settings().max_examples
    run_state_machine_as_test(
        machine, settings=settings(max_examples=lives, stateful_step_count=STEPS)
    )
    print(f"{machine.steps} steps in {lives} lives")
    assert machine.steps >= min(LEAST_STEPS, lives * STEPS // 2)
