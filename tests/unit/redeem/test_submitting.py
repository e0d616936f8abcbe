"""An order that is taken: points, stock, limits, order and entry at once."""

from dataclasses import replace
from datetime import date

from loyalty.adapters.memory import MemoryMall
from loyalty.domain.entry import EntryKey
from loyalty.domain.item import ItemKind, Limits, Review, Stock
from loyalty.domain.programme import ReviewRules
from loyalty.domain.redemption import Status
from support.books import account_of, assert_explained, available
from support.counter import ADDRESS, Counter, put_on_shelf
from support.shop import Shop

LOT = date(2027, 11, 30)


def test_points_pieces_order_and_entry_change_together(mall: MemoryMall, counter: Counter) -> None:
    redemption = counter.redeem(3)
    assert (redemption.status, redemption.points) == (Status.CONFIRMED, 30)
    assert redemption.draws == {LOT: 30}
    assert mall.redemptions.redemption(redemption.redemption_id) == redemption
    assert available(mall) == 70
    assert mall.catalog.stock("itm_tea") == Stock("itm_tea", 17, sold=3)
    entry = mall.ledger.entry(EntryKey(redemption.partition, "spend"))
    assert entry is not None
    assert (entry.points, entry.lots, entry.reason) == (-30, {LOT: -30}, "redemption")
    assert (entry.actor, entry.reference) == ("member:lin", redemption.redemption_id)
    assert entry.explanation == {"item_id": "itm_tea", "quantity": 3}
    assert_explained(mall)


def test_an_order_that_is_reviewed_holds_points_and_pieces(
    mall: MemoryMall, counter: Counter
) -> None:
    put_on_shelf(mall, "itm_rare", points=25, stock=2, review=Review.ALWAYS)
    redemption = counter.redeem(2, "itm_rare")
    assert redemption.status is Status.PENDING_REVIEW
    assert redemption.review is not None
    assert redemption.review.facts == {"item": "always-reviewed"}
    assert (redemption.review.due_at - redemption.created_at).total_seconds() == 72 * 3600
    assert (available(mall), account_of(mall).held) == (50, 50)
    assert mall.catalog.stock("itm_rare") == Stock("itm_rare", 0, held=2)
    assert mall.ledger.entry(EntryKey(redemption.partition, "hold")) is not None
    assert mall.ledger.entry(EntryKey(redemption.partition, "spend")) is None


def test_the_programme_s_limits_send_an_order_to_a_reviewer(
    mall: MemoryMall, counter: Counter
) -> None:
    put_on_shelf(mall, "itm_auto", points=10, review=Review.AUTO)
    rules = ReviewRules(points_above=20, account_younger_than_hours=24, four_eyes_above=40)
    mall.programmes.publish(replace(mall.programmes.live(), review=rules))
    redemption = counter.redeem(3, "itm_auto")
    assert redemption.review is not None
    assert redemption.review.facts == {"points_above": 20, "account_younger_than_hours": 24}
    assert redemption.review.approvals_needed == 1
    above = counter.redeem(5, "itm_auto").review
    assert above is not None
    assert above.approvals_needed == 2


def test_too_many_redemptions_within_an_hour_are_reviewed(
    mall: MemoryMall, counter: Counter
) -> None:
    put_on_shelf(mall, "itm_auto", review=Review.AUTO)
    rules = ReviewRules(redemptions_per_hour_above=2)
    mall.programmes.publish(replace(mall.programmes.live(), review=rules))
    assert [counter.redeem(1, "itm_auto").review is None for _ in range(3)] == [True, True, False]
    mall.clock.travel(hours=2)
    assert counter.redeem(1, "itm_auto").review is None


def test_an_address_a_choice_and_the_item_s_name_travel_with_the_order(
    mall: MemoryMall, counter: Counter
) -> None:
    put_on_shelf(mall, "itm_cup", kind=ItemKind.PHYSICAL)
    redemption = counter.redeem(1, "itm_cup", delivery=ADDRESS)
    assert redemption.delivery == ADDRESS
    assert redemption.item_name == {"zh": "龙井茶", "en": "Longjing tea"}
    assert [step.status for step in redemption.timeline] == [Status.CONFIRMED]
    assert redemption.programme_version == 1


def test_each_order_counts_against_the_member_s_limits(mall: MemoryMall, counter: Counter) -> None:
    put_on_shelf(mall, "itm_few", limits=Limits(per_day=2, per_member=5))
    assert counter.redeem(2, "itm_few").counted == ("total", "day#2026-11-21")


def test_an_order_on_an_account_with_lapsed_lots_lets_them_lapse(
    mall: MemoryMall, counter: Counter
) -> None:
    mall.clock.travel(days=380)
    Shop(mall).pays("A2", 40)
    counter.redeem(4)
    assert account_of(mall).lots == {}
    lapse = mall.ledger.lapsed_lot("lin", LOT)
    assert lapse.lapsed == 100
    assert_explained(mall)
