"""The account, driven through the real services, against points that are tokens."""

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
from loyalty.domain.redemption import Verdict
from loyalty.domain.validity import Validity, ValidityKind
from property.counter_acts import CallsOff, Concludes, Decides, HandsOver, Redeems
from property.news import Cancels, Edits, Pays, Refunds
from property.proofs import prove_all
from property.races import RACES, Act, act_once, act_with_lost_reply
from property.sweeps import Matures, Settles, Sweeps
from property.world import Plan, World

STEPS = 60
"""Steps of one life of an account."""

LIVES = 3
"""Lives for each example that the profile asks for: 300 in full."""

LEAST_STEPS = 10_000
"""What the account has gone through under each policy when the full profile has run."""

VALIDITIES = [
    Validity(ValidityKind.FIXED_DAYS, 10),
    Validity(ValidityKind.ROLLING_MONTHS, 0),
    Validity(ValidityKind.ROLLING_MONTHS, 1),
    Validity(ValidityKind.NATURAL_YEAR, 0),
    Validity(ValidityKind.UNLIMITED),
]

any_order = st.sampled_from([1, 2, 1, 2, 3, 1, 4, 0, 6])
"""How many orders ago; 0 is one that nobody has heard of: refunds come before their order too."""

any_redemption = st.sampled_from([1, 1, 2, 2, 3, 4, 5])
plans = st.builds(
    Plan,
    yuan=st.sampled_from([3, 8, 10, 10, 12, 15, 0]),
    category=st.sampled_from(["tea", "tea", "preorder"]),
    days_before=st.sampled_from([0, 0, 0, 1, 3, 12, 25]),
)
items = st.sampled_from(["itm_tea", "itm_rare"])
new_orders = st.builds(Pays, st.just(0), plans)
news = st.one_of(
    st.builds(Pays, any_order, plans),
    st.builds(Edits, any_order, plans, minutes=st.sampled_from([-5, 1, 2, 3])),
    st.builds(Refunds, any_order, plans, yuan=st.sampled_from([1, 2, 3, 5, 8, 15])),
    st.builds(Cancels, any_order, plans),
)
redeemings = st.builds(
    Redeems,
    st.sampled_from([0, 0, 0, 0, 1]),
    points=st.sampled_from([0, 0, 1, 2, 3, 5, 8]),
    item_id=items,
)
decisions = st.builds(
    Decides,
    any_redemption,
    verdict=st.sampled_from(Verdict),
    word=st.sampled_from(["word-1", "word-2"]),
)
counter_acts = st.one_of(
    st.builds(CallsOff, any_redemption),
    decisions,
    st.builds(Concludes, any_redemption),
    st.builds(HandsOver, any_redemption),
)
sweeps = st.one_of(st.builds(Settles), st.builds(Matures, any_order), st.builds(Sweeps))
acts = st.one_of(new_orders, news, redeemings, counter_acts, news, redeemings, sweeps)


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

    @rule(act=news)
    def tell(self, act: Act) -> None:
        act_once(self.world, act)

    @rule(act=new_orders)
    def earn(self, act: Act) -> None:
        act_once(self.world, act)

    @rule(act=redeemings)
    def redeem(self, act: Act) -> None:
        act_once(self.world, act)

    @rule(act=counter_acts)
    def follow_up(self, act: Act) -> None:
        act_once(self.world, act)

    @rule(decision=decisions)
    def review(self, decision: Decides) -> None:
        act_once(self.world, decision)
        act_once(self.world, Concludes(decision.back))

    @rule(act=sweeps)
    def sweep(self, act: Act) -> None:
        act_once(self.world, act)

    @rule(act=acts)
    def lose_a_reply(self, act: Act) -> None:
        act_with_lost_reply(self.world, act)

    @rule(race=st.sampled_from(RACES), outer=acts, inner=acts)
    def act_at_once(self, race: object, outer: Act, inner: Act) -> None:
        race(self.world, outer, inner)  # type: ignore[operator]

    @rule(days=st.sampled_from([1, 1, 2, 4, 9, 9, 33]))
    def travel(self, days: int) -> None:
        self.world.mall.clock.travel(days=days)

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
