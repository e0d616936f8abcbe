"""Balances of another system come in once, however often their lines are sent."""

import pytest

from loyalty.adapters.memory import MemoryMall
from loyalty.domain.account import Account, Kind
from loyalty.domain.member import Member
from loyalty.domain.writes import AddMember, ChangeAccount
from member.reconciling import reconcile_member
from support.books import account_of, assert_explained, available, entries_of_member
from support.http import Http
from support.imports import DAY, LATER, Arrange, became, line, opened, send, undo
from support.shop import Shop


def test_a_lot_comes_with_its_own_exact_day_and_its_entry_says_whence(
    http: Http, mall: MemoryMall
) -> None:
    opened(http)
    body = send(http, {**line(2), "reference": "C-17", "note": "moved"}, line(3, 50, str(LATER)))
    assert body.status == 200
    assert (body.body["imported"], body.body["points"]) == (2, 150)
    assert account_of(mall).lots == {DAY: 100, LATER: 50}
    entry = entries_of_member(mall)[0]
    assert entry.key.entry_id == "member:lin/import:old:2"
    assert (entry.kind, entry.reason, entry.actor) == (Kind.IMPORT, "import", "operator:boss")
    assert entry.reference == "C-17"
    assert entry.explanation == {"import_id": "old", "line": 2, "points": 100, "note": "moved"}


@pytest.mark.parametrize(
    "who",
    [
        {"member_id": "lin"},
        {"phone": "+8613800138000"},
        {"source": "shopify", "customer_id": "7001"},
    ],
)
def test_a_member_may_be_named_in_several_ways(
    http: Http, mall: MemoryMall, who: dict[str, str]
) -> None:
    opened(http)
    (told,) = send(http, line(2, **who)).body["results"]
    assert (told["member_id"], told["became"]) == ("lin", "imported")
    assert available(mall) == 100


def test_the_same_lines_again_add_nothing_whatever_the_key(http: Http, mall: MemoryMall) -> None:
    opened(http)
    for key in ("key-00001", "key-00001", "key-00002"):
        body = send(http, line(2), line(3, 50), key=key).body
        assert body["refused"] == 0
    assert (body["imported"], body["already"], body["points"]) == (0, 2, 0)
    assert available(mall) == 150


def test_an_unknown_id_becomes_a_member_where_that_is_asked_for(
    http: Http, mall: MemoryMall
) -> None:
    opened(http)
    lines = line(2, member_id="new"), line(3, 20, member_id="new")
    assert became(send(http, *lines).body) == {2: "refused", 3: "refused"}
    body = send(http, *lines, key="key-00002", create_members=True).body
    assert became(body) == {2: "imported", 3: "imported"}
    profile = mall.members.member("new")
    assert profile and profile.joined_at == mall.clock.now()
    assert available(mall, "new") == 120


def test_imported_points_repay_a_debt_first_and_reach_a_frozen_account(
    http: Http, mall: MemoryMall
) -> None:
    before = account_of(mall)
    mall.store.commit([ChangeAccount(before, Account("lin", debt=30, frozen_at=mall.clock.now()))])
    opened(http)
    send(http, line(2))
    assert (account_of(mall).debt, account_of(mall).lots) == (0, {DAY: 70})


def test_lines_beaten_to_the_account_are_tried_again(
    http: Http, mall: MemoryMall, once_audited: Arrange
) -> None:
    opened(http)
    shop = Shop(mall)
    once_audited(lambda: mall.store.before_next_commit(lambda: shop.pays("A1", 10)))
    assert became(send(http, line(2)).body) == {2: "imported"}
    assert available(mall) == 110
    assert_explained(mall)


def test_where_the_work_breaks_off_the_same_lines_go_on(
    http: Http, mall: MemoryMall, once_audited: Arrange
) -> None:
    opened(http)
    lines = line(2), line(3, 10), line(4, 20, email="wang@example.com")
    once_audited(lambda: mall.store.be_busy(1))
    assert send(http, *lines).status == 503
    booked_before = available(mall) + available(mall, "wang")
    assert booked_before < 130
    body = send(http, *lines).body
    assert (body["refused"], body["points"]) == (0, 130 - booked_before)
    assert (available(mall), available(mall, "wang")) == (110, 20)


def test_a_line_whose_answer_was_lost_is_not_booked_again(
    http: Http, mall: MemoryMall, once_audited: Arrange
) -> None:
    opened(http)
    once_audited(mall.store.lose_next_reply)
    assert send(http, line(2)).status == 503
    assert available(mall) == 100
    assert became(send(http, line(2)).body) == {2: "already"}
    assert available(mall) == 100


def test_the_same_line_sent_twice_at_once_is_booked_once(
    http: Http, mall: MemoryMall, once_audited: Arrange
) -> None:
    opened(http)
    once_audited(
        lambda: mall.store.before_next_commit(lambda: send(http, line(2), key="key-00002"))
    )
    assert became(send(http, line(2)).body) == {2: "already"}
    assert available(mall) == 100


def test_a_member_who_comes_while_their_line_does_is_made_once(
    http: Http, mall: MemoryMall, once_audited: Arrange
) -> None:
    opened(http)
    new = Member("new", mall.clock.now(), display_name="Xin")
    once_audited(lambda: mall.store.before_next_commit(lambda: mall.store.commit([AddMember(new)])))
    body = send(http, line(2, member_id="new"), create_members=True).body
    assert became(body) == {2: "imported"}
    assert (mall.members.member("new"), available(mall, "new")) == (new, 100)


def test_an_account_that_was_imported_is_what_its_entries_make_it(
    http: Http, mall: MemoryMall
) -> None:
    opened(http)
    send(http, line(2), line(3, 50, str(LATER)))
    undo(http)
    assert not reconcile_member(mall, "lin").differences
    assert_explained(mall)
