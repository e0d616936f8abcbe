from datetime import date, timedelta

from contract.rows import NOW, refusal
from loyalty.domain.adjustment import AdjustmentStatus, WaitingAdjustment
from loyalty.domain.writes import AddAdjustment, DecideAdjustment
from support.stored import Stored

PENDING, APPROVED = AdjustmentStatus.PENDING_APPROVAL, AdjustmentStatus.APPROVED
WAITING = WaitingAdjustment(
    "adj_1", "lin", -200_000, "a mistake", "operator-1", NOW, date(2027, 1, 31)
)
DECIDED = WAITING.decided(APPROVED, "reviewer-1", NOW, "checked", "act_1")


def listed(mall: Stored, status: AdjustmentStatus) -> list[str]:
    return [one.adjustment_id for one in mall.adjustments.in_status(status).items]


def test_an_adjustment_comes_back_as_it_was_asked_for(mall: Stored) -> None:
    assert mall.adjustments.adjustment("adj_1") is None
    mall.store.commit([AddAdjustment(WAITING)])
    assert mall.adjustments.adjustment("adj_1") == WAITING
    assert (listed(mall, PENDING), listed(mall, APPROVED)) == (["adj_1"], [])


def test_an_adjustment_is_asked_for_once(mall: Stored) -> None:
    mall.store.commit([AddAdjustment(WAITING)])
    again = AddAdjustment(WAITING)
    assert refusal(mall, again) == [(again, WAITING)]


def test_a_decided_adjustment_changes_its_list(mall: Stored) -> None:
    mall.store.commit([AddAdjustment(WAITING)])
    mall.store.commit([DecideAdjustment(DECIDED)])
    assert mall.adjustments.adjustment("adj_1") == DECIDED
    assert (listed(mall, PENDING), listed(mall, APPROVED)) == ([], ["adj_1"])


def test_an_adjustment_is_decided_once(mall: Stored) -> None:
    mall.store.commit([AddAdjustment(WAITING)])
    mall.store.commit([DecideAdjustment(DECIDED)])
    again = DecideAdjustment(DECIDED)
    assert refusal(mall, again) == [(again, DECIDED)]


def test_the_oldest_request_stands_first_and_the_list_goes_on(mall: Stored) -> None:
    for place in (2, 0, 1):
        at = NOW + timedelta(minutes=place)
        one = WaitingAdjustment(f"adj_{place}", "lin", 200_000, "x", "operator-1", at)
        mall.store.commit([AddAdjustment(one)])
    page = mall.adjustments.in_status(PENDING, limit=2)
    rest = mall.adjustments.in_status(PENDING, limit=2, position=page.next_position)
    assert [one.adjustment_id for one in page.items] == ["adj_0", "adj_1"]
    assert [one.adjustment_id for one in rest.items] == ["adj_2"]
    assert rest.next_position is None
