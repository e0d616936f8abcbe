"""What campaigns add: to whom, for what, which of them, and never past their bounds."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earn.rules import Room, Scene, Worth, worth_of
from loyalty.domain.buyer import Buyer
from loyalty.domain.campaign import Campaign, Effect, Spend
from loyalty.domain.campaign_reach import Audience, Scope
from loyalty.domain.orders import OrderLine
from loyalty.domain.programme import Programme, Rounding
from loyalty.domain.rates import Caps
from support.campaigning import DOUBLE, NOON, TIERS, YUAN, campaign, line, purchase

TRIPLE = Effect(multiplier=Decimal(3))
FIFTY = Effect(bonus=50)
EACH_300 = Effect(spend=Spend(Decimal(300), "CNY", 40))
FIRST_300 = Effect(spend=Spend(Decimal(300), "CNY", 40, repeated=False))


def worth(
    *campaigns: Campaign,
    lines: tuple[OrderLine, ...] = (line(amount="100"),),
    rules: Programme = YUAN,
    buyer: Buyer | None = None,
    room: Room | None = None,
    **more: Any,
) -> Worth:
    scene = Scene(buyer, campaigns, room or Room())
    return worth_of(purchase(*lines, **more), rules, scene)


@pytest.mark.parametrize(
    ("effect", "amount", "points"),
    [
        (DOUBLE, "100", 200),
        (TRIPLE, "0.50", 1),
        (FIFTY, "1", 51),
        (FIFTY, "0", 0),
        (EACH_300, "299.99", 299),
        (EACH_300, "899", 899 + 80),
        (FIRST_300, "899", 899 + 40),
        (Effect(spend=Spend(Decimal(300), "EUR", 40)), "899", 899),
    ],
)
def test_a_campaign_gives_what_it_says(effect: Effect, amount: str, points: int) -> None:
    assert worth(campaign(effect=effect), lines=(line(amount=amount),)).points == points


@pytest.mark.parametrize(
    ("scope", "points"),
    [
        (Scope(), 200),
        (Scope(categories=("tea",)), 160),
        (Scope(skus=("S2",)), 140),
        (Scope(categories=("tea",), skus=("S2",)), 200),
        (Scope(margin_classes=("rich",)), 140),
        (Scope(categories=("cups",)), 100),
    ],
)
def test_it_counts_the_lines_that_it_is_for(scope: Scope, points: int) -> None:
    lines = line("S1", "tea", "60"), line("S2", amount="40", margin_class="rich")
    assert worth(campaign(scope=scope), lines=lines).points == points


TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("audience", "buyer", "belongs"),
    [
        (Audience(), None, True),
        (Audience(tiers=("gold",)), None, False),
        (Audience(tiers=("gold", "silver")), Buyer("silver"), True),
        (Audience(tiers=("gold",)), Buyer("silver"), False),
        (Audience(tiers=("regular",)), Buyer(None), True),
        (Audience(tags=("tea", "vip")), Buyer(tags=("vip", "x")), True),
        (Audience(tags=("tea",)), Buyer(tags=("vip",)), False),
        (Audience(tags=("vip",), segments=("sleeping",)), Buyer(tags=("vip",)), False),
        (Audience(tags=("vip",), segments=("sleeping",)), Buyer(tags=("vip", "sleeping")), True),
        (Audience(joined_within_days=7), Buyer(joined_on=TODAY), True),
        (Audience(joined_within_days=7), Buyer(joined_on=TODAY - timedelta(days=6)), True),
        (Audience(joined_within_days=7), Buyer(joined_on=TODAY - timedelta(days=7)), False),
        (Audience(joined_within_days=7), Buyer(joined_on=TODAY + timedelta(days=1)), True),
        (Audience(joined_within_days=7), Buyer(), False),
    ],
)
def test_it_is_for_members_who_meet_each_condition(
    audience: Audience, buyer: Buyer | None, belongs: bool
) -> None:
    rules = replace(YUAN, tiers=replace(TIERS, speed_up=None))
    plain = worth(rules=rules, buyer=buyer).points
    found = worth(campaign(audience=audience, effect=FIFTY), rules=rules, buyer=buyer)
    assert found.points - plain == (50 if belongs else 0)


def test_it_multiplies_what_the_member_earns_and_fixed_points_stay_as_they_are() -> None:
    rules, gold = replace(YUAN, tiers=TIERS), Buyer("gold")
    assert worth(campaign(), rules=rules, buyer=gold).points == 400
    assert worth(campaign(effect=FIFTY), rules=rules, buyer=gold).points == 250


def test_stackable_ones_add_up_and_of_the_others_the_best_applies() -> None:
    both = campaign("a", stackable=True), campaign("b", TRIPLE, stackable=True)
    assert worth(*both).points == 100 + 100 + 200
    alone = campaign("c", FIFTY), campaign("d"), campaign("e", Effect(bonus=99))
    assert worth(*alone).points == 200
    found = worth(*both, *alone)
    assert found.points == 500
    assert [bonus.campaign.campaign_id for bonus in found.bonuses] == ["a", "b", "d"]


def test_of_equals_the_one_of_higher_priority_applies() -> None:
    found = worth(campaign("a"), campaign("b", priority=9))
    assert found.explanation["campaigns"] == [{"id": "b", "points": 100}]


def test_what_has_little_left_does_not_keep_a_better_one_away() -> None:
    rich, poor = campaign("a", FIFTY), campaign("b", budget=1000)
    assert worth(rich, poor, room=Room({"b": 49})).points == 150
    assert worth(rich, poor, room=Room({"b": 51})).points == 151


def test_the_last_of_a_budget_is_given_and_the_entry_says_what_was_wanted() -> None:
    found = worth(campaign(budget=1000), room=Room({"cmp_1": 30}))
    assert found.points == 130
    assert found.explanation["campaigns"] == [{"id": "cmp_1", "points": 30, "wanted": 100}]
    empty = worth(campaign(budget=1000), room=Room({"cmp_1": 0}))
    assert empty.explanation["campaigns"] == [{"id": "cmp_1", "points": 0, "wanted": 100}]


def test_neither_a_member_s_cap_nor_a_budget_is_passed_by_one_order() -> None:
    assert worth(campaign(per_member=70)).points == 170
    assert worth(campaign(per_member=70, budget=60)).points == 160


def test_a_cap_cuts_campaigns_from_the_lowest_priority_on() -> None:
    rules = replace(YUAN, caps=Caps(per_order=220))
    both = (
        campaign("a", FIFTY, stackable=True),
        campaign("b", stackable=True, priority=5),
    )
    found = worth(*both, rules=rules)
    assert [(it.campaign.campaign_id, it.points) for it in found.bonuses] == [("b", 100), ("a", 20)]
    assert found.explanation["capped"] == {"by": "order", "from": 250}


def test_a_day_that_is_used_up_gives_nothing_and_says_so() -> None:
    found = worth(campaign(), room=Room(day=0))
    assert (found.points, found.reason) == (0, "day-cap-reached")


def test_campaigns_hold_while_they_are_neither_to_begin_nor_stopped() -> None:
    running = campaign(effect=FIFTY)
    just_scheduled = replace(running, scheduled_at=NOON - timedelta(seconds=9))
    assert worth(just_scheduled).points == 100
    assert worth(replace(running, scheduled_at=NOON - timedelta(seconds=10))).points == 150
    assert worth(replace(running, scheduled_at=None)).points == 100
    assert worth(replace(running, stopped_at=NOON - timedelta(seconds=9))).points == 150
    assert worth(replace(running, stopped_at=NOON - timedelta(seconds=10))).points == 100


effects = st.one_of(
    st.decimals("1.01", "5", places=2).map(lambda it: Effect(multiplier=it)),
    st.integers(1, 500).map(lambda it: Effect(bonus=it)),
    st.builds(
        lambda amount, points: Effect(spend=Spend(amount, "CNY", points)),
        st.decimals("1", "300", places=2),
        st.integers(1, 50),
    ),
)
drawn_campaigns = st.lists(
    st.builds(
        lambda effect, stacks, priority, budget, cap: (effect, stacks, priority, budget, cap),
        effects,
        st.booleans(),
        st.integers(-2, 2),
        st.none() | st.integers(1, 400),
        st.none() | st.integers(1, 400),
    ),
    max_size=6,
)


@given(
    drawn=drawn_campaigns,
    amounts=st.lists(st.decimals("0", "900", places=2), min_size=1, max_size=4),
    rounding=st.sampled_from(Rounding),
    cap=st.none() | st.integers(1, 900),
    turn=st.randoms(use_true_random=False),
)
def test_money_becomes_whole_points_within_all_bounds_in_any_order_of_campaigns(
    drawn: list[tuple[Effect, bool, int, int | None, int | None]],
    amounts: list[Decimal],
    rounding: Rounding,
    cap: int | None,
    turn: Any,
) -> None:
    campaigns = [
        campaign(
            f"cmp_{n}", effect, stackable=stacks, priority=first, budget=budget, per_member=most
        )
        for n, (effect, stacks, first, budget, most) in enumerate(drawn)
    ]
    rules = replace(YUAN, rounding=rounding, caps=Caps(per_order=cap))
    lines = tuple(line(amount=str(amount)) for amount in amounts)
    found = worth(*campaigns, lines=lines, rules=rules)
    shuffled = turn.sample(campaigns, len(campaigns))

    assert worth(*shuffled, lines=lines, rules=rules).explanation == found.explanation
    assert isinstance(found.points, int)
    assert 0 <= found.points <= (cap or 10**9)
    plain = worth(lines=lines, rules=rules).points
    assert found.points - plain == sum(bonus.points for bonus in found.bonuses)
    for bonus in found.bonuses:
        assert 0 <= bonus.points <= bonus.wanted
        assert bonus.campaign.most is None or bonus.points <= bonus.campaign.most
    alone = [it for it in found.bonuses if not it.campaign.terms.stackable and it.points]
    assert len(alone) <= 1
