"""An account that is not what its entries make it is found, named, and made anew."""

import json
from dataclasses import asdict, replace
from datetime import date

import pytest

from loyalty.adapters.memory import MemoryMall
from loyalty.domain.account import Account
from loyalty.domain.orders import CustomerRef
from loyalty.domain.programme import ReturnWindow
from loyalty.domain.rebuild import StoredAccount
from loyalty.domain.writes import ChangeAccount, ChangePending, RestoreAccount
from loyalty.ports import Stretch
from loyalty.posting import settle_account
from member import reconciling
from member.queue_handler import take_batch
from member.reconciling import reconcile_member, reconcile_stretch
from member.schedule_handler import queue_parts
from support.http import Answer, Http
from support.shop import Shop

LOT, OTHER = date(2027, 11, 30), date(2027, 6, 30)
RECONCILIATION = "/v1/admin/members/lin/reconciliation"


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reconciling, "PAUSE_SECONDS", 0.0)


@pytest.fixture
def shop(mall: MemoryMall) -> Shop:
    """Lin has 100 points to spend, and 40 that wait."""
    shop = Shop(mall)
    shop.pays("A1", 100)
    waits = ReturnWindow(days=7)
    mall.programmes.publish(replace(mall.programmes.live(), return_window=waits))
    shop.pays("A2", 40)
    return shop


def corrupt(mall: MemoryMall, account: Account) -> None:
    mall.store.commit([ChangeAccount(mall.accounts.account("lin"), account)])


def named(mall: MemoryMall) -> dict[str, tuple[object, object]]:
    found = reconcile_member(mall, "lin").differences
    return {one.what: (one.stored, one.rebuilt) for one in found}


def rebuild(http: Http, key: str = "key-00001", group: str = "admin", by: str = "boss") -> Answer:
    path = "/v1/admin/members/lin/rebuild"
    return http.post(path, {"reason": "a script"}, user=by, groups=[group], key=key)


def test_an_account_that_nobody_has_touched_is_equal(http: Http, shop: Shop) -> None:
    assert shop
    shown = http.get(RECONCILIATION, user="a", groups=["auditor"])
    assert shown.status == 200
    assert (shown.body["is_equal"], shown.body["differences"]) == (True, [])
    assert shown.body["entries"] == 2


def test_every_difference_is_named(http: Http, mall: MemoryMall, shop: Shop) -> None:
    assert shop
    corrupt(mall, Account("lin", {LOT: 999, OTHER: 5}, held=3, pending=1, debt=2))
    expected = {
        "lot 2027-11-30": (999, 100),
        "lot 2027-06-30": (5, 0),
        "held": (3, 0),
        "pending": (1, 40),
        "debt": (2, 0),
        "next_expiry": (OTHER, LOT),
    }
    assert named(mall) == expected
    shown = http.get(RECONCILIATION, user="a", groups=["auditor"]).body
    assert not shown["is_equal"]
    assert {"what": "next_expiry", "stored": "2027-06-30", "rebuilt": "2027-11-30"} in shown[
        "differences"
    ]


def test_a_rebuilt_account_is_exactly_what_it_was(http: Http, mall: MemoryMall, shop: Shop) -> None:
    assert shop
    before = mall.accounts.account("lin")
    corrupt(mall, Account("lin", {OTHER: 5}, held=3, debt=2))

    answer = rebuild(http)

    assert (answer.status, answer.body["is_equal"]) == (200, True)
    after = mall.accounts.account("lin")
    assert replace(after, version=before.version) == before
    (record,) = mall.audit
    assert (record.act, record.reason, record.actor) == ("member.rebuild", "a script", "boss")
    assert record.before["debt"] == 2
    assert record.after == {
        "lot 2027-06-30": 0,
        "lot 2027-11-30": 100,
        "held": 0,
        "pending": 40,
        "debt": 0,
        "next_expiry": "2027-11-30",
    }


def test_a_rebuild_leaves_a_frozen_account_frozen(mall: MemoryMall, http: Http, shop: Shop) -> None:
    assert shop
    now = mall.clock.now()
    corrupt(mall, Account("lin", {OTHER: 5}, frozen_at=now))
    assert rebuild(http).body["is_equal"]
    assert mall.accounts.account("lin").frozen_at == now


