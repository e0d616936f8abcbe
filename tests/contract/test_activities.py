from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from contract.rows import GRANT, NOW, book, entry, refusal
from loyalty.domain.entry import EntryKey
from loyalty.domain.order_book import OrderBook
from loyalty.domain.origin import Origin
from loyalty.domain.referral import Bond, ReferralCode, Referrer
from loyalty.domain.request import Request
from loyalty.domain.task import TaskProgress
from loyalty.domain.writes import AddEntry, ForbidRing, OrderStands, SaveActivity, SaveBook
from support.stored import Stored

TODAY = date(2026, 11, 21)


def bond(friend: str = "mei", referrer: str = "lin", minutes: int = 0) -> Bond:
    return Bond(friend, referrer, "LINSCODE", NOW + timedelta(minutes=minutes))


def test_progress_comes_back_and_is_listed_with_the_members_own(mall: Stored) -> None:
    assert mall.activities.task("lin", "survey") == TaskProgress("lin", "survey")
    survey = TaskProgress("lin", "survey").counted(TODAY)
    share = TaskProgress("lin", "share-link").counted(TODAY)
    other = TaskProgress("wang", "survey").counted(TODAY)
    mall.store.commit([SaveActivity(survey), SaveActivity(share), SaveActivity(other)])
    assert mall.activities.task("lin", "survey") == survey
    assert mall.activities.tasks("lin") == [share, survey]
    mall.store.commit([SaveActivity(survey.counted(TODAY))])
    assert mall.activities.task("lin", "survey").on_day == 2


def test_a_request_is_kept_once(mall: Stored) -> None:
    request = Request("lin POST task", "key-0001", "digest", EntryKey("member:lin", "task:a:once"))
    assert mall.activities.request(request.request_id) is None
    mall.store.commit([SaveActivity(request)])
    assert mall.activities.request(request.request_id) == request
    again = SaveActivity(replace(request, digest="another"))
    assert refusal(mall, again) == [(again, request)]


def test_a_code_belongs_to_one_member(mall: Stored) -> None:
    code, own = ReferralCode("LINSCODE", "lin"), Referrer("lin", "LINSCODE", version=1)
    assert mall.activities.referral_code("LINSCODE") is None
    assert mall.activities.referrer("lin") == Referrer("lin")
    mall.store.commit([SaveActivity(code), SaveActivity(own)])
    assert mall.activities.referral_code("LINSCODE") == code
    assert mall.activities.referrer("lin") == own
    other = SaveActivity(ReferralCode("LINSCODE", "wang"))
    assert refusal(mall, other) == [(other, code)]
    earned = own.earned(500, TODAY)
    mall.store.commit([SaveActivity(earned)])
    assert mall.activities.referrer("lin") == earned


def test_a_friend_is_brought_once_and_listed_newest_first(mall: Stored) -> None:
    assert mall.activities.bond("mei") is None
    first = replace(bond("mei"), origin=Origin("5f0c", None))
    for one in (first, bond("tao", minutes=1), bond("bo", "wang")):
        mall.store.commit([SaveActivity(one)])
    assert mall.activities.bond("mei") == first
    assert [one.friend_id for one in mall.activities.friends("lin", 10)] == ["tao", "mei"]
    assert [one.friend_id for one in mall.activities.friends("lin", 1)] == ["tao"]
    again = SaveActivity(bond("mei", "wang"))
    assert refusal(mall, again) == [(again, first)]


def test_a_bond_that_changes_stays_one_line(mall: Stored) -> None:
    mall.store.commit([SaveActivity(bond())])
    paid = OrderBook("standard", "A1", "mei", GRANT, is_paid=True)
    rewarded = replace(
        bond().rewarded(paid, TODAY, 500, 300), minimum=Decimal("10.00"), lot=date(2027, 11, 30)
    )
    mall.store.commit([SaveActivity(rewarded)])
    assert mall.activities.friends("lin", 10) == [rewarded]
    mall.store.commit([SaveActivity(rewarded.reversed())])
    assert mall.activities.bond("mei") == replace(bond(), version=3)


def test_a_ring_of_two_is_forbidden_and_nothing_else(mall: Stored) -> None:
    mall.store.commit([SaveActivity(bond("mei", "lin"))])
    mall.store.commit([SaveActivity(bond("tao", "mei")), ForbidRing("mei", "tao")])
    ring = ForbidRing("mei", "lin")
    assert refusal(mall, SaveActivity(bond("lin", "mei")), ring) == [(ring, bond("mei", "lin"))]
    assert mall.activities.bond("lin") is None


def test_an_order_stands_until_news_of_it_comes(mall: Stored) -> None:
    mall.store.commit([AddEntry(entry("paid"))])
    paid = mall.ledger.book("standard", "A1")
    assert paid.version == 0
    mall.store.commit([AddEntry(entry("one", partition="member:lin")), OrderStands(paid)])
    refunded = replace(book(), refunded=Decimal(5))
    mall.store.commit([SaveBook(refunded, is_tombstone=False)])
    stands = OrderStands(paid)
    two = AddEntry(entry("two", partition="member:lin"))
    assert refusal(mall, two, stands) == [(stands, refunded)]
    mall.store.commit([two, OrderStands(refunded)])
    later = OrderStands(replace(refunded, version=2))
    three = AddEntry(entry("three", partition="member:lin"))
    assert refusal(mall, three, later) == [(later, refunded)]
