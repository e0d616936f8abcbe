from datetime import date, timedelta
from typing import Any

import pytest

from contract.rows import NOW, fenced, refusal
from loyalty.domain.campaign import Campaign
from loyalty.domain.writes import (
    AddCampaign,
    ChangeCampaign,
    CountDay,
    CountMember,
    DrawBudget,
    FixBirthday,
    Write,
)
from support.campaigning import FULL_TERMS, terms
from support.stored import Stored

TODAY = date(2026, 11, 21)


def draft(campaign_id: str = "cmp_01", **changes: Any) -> Campaign:
    return Campaign(campaign_id, terms(**changes), NOW)


def test_a_campaign_comes_back_as_it_was_written(mall: Stored) -> None:
    whole = Campaign("cmp_01", FULL_TERMS, NOW, NOW, NOW + timedelta(days=1), 1)
    assert mall.campaigns.campaign("cmp_01") is None
    mall.store.commit([AddCampaign(whole)])
    assert mall.campaigns.campaign("cmp_01") == whole
    assert list(mall.campaigns.in_play(TODAY)) == [whole]


def test_a_campaign_is_made_once_and_changed_by_who_has_seen_it(mall: Stored) -> None:
    first = draft()
    mall.store.commit([AddCampaign(first)])
    again = AddCampaign(first)
    assert refusal(mall, again) == [(again, first)]
    second = first.with_terms(terms(priority=3))
    mall.store.commit([ChangeCampaign(second)])
    late = ChangeCampaign(first.with_terms(terms(priority=4)))
    assert refusal(mall, late) == [(late, second)]
    assert mall.campaigns.campaign("cmp_01") == second


def test_drafts_are_listed_and_in_play_are_those_with_fixed_terms(mall: Stored) -> None:
    for place, name in enumerate(("cmp_02", "cmp_00", "cmp_01")):
        made = Campaign(name, terms(), NOW + timedelta(minutes=place))
        mall.store.commit([AddCampaign(made)])
    page = mall.campaigns.listed(limit=2)
    rest = mall.campaigns.listed(limit=2, position=page.next_position)
    assert [it.campaign_id for it in (*page.items, *rest.items)] == ["cmp_01", "cmp_00", "cmp_02"]
    assert rest.next_position is None

    scheduled = made.scheduled(NOW)
    mall.store.commit([ChangeCampaign(scheduled)])
    assert list(mall.campaigns.in_play(TODAY)) == [scheduled]
    assert mall.campaigns.listed(limit=1).items == [scheduled]


def test_a_shard_gives_its_share_and_tells_what_it_has_given(mall: Stored) -> None:
    campaign = draft(budget=1_000).scheduled(NOW)
    mall.store.commit(fenced(DrawBudget("cmp_01", 2, 200, 250), fact="a"))
    mall.store.commit(fenced(DrawBudget("cmp_01", 2, 50, 250), fact="b"))
    mall.store.commit(fenced(DrawBudget("cmp_01", 0, 7, 250), fact="c"))
    too_much = DrawBudget("cmp_01", 2, 1, 250)
    assert refusal(mall, *fenced(too_much, fact="d")) == [(too_much, 250)]
    more_than_a_share = DrawBudget("cmp_01", 1, 251, 250)
    assert refusal(mall, *fenced(more_than_a_share, fact="e")) == [(more_than_a_share, None)]
    assert mall.campaigns.drawn(campaign) == {0: 7, 2: 250}
    assert not mall.campaigns.is_known_empty(campaign)


def test_an_empty_budget_is_known_from_then_on(mall: Stored) -> None:
    campaign = draft(budget=400).scheduled(NOW)
    mall.store.commit([AddCampaign(campaign), *fenced(DrawBudget("cmp_01", 0, 400, 400), fact="a")])
    assert mall.campaigns.drawn(campaign) == {0: 400}
    assert mall.campaigns.is_known_empty(campaign)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (CountMember("lin", "cmp_01", 60, 100), CountMember("lin", "cmp_01", 41, 100)),
        (CountDay("lin", TODAY, 60, 100), CountDay("lin", TODAY, 41, 100)),
    ],
    ids=["a campaign's points for a member", "a member's points on a day"],
)
def test_counters_stay_within_their_caps(mall: Stored, first: Write, second: Write) -> None:
    mall.store.commit(fenced(first, fact="a"))
    assert refusal(mall, *fenced(second, fact="b")) == [(second, 60)]


def test_counters_of_others_and_of_other_days_are_their_own(mall: Stored) -> None:
    counted: list[Write] = [
        CountMember("lin", "cmp_01", 60, 60),
        CountMember("wang", "cmp_01", 60, 60),
        CountMember("lin", "cmp_02", 60, 60),
        CountDay("lin", TODAY, 60, 60),
        CountDay("lin", TODAY + timedelta(days=1), 60, 60),
        CountDay("wang", TODAY, 60, 60),
    ]
    for place, write in enumerate(counted):
        mall.store.commit(fenced(write, fact=str(place)))


def test_a_member_has_one_birthday_a_year(mall: Stored) -> None:
    mall.store.commit([FixBirthday("lin", TODAY)])
    mall.store.commit([FixBirthday("lin", TODAY)])
    another = FixBirthday("lin", date(2026, 12, 24))
    assert refusal(mall, another) == [(another, TODAY)]
    mall.store.commit([FixBirthday("lin", date(2027, 12, 24)), FixBirthday("wang", TODAY)])
