"""What Hypothesis draws: acts, and pairs of acts that meet on the same account, order or row."""

from collections.abc import Sequence
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from loyalty.domain.redemption import Verdict
from property.counter_acts import CallsOff, Concludes, Decides, HandsOver, Redeems
from property.money_acts import MoneyComes, TimeIsUp
from property.news import Cancels, Edits, Pays, Refunds
from property.races import Act
from property.sweeps import Matures, Settles, Sweeps
from property.world import CASH_ITEM, Plan

T = TypeVar("T")
Back = SearchStrategy[int]

NEW = st.just(0)
LAST = st.just(1)

any_order: Back = st.sampled_from([1, 2, 1, 2, 3, 1, 4, 0, 6])
"""How many orders ago; 0 is one that nobody has heard of: refunds come before their order too."""

any_redemption: Back = st.sampled_from([1, 1, 2, 2, 3, 4, 5])

plans = st.builds(
    Plan,
    yuan=st.sampled_from([3, 8, 10, 10, 12, 15, 0]),
    category=st.sampled_from(["tea", "tea", "preorder"]),
    days_before=st.sampled_from([0, 0, 0, 1, 3, 12, 25]),
)


def news_of(back: Back) -> SearchStrategy[Act]:
    """Draw what a shop tells of an order."""
    return st.one_of(
        st.builds(Pays, back, plans),
        st.builds(Edits, back, plans, minutes=st.sampled_from([-5, 1, 2, 3])),
        st.builds(Refunds, back, plans, yuan=st.sampled_from([1, 2, 3, 5, 8, 15])),
        st.builds(Cancels, back, plans),
    )


def decisions_of(back: Back) -> SearchStrategy[Decides]:
    """Draw a reviewer's word."""
    words = st.sampled_from(["word-1", "word-2"])
    return st.builds(Decides, back, verdict=st.sampled_from(Verdict), word=words)


def follow_ups_of(back: Back) -> SearchStrategy[Act]:
    """Draw what becomes of a redemption."""
    return st.one_of(
        st.builds(CallsOff, back),
        decisions_of(back),
        st.builds(Concludes, back),
        st.builds(HandsOver, back),
        st.builds(MoneyComes, back),
        st.builds(TimeIsUp, back),
    )


new_orders: SearchStrategy[Act] = st.builds(Pays, NEW, plans)
redeemings: SearchStrategy[Act] = st.builds(
    Redeems,
    st.sampled_from([0, 0, 0, 0, 1]),
    points=st.sampled_from([0, 0, 1, 2, 3, 5, 8]),
    item_id=st.sampled_from(["itm_tea", "itm_rare", CASH_ITEM]),
)
sweeps: SearchStrategy[Act] = st.one_of(
    st.builds(Settles), st.builds(Matures, any_order), st.builds(Sweeps)
)
acts = st.one_of(new_orders, news_of(any_order), redeemings, follow_ups_of(any_redemption), sweeps)
"""Anything at all."""

on_the_account = st.one_of(
    new_orders,
    st.builds(Redeems, NEW, points=st.sampled_from([1, 2, 0]), item_id=st.just("itm_tea")),
    st.builds(Refunds, LAST, plans, yuan=st.sampled_from([2, 5])),
    st.builds(CallsOff, LAST),
    st.builds(Settles),
)
"""What mostly moves points."""


def two(act: SearchStrategy[T]) -> SearchStrategy[Sequence[T]]:
    """Draw two acts that meet."""
    return st.tuples(act, act)


two_on_an_order = any_order.flatmap(lambda back: two(news_of(st.just(back))))
two_on_a_redemption = any_redemption.flatmap(lambda back: two(follow_ups_of(st.just(back))))
