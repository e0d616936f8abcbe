from datetime import date

from contract.rows import entry, refusal
from loyalty.domain.check_in import CheckInCard
from loyalty.domain.writes import AddEntry, SaveActivity
from support.stored import Stored

TODAY, YESTERDAY = date(2026, 11, 21), date(2026, 11, 20)


def test_a_card_comes_back_as_it_was_saved(mall: Stored) -> None:
    assert mall.activities.check_ins("lin") == CheckInCard("lin")
    card = CheckInCard("lin").marked(TODAY)
    mall.store.commit([SaveActivity(card)])
    assert mall.activities.check_ins("lin") == card
    repaired = card.marked(YESTERDAY, is_repair=True)
    mall.store.commit([SaveActivity(repaired)])
    assert mall.activities.check_ins("lin") == repaired
    assert mall.activities.check_ins("wang") == CheckInCard("wang")


def test_a_card_is_saved_over_the_one_that_was_seen_only(mall: Stored) -> None:
    first = CheckInCard("lin").marked(TODAY)
    mall.store.commit([SaveActivity(first)])
    again = SaveActivity(CheckInCard("lin").marked(YESTERDAY))
    assert refusal(mall, again) == [(again, first)]
    ahead = SaveActivity(first.marked(YESTERDAY).marked(date(2026, 11, 19)))
    assert refusal(mall, ahead) == [(ahead, first)]


def test_entries_are_found_by_how_their_facts_begin(mall: Stored) -> None:
    facts = ["check-in:2026-11-21", "check-in:2026-12-01", "check-in-week:2026-11-21", "welcome"]
    mall.store.commit([AddEntry(entry(fact, partition="member:lin")) for fact in facts])
    found = mall.ledger.entries_under("member:lin", "check-in:2026-11-")
    assert [one.key.fact for one in found] == ["check-in:2026-11-21"]
    assert mall.ledger.entries_under("member:wang", "check-in:") == []