@pytest.mark.parametrize("remaining", [0, 7, 50])
def test_a_pending_row_that_is_gone_or_wrong_is_named_and_made_anew(
    http: Http, mall: MemoryMall, shop: Shop, remaining: int
) -> None:
    assert shop
    before = mall.accounts.pending("lin", "standard", "A2")
    assert before
    mall.store.commit([ChangePending(before, remaining)])
    assert named(mall) == {"pending order:standard:A2": (remaining, 40)}

    assert rebuild(http).body["is_equal"]

    after = mall.accounts.pending("lin", "standard", "A2")
    assert after and replace(after, version=before.version) == before


def test_an_account_whose_row_is_gone_comes_back_past_the_versions_it_had(
    http: Http, mall: MemoryMall, shop: Shop
) -> None:
    mall.clock.travel(days=400)
    assert settle_account(mall, "lin") == 1
    shop.pays("A3", 10)
    was = mall.accounts.account("lin")
    gone = StoredAccount("lin", version=was.version)
    mall.store.commit([RestoreAccount(gone, Account("lin", version=0))])
    assert "version" in named(mall)

    assert rebuild(http).body["is_equal"]
    again = mall.accounts.account("lin")
    assert (again.lots, again.pending) == (was.lots, 50)
    lapse_seen = 2
    assert again.version > lapse_seen  # so that further lapses have keys of their own


def test_rebuilding_what_is_right_changes_nothing_but_the_audit(
    http: Http, mall: MemoryMall, shop: Shop
) -> None:
    assert shop
    before = mall.accounts.account("lin")
    assert rebuild(http).status == rebuild(http).status == 200
    assert mall.accounts.account("lin") == before
    assert [record.before for record in mall.audit] == [{}]


def test_a_rebuild_never_undoes_what_happens_meanwhile(
    http: Http, mall: MemoryMall, shop: Shop
) -> None:
    corrupt(mall, Account("lin", {LOT: 999}, pending=40))
    mall.store.before_next_commit(lambda: shop.pays("A5", 5))

    refused = rebuild(http)

    assert (refused.status, refused.problem) == (503, "busy")
    assert rebuild(http).body["is_equal"]
    waiting = mall.accounts.pending("lin", "standard", "A5")
    assert waiting and waiting.remaining == 5


def test_entries_that_cannot_be_right_rebuild_nothing(http: Http, mall: MemoryMall) -> None:
    mall.store.commit([ChangeAccount(Account("lin"), Account("lin", {LOT: 10}))])
    spend = {"points": -10, "reason": "the earning is missing"}
    made = http.post(
        "/v1/admin/members/lin/adjustments", spend, user="o", groups=["operator"], key="key-00001"
    )
    assert made.status == 201
    refused = rebuild(http)
    assert (refused.status, refused.problem) == (409, "conflict")


@pytest.mark.parametrize("group", ["operator", "reviewer", "auditor"])
def test_only_admins_rebuild(http: Http, group: str) -> None:
    assert rebuild(http, group=group).status == 403


def test_nobody_rebuilds_their_own_account(http: Http, shop: Shop) -> None:
    assert shop
    assert rebuild(http, by="lin").status == 403


def test_nobody_of_that_id_is_not_found(http: Http) -> None:
    assert rebuild(http).status == 404
    assert http.get(RECONCILIATION, user="a", groups=["auditor"]).status == 404


def test_the_schedule_hands_over_all_accounts_and_each_is_compared_once(
    mall: MemoryMall,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reconciling, "ACCOUNTS_AT_ONCE", 2)
    for member in range(40):
        Shop(mall, CustomerRef(member_id=f"m{member}")).pays(f"A{member}", 10)
    account = mall.accounts.account("m7")
    mall.store.commit([ChangeAccount(account, replace(account, debt=1))])

    assert queue_parts({}, None) == {"parts": 16}
    seen: list[str] = []
    while mall.reconcile_queue.stretches:
        stretch = mall.reconcile_queue.stretches.pop()
        found, _ = reconcile_stretch(mall, stretch)
        seen += [one.member_id for one in found]
        assert take_batch(message(stretch), None) == {"batchItemFailures": []}

    assert sorted(seen) == sorted(f"m{member}" for member in range(40))
    (told,) = [vars(line) for line in caplog.records if line.message == "account differs"]
    assert (told["member"], told["differences"]) == ("m7", ["debt: 1, not 0"])
    counted = [json.loads(line) for line in capsys.readouterr().out.splitlines() if "_aws" in line]
    assert sum(line["AccountsThatDiffer"][0] for line in counted) == 1
    assert sum(line["AccountsReconciled"][0] for line in counted) == 40


def message(stretch: Stretch) -> dict[str, object]:
    body = json.dumps(asdict(stretch))
    return {"Records": [{"messageId": "m-1", "eventSource": "aws:sqs", "body": body}]}
