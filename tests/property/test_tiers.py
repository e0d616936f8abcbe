"""Years of members that climb and fall: who looks only when due sees what daily looks see."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from loyalty.adapters.memory import MemoryMall
from loyalty.domain.member import Member
from loyalty.domain.tier import Tier, TierRules, TierWindow
from loyalty.domain.tier_assessment import Assessment, assess_tier
from loyalty.domain.tier_count import Counted, TierCount
from loyalty.domain.tier_step import StepKind
from loyalty.domain.writes import AddMember
from member.tiers.counting import count_order
from member.tiers.standing import assess_member
from support.books import on_day
from support.shop import Shop

BEGIN = date(2026, 1, 1)
DAYS = 800


def tier(name: str, at_least: int) -> Tier:
    return Tier(name, {"zh": name, "en": name}, Decimal(at_least))


TIERS = (tier("regular", 0), tier("silver", 100), tier("gold", 250), tier("diamond", 400))
rules = st.builds(
    TierRules,
    tiers=st.just(TIERS),
    window=st.sampled_from(TierWindow),
    currencies=st.just({"CNY": Decimal(1)}),
    warning_days=st.integers(0, 365),
    grace_days=st.integers(0, 365),
)


@dataclass(frozen=True)
class Bought:
    """A purchase on a day, and how much of it went back how many days later."""

    day: int
    yuan: int
    back: int = 0
    days_later: int = 0


purchases = st.lists(
    st.builds(
        Bought,
        day=st.integers(0, DAYS - 1),
        yuan=st.integers(1, 450),
        back=st.integers(0, 450),
        days_later=st.integers(0, 500),
    ),
    max_size=12,
)


@dataclass
class Life:
    """A member whose purchases happen, and whose tier is looked at now and then."""

    rules: TierRules
    bought: list[Bought]
    tier: str | None = None
    count: TierCount = field(default_factory=lambda: TierCount("lin"))
    assess_on: date | None = None

    def happens(self, day: int) -> bool:
        """Let a day's purchases and refunds happen; return whether there were any."""
        today, before = BEGIN + timedelta(days=day), self.count
        for place, one in enumerate(self.bought):
            month = f"{BEGIN + timedelta(days=one.day):%Y-%m}"
            whole = Counted(f"A{place}", "lin", month, Decimal(one.yuan))
            left = replace(whole, money=Decimal(max(one.yuan - one.back, 0)))
            if one.day == day:
                self.count = self.count.recounted(Counted(whole.fact), whole, today)
            if one.day + one.days_later == day and one.back:
                self.count = self.count.recounted(whole, left, today)
        return self.count != before

    def is_assessed(self, day: int) -> Assessment:
        """Look at the tier on a day."""
        found = assess_tier(self.rules, self.tier, self.count, BEGIN + timedelta(days=day))
        self.tier, self.assess_on = found.tier.id, found.assess_on
        self.count = replace(self.count, kept_through=found.kept_through)
        return found


@settings(max_examples=40)
@given(rules, purchases)
def test_looking_when_something_is_due_is_as_good_as_looking_daily(
    rules: TierRules, bought: list[Bought]
) -> None:
    daily, when_due = Life(rules, bought), Life(rules, bought)
    for day in range(DAYS):
        daily.happens(day)
        daily.is_assessed(day)
        is_due = when_due.assess_on is not None and when_due.assess_on <= BEGIN + timedelta(day)
        if when_due.happens(day) or is_due:
            when_due.is_assessed(day)
        assert (when_due.tier or "regular") == daily.tier, f"day {day}"


@settings(max_examples=40)
@given(rules, purchases)
def test_up_at_once_and_down_only_after_a_windows_end_and_its_grace(
    rules: TierRules, bought: list[Bought]
) -> None:
    life = Life(rules, bought)
    for day, today in days():
        before, kept = rules.rank(life.tier), life.count.kept_through
        life.happens(day)
        found = life.is_assessed(day)
        assert rules.rank(life.tier) >= rules.rank(rules.reached(found.counted).id)
        if rules.rank(life.tier) < before:
            assert kept is not None
            assert today > kept + timedelta(days=rules.grace_days)
        if found.danger:
            assert found.danger.needed > 0
            assert today >= found.danger.ends_on - timedelta(days=rules.warning_days)


def days() -> Iterator[tuple[int, date]]:
    return ((day, BEGIN + timedelta(days=day)) for day in range(DAYS))


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.integers(1, 300), st.integers(0, 400)), min_size=1, max_size=5),
    st.randoms(use_true_random=False),
)
def test_counts_are_what_the_orders_left_whatever_was_told_when_and_how_often(
    amounts: list[tuple[int, int]], chance: object
) -> None:
    """The real services: news and countings in any order, repeated; then every order once more."""
    mall = MemoryMall()
    ruled = TierRules(TIERS, currencies={"CNY": Decimal(1)})
    mall.programmes.publish(replace(mall.programmes.live(), tiers=ruled))
    mall.store.commit([AddMember(Member("lin", mall.clock.now()))])
    shop = Shop(mall)
    acts = [
        act
        for place, (paid, back) in enumerate(amounts)
        for act in (("pay", place, paid), ("refund", place, back), ("count", place, 0)) * 2
    ]
    chance.shuffle(acts)  # type: ignore[attr-defined] # one of hypothesis' own
    for what, place, amount in acts:
        order = f"A{place}"
        if what == "count":
            count_order(mall, "standard", order)
        elif what == "pay":
            shop.pays(order, amount)
        elif amount:
            shop.refunds(order, amount)
    for place in range(len(amounts)):
        count_order(mall, "standard", f"A{place}")
    left = sum(max(paid - back, 0) for paid, back in amounts)
    assert mall.tiers.count("lin").within(ruled, date(2026, 11, 21)) == left
    member = mall.members.member("lin")
    assert member is not None
    assert ruled.rank(member.tier) >= ruled.rank(ruled.reached(Decimal(left)).id)


@settings(max_examples=15)
@given(st.integers(100, 600), st.integers(0, 600))
def test_of_one_window_a_member_is_warned_once(paid: int, back: int) -> None:
    mall = MemoryMall()
    ruled = TierRules(TIERS, currencies={"CNY": Decimal(1)})
    mall.programmes.publish(replace(mall.programmes.live(), tiers=ruled))
    mall.store.commit([AddMember(Member("lin", mall.clock.now()))])
    shop = Shop(mall)
    shop.pays("A1", paid)
    count_order(mall, "standard", "A1")
    if back:
        shop.refunds("A1", back)
        count_order(mall, "standard", "A1")
    for week in range(130):
        on_day(mall, date(2026, 11, 22) + timedelta(weeks=week))
        assess_member(mall, "lin")
    warnings = [it.ends_on for it in mall.tiers.steps("lin") if it.kind is StepKind.ENDANGERED]
    assert len(warnings) == len(set(warnings)) >= 1
    assert mall.tiers.steps("lin")[-1].tier == "regular"
