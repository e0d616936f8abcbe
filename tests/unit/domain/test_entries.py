"""Entries: one for the act under its own key, one for each lapsed lot."""

from datetime import UTC, date, datetime, timedelta
from functools import reduce

from loyalty.domain import acts
from loyalty.domain.account import Account, Kind, apply
from loyalty.domain.entry import Circumstances, Entry, EntryKey, entries_of, lapse_prefix

NOON = datetime(2026, 11, 21, 4, tzinfo=UTC)
TODAY, PAST, DEC = date(2026, 11, 21), date(2026, 10, 31), date(2026, 12, 31)
KEY = EntryKey("redemption:rdm_1", "spend")
WHY = Circumstances(
    occurred_at=NOON - timedelta(hours=1),
    recorded_at=NOON,
    reason="redemption",
    actor="member:lin",
    reference="rdm_1",
    programme_version=3,
    explanation={"item_id": "itm_tea"},
)
BEFORE = Account("lin", {PAST: 4, DEC: 9}, version=17)


def spent() -> tuple[Entry, ...]:
    outcome, _ = acts.spend(BEFORE, TODAY, 5)
    return entries_of(KEY, BEFORE, outcome.postings, WHY)


def test_the_act_s_entry_says_when_who_why_and_under_which_rules() -> None:
    _, spend = spent()
    assert spend.key.entry_id == "redemption:rdm_1/spend"
    assert (spend.member_id, spend.kind, spend.points) == ("lin", Kind.SPEND, -5)
    assert (spend.reason, spend.actor, spend.reference) == ("redemption", "member:lin", "rdm_1")
    assert (spend.programme_version, spend.explanation) == (3, {"item_id": "itm_tea"})
    assert spend.occurred_at == WHY.occurred_at


def test_a_lapse_is_nobody_s_act_and_has_a_key_that_one_version_has_once() -> None:
    lapse, _ = spent()
    assert lapse.key == EntryKey("member:lin", "lapse:261031:17:0")
    assert lapse.key.fact.startswith(lapse_prefix(PAST))
    assert (lapse.kind, lapse.reason, lapse.actor) == (Kind.LAPSE, "lapsed", "system")
    assert (lapse.reference, lapse.explanation) == (None, {})


def test_two_lapses_of_one_lot_in_one_act_have_two_keys() -> None:
    before = Account("lin", {PAST: 4}, held=3, version=17)
    outcome = acts.release(before, TODAY, {PAST: 3}, None)
    keys = [entry.key.fact for entry in entries_of(KEY, before, outcome.postings, WHY)]
    assert keys == ["lapse:261031:17:0", "spend", "lapse:261031:17:2"]


def test_a_statement_keeps_the_order_of_what_happened_at_once() -> None:
    lapse, spend = spent()
    assert lapse.recorded_at == NOON
    assert spend.recorded_at == NOON + timedelta(microseconds=1)


def test_entries_add_up_to_the_account() -> None:
    outcome, _ = acts.spend(BEFORE, TODAY, 5)
    rebuilt = reduce(apply, (entry.posting for entry in spent()), BEFORE)
    assert rebuilt == outcome.account
