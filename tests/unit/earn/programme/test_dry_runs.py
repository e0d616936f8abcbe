"""Past days are reckoned again as they were, or as a draft would have had them."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earn import replaying
from earn.document import document_of
from earn.replaying import replayed
from earn.service import take_news
from loyalty.adapters.memory import MemoryMall
from loyalty.domain.birthday import BirthdayRules
from loyalty.domain.campaign import Effect, Spend
from loyalty.domain.campaign_reach import Audience, Scope
from loyalty.domain.entry import Entry
from loyalty.domain.member import Member
from loyalty.domain.orders import CustomerRef, OrderLine, OrderPaid, OrderRefunded, Purchase
from loyalty.domain.programme import CurrencyRates, Programme, Rate, ReturnWindow, Rounding
from loyalty.domain.rates import Caps
from loyalty.domain.writes import AddCampaign, AddMember, ChangeMember
from support.campaigning import TIERS, campaign
from support.rules import Rules

DAY = date(2026, 11, 21)
SHOP = Programme(
    version=1,
    rates={
        "CNY": CurrencyRates(
            Rate(1), {"tea": Rate(1, Decimal(5)), "new": Rate(2, Decimal(3))}, {"S1": Rate(7)}
        ),
        "USD": CurrencyRates(Rate(7)),
    },
    rounding=Rounding.HALF_UP,
    return_window=ReturnWindow(0, {"preorder": 14}),
)


def order(mall: MemoryMall, order_id: str, *lines: OrderLine, **more: Any) -> OrderPaid:
    facts: dict[str, Any] = {
        "currency": "CNY",
        "discount": Decimal(0),
        "tax": Decimal(0),
        "points_offset": Decimal(0),
        "paid_at": mall.clock.now(),
    }
    purchase = Purchase(
        order_id=order_id, customer=CustomerRef("lin"), lines=lines, **{**facts, **more}
    )
    return OrderPaid(purchase, mall.clock.now())


def line(sku: str, category: str | None, amount: str) -> OrderLine:
    return OrderLine(sku, category, 1, Decimal(amount))


def paid_entries(mall: MemoryMall) -> list[Entry]:
    now = mall.clock.now()
    span = (now - timedelta(days=2), now + timedelta(days=2))
    return list(mall.ledger.paid_orders(*span, limit=10_000).items)


amounts = st.decimals("0.01", "5000", places=2)
lines = st.lists(
    st.builds(
        line,
        st.sampled_from(["S1", "S2", "", *(f"SKU-{n:06}" for n in range(20))]),
        st.sampled_from([None, "tea", "new", "preorder", "a|b,c"]),
        amounts.map(str),
    ),
    min_size=1,
    max_size=25,
)


@given(
    orders=st.lists(
        st.tuples(
            lines,
            st.sampled_from(["CNY", "USD", "GBP"]),
            amounts,
            st.integers(-500, 1),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_a_live_day_replayed_under_its_own_rules_gives_its_very_entries(
    orders: list[tuple[list[OrderLine], str, Decimal, int]],
) -> None:
    mall = MemoryMall(SHOP)
    for place, (of_order, currency, discount, days) in enumerate(orders):
        paid_at = mall.clock.now() + timedelta(days=days)
        more = {"currency": currency, "discount": discount, "paid_at": paid_at}
        take_news(mall, "standard", order(mall, f"A{place}", *of_order, **more))
        mall.clock.travel(hours=3)

    entries = paid_entries(mall)
    assert len(entries) == len(orders)
    for entry in entries:
        again = replayed(entry, SHOP).explanation
        assert Decimal(str(again.pop("base"))) == Decimal(str(entry.explanation["base"]))
        assert again == {name: it for name, it in entry.explanation.items() if name != "base"}

    whole = replaying.dry_run(mall, SHOP, DAY - timedelta(days=1), DAY + timedelta(days=1), None)
    assert (whole.orders, whole.changed_orders, whole.skipped_orders) == (len(orders), 0, 0)
    assert whole.issued == whole.draft == sum(int(str(e.explanation["points"])) for e in entries)
    assert all(amount.issued == amount.draft for amount in whole.rules.values())


def run(rules: Rules, draft: Programme, cursor: str = "", **more: Any) -> Any:
    days = {"from": str(DAY), "to": str(DAY)}
    body = {"draft": document_of(draft), **days, "cursor": cursor, **more}
    return rules.post("/dry-run", body, role="operator")


def shop_day(mall: MemoryMall) -> None:
    """Three orders of the day, one of them refunded, and one of the day after."""
    mall.programmes.publish(SHOP)
    take_news(mall, "standard", order(mall, "A1", line("S2", "tea", "100"), line("S3", None, "20")))
    take_news(mall, "standard", order(mall, "A2", line("S1", None, "10")))
    take_news(mall, "standard", order(mall, "A3", line("S2", "tea", "1"), currency="USD"))
    refund = OrderRefunded("A2", "R1", Decimal(10), "CNY", mall.clock.now())
    take_news(mall, "standard", refund)
    mall.clock.travel(days=1)
    take_news(mall, "standard", order(mall, "A4", line("S2", "tea", "999")))


def test_a_draft_shows_what_it_would_have_issued_by_rule(rules: Rules, mall: MemoryMall) -> None:
    shop_day(mall)
    cny = CurrencyRates(Rate(1), {"tea": Rate(1)}, {"S3": Rate(0)})
    shown = run(rules, replace(SHOP, rates={"CNY": cny, "USD": SHOP.rates["USD"]})).body

    assert (shown["orders"], shown["changed_orders"], shown["next_cursor"]) == (3, 2, None)
    assert (shown["issued"], shown["draft"]) == (40 + 70 + 7, 100 + 10 + 7)
    assert [(it["currency"], it["rule"], it["issued"], it["draft"]) for it in shown["rules"]] == [
        ("CNY", "category:tea", "20", "100"),
        ("CNY", "default", "20", "10"),
        ("CNY", "sku:S1", "70", "0"),
        ("CNY", "sku:S3", "0", "0"),
        ("USD", "default", "7", "7"),
    ]


def test_a_run_goes_on_part_by_part_and_the_parts_add_up(
    rules: Rules, mall: MemoryMall, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop_day(mall)
    whole = run(rules, SHOP).body
    monkeypatch.setattr(replaying, "ROWS_A_CALL", 2)
    parts = [run(rules, SHOP).body]
    while parts[-1]["next_cursor"]:
        parts.append(run(rules, SHOP, parts[-1]["next_cursor"]).body)
    assert len(parts) >= 2
    for figure in ("orders", "issued", "draft", "changed_orders"):
        assert sum(part[figure] for part in parts) == whole[figure]

    strange = run(rules, replace(SHOP, grace_days=1), parts[0]["next_cursor"])
    assert strange.problem == "invalid"


def test_a_run_leaves_nothing_behind(rules: Rules, mall: MemoryMall) -> None:
    shop_day(mall)
    before = (mall.accounts.account("lin"), mall.ledger.statement("lin", limit=50).items)
    run(rules, replace(SHOP, rates={}))
    after = (mall.accounts.account("lin"), mall.ledger.statement("lin", limit=50).items)
    assert before == after
    assert not mall.audit


@pytest.mark.parametrize(
    ("first", "last"),
    [("2026-11-22", "2026-11-21"), ("2026-01-01", "2026-11-21")],
)
def test_a_run_is_of_one_to_ninety_two_days(rules: Rules, first: str, last: str) -> None:
    assert run(rules, SHOP, **{"from": first, "to": last}).problem == "invalid"


@pytest.mark.parametrize(("role", "status"), [("admin", 200), ("reviewer", 403), ("auditor", 403)])
def test_runs_are_for_operators_and_admins(rules: Rules, role: str, status: int) -> None:
    body = {"draft": document_of(SHOP), "from": str(DAY), "to": str(DAY)}
    assert rules.post("/dry-run", body, role=role).status == status


@given(of_order=lines, more=amounts)
def test_points_are_whole_and_more_money_never_earns_less(
    of_order: list[OrderLine], more: Decimal
) -> None:
    mall = MemoryMall(SHOP)
    dearer = [replace(of_order[0], amount=of_order[0].amount + more), *of_order[1:]]
    for name, its in (("A1", of_order), ("A2", dearer)):
        take_news(mall, "standard", order(mall, name, *its))
    points = {e.reference: e.explanation["points"] for e in paid_entries(mall)}
    assert all(isinstance(number, int) and number >= 0 for number in points.values())
    assert points["A2"] >= points["A1"]  # type: ignore[operator]


RICH = replace(SHOP, tiers=TIERS, birthday=BirthdayRules(), caps=Caps(4_000, 6_000))
CAMPAIGNS = (
    campaign("cmp_all", Effect(bonus=30), stackable=True, priority=1),
    campaign("cmp_tea", scope=Scope(("tea",), ("SKU-000003",)), budget=2_000),
    campaign("cmp_vip", Effect(multiplier=Decimal("1.3")), audience=Audience(tags=("vip",))),
    campaign(
        "cmp_spend",
        Effect(spend=Spend(Decimal(100), "CNY", 7)),
        stackable=True,
        per_member=120,
    ),
)


@given(
    orders=st.lists(st.tuples(lines, amounts, st.integers(-20, 1)), min_size=1, max_size=5),
    tier=st.sampled_from([None, "silver", "gold"]),
    tags=st.sets(st.sampled_from(["vip", "tea", "x" * 90])),
    born=st.sampled_from([None, date(1990, 11, 21), date(1990, 11, 3)]),
)
def test_a_day_with_tiers_birthdays_campaigns_and_caps_is_replayed_exactly(
    orders: list[tuple[list[OrderLine], Decimal, int]],
    tier: str | None,
    tags: set[str],
    born: date | None,
) -> None:
    mall = MemoryMall(RICH)
    rose_at = mall.clock.now() - timedelta(days=35)
    lin = Member("lin", rose_at, birthday=born, tags=tuple(tags), tier=tier, rose_at=rose_at)
    mall.store.commit([AddMember(lin), *map(AddCampaign, CAMPAIGNS)])
    for place, (of_order, discount, days) in enumerate(orders):
        paid_at = mall.clock.now() + timedelta(days=days)
        more = {"discount": discount, "paid_at": paid_at}
        take_news(mall, "standard", order(mall, f"A{place}", *of_order, **more))
        mall.clock.travel(hours=3)
    mall.store.commit([ChangeMember(lin.changed(tier="gold", tags=(), birthday=None))])

    for entry in paid_entries(mall):
        again = replayed(entry, RICH, CAMPAIGNS).explanation
        assert Decimal(str(again.pop("base"))) == Decimal(str(entry.explanation["base"]))
        assert again == {name: it for name, it in entry.explanation.items() if name != "base"}
    whole = replaying.dry_run(mall, RICH, DAY - timedelta(days=1), DAY + timedelta(days=1), None)
    assert (whole.changed_orders, whole.orders_without_member) == (0, 0)


def test_orders_of_which_no_entry_tells_the_member_are_counted(mall: MemoryMall) -> None:
    shop_day(mall)
    draft = replace(SHOP, tiers=TIERS)
    assert replaying.dry_run(mall, draft, DAY, DAY, None).orders_without_member == 3


def test_a_draft_with_better_rates_doubles_more_but_draws_no_more_where_a_budget_was_used_up(
    mall: MemoryMall,
) -> None:
    mall.programmes.publish(SHOP)
    mall.store.commit([AddCampaign(campaign(budget=150))])
    for place in range(2):
        take_news(mall, "standard", order(mall, f"A{place}", line("S2", None, "100")))
    draft = replace(SHOP, rates={"CNY": CurrencyRates(Rate(3))})
    whole = replaying.dry_run(mall, draft, DAY, DAY, None)
    assert (whole.issued, whole.draft) == (350, 300 + 150 + 300 + 50)
