"""The hourly sweep finishes what machines left undone, and leaves alone what is on its way."""

import pytest

from loyalty.adapters.memory import MemoryMall
from loyalty.domain.item import ItemKind, Review
from loyalty.domain.redemption import Redemption, Status, Verdict
from redeem.review import await_person
from redeem.service import reviews
from redeem.sweep import Swept, sweep
from support.books import account_of, available, facts_of
from support.counter import Counter, fill_pool, put_on_shelf
from support.shop import Shop


@pytest.fixture
def waiting(mall: MemoryMall, counter: Counter) -> Redemption:
    """An order that waits for a reviewer, for 72 hours."""
    put_on_shelf(mall, "itm_rare", review=Review.ALWAYS)
    return counter.redeem(1, "itm_rare")


def status_of(mall: MemoryMall, redemption: Redemption) -> Status:
    found = mall.redemptions.redemption(redemption.redemption_id)
    assert found is not None
    return found.status


def test_a_review_that_ran_out_of_time_is_given_back(mall: MemoryMall, waiting: Redemption) -> None:
    await_person(mall, waiting.redemption_id, "token")
    mall.clock.travel(hours=71, minutes=59)
    assert sweep(mall) == Swept()
    mall.clock.travel(minutes=1)
    assert sweep(mall) == Swept(concluded=1)
    assert status_of(mall, waiting) is Status.REVIEW_EXPIRED
    assert available(mall) == 100


def test_a_decision_that_no_machine_carried_out_is_carried_out(
    mall: MemoryMall, counter: Counter, waiting: Redemption
) -> None:
    await_person(mall, waiting.redemption_id, "token")
    counter.decide(waiting, Verdict.APPROVE)
    mall.clock.travel(minutes=10)
    assert sweep(mall) == Swept()
    mall.clock.travel(minutes=1)
    assert sweep(mall) == Swept(concluded=1, fulfilled=1)
    assert status_of(mall, waiting) is Status.COMPLETED


def test_a_decision_in_time_counts_though_it_is_carried_out_late(
    mall: MemoryMall, counter: Counter, waiting: Redemption
) -> None:
    counter.decide(waiting, Verdict.APPROVE)
    mall.clock.travel(hours=100)
    sweep(mall)
    assert status_of(mall, waiting) is Status.COMPLETED
    assert available(mall) == 99


def test_an_execution_that_never_waited_is_started_again(
    mall: MemoryMall, waiting: Redemption
) -> None:
    mall.clock.travel(minutes=10)
    assert sweep(mall) == Swept()
    mall.clock.travel(minutes=1)
    assert sweep(mall) == Swept(restarted=1)
    assert list(mall.review_flow.started) == [waiting.redemption_id]


def test_codes_that_came_late_are_handed_over(mall: MemoryMall, counter: Counter) -> None:
    put_on_shelf(mall, "itm_code", kind=ItemKind.VIRTUAL)
    redemption = counter.redeem(1, "itm_code")
    assert sweep(mall) == Swept()
    fill_pool(mall, "itm_code", "AAAA")
    assert sweep(mall) == Swept(fulfilled=1)
    assert status_of(mall, redemption) is Status.COMPLETED


def test_a_second_sweep_finds_nothing(mall: MemoryMall, waiting: Redemption) -> None:
    mall.clock.travel(hours=72)
    sweep(mall)
    before = facts_of(mall)
    assert sweep(mall) == Swept()
    assert facts_of(mall) == before
    assert status_of(mall, waiting) is Status.REVIEW_EXPIRED


def test_two_sweeps_at_once_do_everything_once(
    mall: MemoryMall, counter: Counter, waiting: Redemption
) -> None:
    other = counter.redeem(1, "itm_rare")
    mall.clock.travel(hours=72)
    mall.store.before_next_commit(lambda: sweep(mall))
    sweep(mall)
    assert {status_of(mall, r) for r in (waiting, other)} == {Status.REVIEW_EXPIRED}
    assert (available(mall), account_of(mall).held) == (100, 0)


def test_more_overdue_reviews_than_a_page_holds_are_all_concluded(
    mall: MemoryMall, counter: Counter
) -> None:
    Shop(mall).pays("A2", 100)
    put_on_shelf(mall, "itm_rare", review=Review.ALWAYS)
    for _ in range(130):
        counter.redeem(1, "itm_rare")
        mall.clock.travel(seconds=1)
    mall.clock.travel(hours=73)
    assert sweep(mall) == Swept(concluded=130)
    assert (available(mall), account_of(mall).held) == (200, 0)


def test_reviewers_see_what_is_due_first_first(mall: MemoryMall, counter: Counter) -> None:
    put_on_shelf(mall, "itm_rare", review=Review.ALWAYS)
    made = []
    for _ in range(3):
        made.append(counter.redeem(1, "itm_rare"))
        mall.clock.travel(minutes=1)
    page = reviews(mall, 2, None)
    rest = reviews(mall, 2, page.next_position)
    assert [*page.items, *rest.items] == made
    assert rest.next_position is None
