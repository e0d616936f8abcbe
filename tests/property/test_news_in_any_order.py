"""News of one order, in any order and repeated: the account and the order's worth end the same."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from loyalty.adapters.memory import MemoryMall
from loyalty.domain.account import Account
from loyalty.domain.birthday import BirthdayRules
from loyalty.domain.campaign import Effect, Spend
from loyalty.domain.campaign_reach import Audience, Scope
from loyalty.domain.claw_back import ClawBackPolicy
from loyalty.domain.member import Member
from loyalty.domain.order_book import OrderBook
from loyalty.domain.programme import ReturnWindow
from loyalty.domain.writes import AddCampaign, AddMember
from support.books import account_of, assert_explained
from support.campaigning import NOON, TIERS, campaign
from support.counter import Counter, put_on_shelf
from support.shop import Shop


@dataclass(frozen=True)
class Order:
    """What happens to an order; an edit is an amount, some minutes after the payment."""

    yuan: int
    category: str
    edits: dict[int, int]
    refunds: dict[str, int]
    is_cancelled: bool

    @property
    def news(self) -> list[str]:
        """Everything that is told of it."""
        edits = [f"edit {minutes}" for minutes in self.edits]
        refunds = [f"refund {name}" for name in self.refunds]
        return ["paid", *edits, *refunds, *(["cancel"] if self.is_cancelled else [])]

    def tell(self, shop: Shop, news: str) -> None:
        """Tell one piece of news."""
        match news.split():
            case ["paid"]:
                shop.pays("A1", self.yuan, category=self.category)
            case ["edit", minutes]:
                amount, category = self.edits[int(minutes)], self.category
                shop.edits("A1", amount, category=category, minutes_later=int(minutes))
            case ["refund", name]:
                shop.refunds("A1", self.refunds[name], name)
            case _:
                shop.cancels("A1")


amounts = st.integers(0, 40)
orders = st.builds(
    Order,
    yuan=amounts,
    category=st.sampled_from(["tea", "preorder"]),
    edits=st.dictionaries(st.sampled_from([-1, 1, 2]), amounts, max_size=2),
    refunds=st.dictionaries(st.sampled_from(["a", "b"]), st.integers(1, 30), max_size=2),
    is_cancelled=st.booleans(),
)


@dataclass(frozen=True)
class Before:
    """What the member had before: an earlier order, some of it spent, refunded or not."""

    yuan: int
    spent: int
    is_refunded: bool
    policy: ClawBackPolicy
    has_campaigns: bool


befores = st.builds(
    Before,
    yuan=st.integers(1, 30),
    spent=st.integers(0, 30),
    is_refunded=st.booleans(),
    policy=st.sampled_from(ClawBackPolicy),
    has_campaigns=st.booleans(),
)

CAMPAIGNS = (
    campaign("cmp_a", Effect(bonus=7), stackable=True),
    campaign("cmp_b", Effect(spend=Spend(Decimal(9), "CNY", 2)), stackable=True),
    campaign("cmp_c", scope=Scope(categories=("tea",)), audience=Audience(tags=("vip",))),
)
LIN = Member("lin", NOON, birthday=date(1990, 11, 21), tags=("vip",), tier="silver", rose_at=NOON)


def told(before: Before, order: Order, news: list[str]) -> tuple[Account, OrderBook]:
    """Return where it all ends."""
    mall = MemoryMall()
    window = ReturnWindow(categories={"preorder": 7})
    rules = replace(mall.programmes.live(), return_window=window, claw_back=before.policy)
    if before.has_campaigns:
        rules = replace(rules, tiers=TIERS, birthday=BirthdayRules())
        mall.store.commit([AddMember(LIN), *map(AddCampaign, CAMPAIGNS)])
    mall.programmes.publish(rules)
    put_on_shelf(mall)
    shop = Shop(mall)
    shop.pays("A0", before.yuan)
    if 0 < before.spent <= before.yuan:
        Counter(mall).redeem(before.spent)
    if before.is_refunded:
        shop.refunds("A0", before.yuan)
    for piece in news:
        order.tell(shop, piece)
    assert_explained(mall)
    book = mall.ledger.book(shop.source, "A1")
    return replace(account_of(mall), version=0), replace(book, version=0)


@settings(max_examples=5 * settings().max_examples)
@given(before=befores, order=orders, data=st.data())
def test_news_of_an_order_end_the_same_whatever_their_order(
    before: Before, order: Order, data: st.DataObject
) -> None:
    as_it_happened = told(before, order, order.news)
    repeats = data.draw(st.lists(st.sampled_from(order.news), max_size=3), label="repeats")
    shuffled = data.draw(st.permutations([*order.news, *repeats]), label="as it arrived")
    assert told(before, order, shuffled) == as_it_happened
