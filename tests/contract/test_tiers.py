"""Counts, what each purchase counts, steps, and who is to be looked at."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from contract.rows import NOW, refusal
from loyalty.domain.tier_count import Counted, Tally, TierCount
from loyalty.domain.tier_step import StepKind, TierStep
from loyalty.domain.writes import AddTierStep, SaveCounted, SaveTierCount
from support.stored import Stored

COUNT = TierCount(
    "lin",
    money=Tally({"2026-11": Decimal("120.50")}, Decimal("7.25")),
    points=Tally({"2026-10": Decimal(3), "2026-11": Decimal(120)}),
    kept_through=date(2026, 12, 31),
    warned_through=date(2025, 12, 31),
    assess_on=date(2026, 12, 1),
    version=1,
)
COUNTED = Counted("order:standard:A1", "lin", "2026-11", Decimal("120.50"), Decimal(120), 1)
STEP = TierStep(
    "lin", StepKind.RISEN, "silver", {"zh": "银", "en": "Silver"}, NOW, "count", Decimal("120.50")
)
WARNING = replace(
    STEP,
    kind=StepKind.ENDANGERED,
    at=NOW + timedelta(days=1),
    needed=Decimal("0.5"),
    ends_on=date(2026, 12, 31),
    grace_until=date(2027, 1, 30),
)


def test_counts_come_back_as_they_were_saved(mall: Stored) -> None:
    assert mall.tiers.count("lin") == TierCount("lin")
    mall.store.commit([SaveTierCount(COUNT)])
    assert mall.tiers.count("lin") == COUNT


def test_counts_are_saved_by_who_has_seen_them(mall: Stored) -> None:
    mall.store.commit([SaveTierCount(COUNT)])
    again = SaveTierCount(COUNT)
    assert refusal(mall, again) == [(again, COUNT)]
    later = replace(COUNT, version=2, assess_on=None)
    mall.store.commit([SaveTierCount(later)])
    assert mall.tiers.count("lin") == later
    skipped = SaveTierCount(replace(COUNT, version=5))
    assert refusal(mall, skipped) == [(skipped, later)]


def test_what_a_purchase_counts_is_saved_by_who_has_seen_it(mall: Stored) -> None:
    assert mall.tiers.counted("order:standard:A1") == Counted("order:standard:A1")
    mall.store.commit([SaveCounted(COUNTED)])
    assert mall.tiers.counted("order:standard:A1") == COUNTED
    again = SaveCounted(replace(COUNTED, money=Decimal(1)))
    assert refusal(mall, again) == [(again, COUNTED)]
    mall.store.commit([SaveCounted(replace(COUNTED, money=Decimal(0), version=2))])
    assert mall.tiers.counted("order:standard:A1").money == 0


def test_a_purchase_that_is_counted_already_leaves_the_counts_alone(mall: Stored) -> None:
    mall.store.commit([SaveCounted(COUNTED), SaveTierCount(COUNT)])
    twice = SaveCounted(COUNTED)
    assert refusal(mall, twice, SaveTierCount(replace(COUNT, version=2))) == [(twice, COUNTED)]
    assert mall.tiers.count("lin") == COUNT


def test_steps_are_kept_once_and_listed_by_time(mall: Stored) -> None:
    mall.store.commit([AddTierStep(WARNING)])
    mall.store.commit([AddTierStep(STEP)])
    assert mall.tiers.steps("lin") == [STEP, WARNING]
    again = AddTierStep(replace(WARNING, at=NOW))
    assert refusal(mall, again) == [(again, WARNING)]
    assert mall.tiers.steps("wang") == []


def test_only_who_is_due_is_looked_at(mall: Stored) -> None:
    for name, on in (("lin", date(2026, 12, 1)), ("wang", date(2027, 1, 1)), ("chen", None)):
        mall.store.commit([SaveTierCount(TierCount(name, assess_on=on, version=1))])
    assert list(mall.tiers.due(date(2026, 11, 30))) == []
    assert list(mall.tiers.due(date(2026, 12, 1))) == ["lin"]
    assert sorted(mall.tiers.due(date(2027, 6, 1))) == ["lin", "wang"]
    mall.store.commit([SaveTierCount(TierCount("lin", version=2))])
    assert list(mall.tiers.due(date(2026, 12, 1))) == []
