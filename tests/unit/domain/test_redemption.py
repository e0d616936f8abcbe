"""A redemption: its number, its verdict, its steps, and who may do what in which status."""

from datetime import UTC, date, datetime, timedelta

import pytest

from loyalty.domain.errors import NotAllowedNow
from loyalty.domain.item import ItemKind
from loyalty.domain.redemption import (
    Decision,
    Redemption,
    Review,
    Shipment,
    Status,
    Step,
    Verdict,
    redemption_id_for,
)
from loyalty.domain.steps import FINAL, Act, Actor, allowed_acts, require

NOON = datetime(2026, 11, 21, 4, tzinfo=UTC)


def redemption(
    status: Status = Status.CONFIRMED,
    kind: ItemKind = ItemKind.PHYSICAL,
    review: Review | None = None,
    code_ids: tuple[str, ...] = (),
) -> Redemption:
    return Redemption(
        redemption_id="rdm_1",
        member_id="lin",
        request_digest="d",
        item_id="itm_tea",
        item_name={"zh": "茶", "en": "Tea"},
        item_kind=kind,
        quantity=1,
        points=5,
        draws={date(2026, 12, 31): 5},
        status=status,
        created_at=NOON,
        timeline=(Step(status, NOON),),
        review=review,
        code_ids=code_ids,
    )


def decided(*verdicts: Verdict, needed: int = 1) -> Review:
    decisions = (Decision(v, "why", f"reviewer-{n}", NOON) for n, v in enumerate(verdicts))
    return Review(NOON, approvals_needed=needed, decisions=tuple(decisions), task_token="secret")


APPROVE, REJECT = Verdict.APPROVE, Verdict.REJECT


@pytest.mark.parametrize(
    ("review", "verdict"),
    [
        (decided(), None),
        (decided(APPROVE), APPROVE),
        (decided(REJECT), REJECT),
        (decided(APPROVE, needed=2), None),
        (decided(APPROVE, APPROVE, needed=2), APPROVE),
        (decided(APPROVE, REJECT, needed=2), REJECT),
        (decided(REJECT, needed=2), REJECT),
    ],
)
def test_one_rejection_or_enough_approvals_decide(review: Review, verdict: Verdict | None) -> None:
    assert review.verdict is verdict


def test_the_same_key_of_a_member_is_the_same_redemption_for_ever() -> None:
    assert redemption_id_for("lin", "key-1") == redemption_id_for("lin", "key-1")
    others = {redemption_id_for("wang", "key-1"), redemption_id_for("lin", "key-2")}
    assert redemption_id_for("lin", "key-1") not in others
    assert redemption_id_for("lin", "key-1").startswith("rdm_")


def test_an_order_number_begins_with_the_day_and_has_only_digits() -> None:
    number = redemption().order_number
    assert number.startswith("261121")
    assert len(number) == 16
    assert number.isdigit()


def test_a_redemption_is_answered_as_it_was_submitted_whatever_has_become_of_it() -> None:
    first = redemption(Status.PENDING_REVIEW, review=Review(NOON, {"item": "always-reviewed"}))
    later = first.reach(Status.CONFIRMED, NOON + timedelta(hours=1))
    later = later.reach(Status.SHIPPED, NOON + timedelta(hours=2), "on its way")
    after = Redemption(
        **{
            **{name: getattr(later, name) for name in Redemption.__dataclass_fields__},
            "review": Review(
                NOON,
                {"item": "always-reviewed"},
                decisions=decided(APPROVE).decisions,
                task_token="secret",
            ),
            "shipment": Shipment("SF", "SF1", NOON),
            "code_ids": ("c1",),
        }
    )
    assert after.as_submitted() == first
    assert redemption().as_submitted() == redemption()


def test_reaching_a_status_adds_a_step_and_a_version() -> None:
    later = redemption().reach(Status.SHIPPED, NOON, "on its way")
    assert later.timeline[-1] == Step(Status.SHIPPED, NOON, "on its way")
    assert (later.status, later.version) == (Status.SHIPPED, 2)
    assert later.partition == "redemption:rdm_1"


MEMBER, OPERATOR = Actor.MEMBER, Actor.OPERATOR
WAITING = Status.PENDING_REVIEW


@pytest.mark.parametrize(
    ("thing", "actor", "acts"),
    [
        (redemption(WAITING, review=decided()), MEMBER, {Act.CANCEL, Act.CHANGE_DELIVERY}),
        (redemption(WAITING, review=decided(APPROVE)), MEMBER, {Act.CHANGE_DELIVERY}),
        (redemption(WAITING, ItemKind.VIRTUAL, decided()), MEMBER, {Act.CANCEL}),
        (redemption(WAITING, review=decided()), OPERATOR, {Act.DECIDE}),
        (redemption(WAITING, review=decided(APPROVE, needed=2)), OPERATOR, {Act.DECIDE}),
        (redemption(WAITING, review=decided(APPROVE)), OPERATOR, set()),
        (redemption(), MEMBER, {Act.CANCEL, Act.CHANGE_DELIVERY}),
        (redemption(review=decided(APPROVE)), MEMBER, {Act.CANCEL, Act.CHANGE_DELIVERY}),
        (redemption(), OPERATOR, {Act.SHIP}),
        (redemption(kind=ItemKind.VIRTUAL), MEMBER, {Act.CANCEL}),
        (redemption(kind=ItemKind.VIRTUAL), OPERATOR, set()),
        (redemption(kind=ItemKind.SERVICE), OPERATOR, set()),
        (redemption(Status.SHIPPED), MEMBER, {Act.CONFIRM_RECEIPT}),
        (redemption(Status.SHIPPED), OPERATOR, set()),
        (redemption(Status.RECEIVED), MEMBER, set()),
        (
            redemption(Status.COMPLETED, ItemKind.VIRTUAL, code_ids=("c1",)),
            MEMBER,
            {Act.REVEAL_CODE},
        ),
        (redemption(Status.COMPLETED, ItemKind.SERVICE), MEMBER, set()),
    ],
)
def test_who_may_do_what(thing: Redemption, actor: Actor, acts: set[Act]) -> None:
    assert set(allowed_acts(thing, actor)) == acts
    for act in Act:
        if act in acts:
            require(thing, act, actor)
        else:
            with pytest.raises(NotAllowedNow) as refused:
                require(thing, act, actor)
            assert refused.value.facts["status"] is thing.status
            assert set(refused.value.facts["allowed_actions"]) == acts


@pytest.mark.parametrize("status", sorted(FINAL - {Status.COMPLETED}))
@pytest.mark.parametrize("actor", Actor)
def test_nobody_changes_what_has_ended(status: Status, actor: Actor) -> None:
    assert allowed_acts(redemption(status, review=decided()), actor) == []
