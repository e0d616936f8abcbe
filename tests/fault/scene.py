"""Where acts are tried: a member, an item and an order of their own, and all their books."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Protocol

from earn.service import Receipt
from loyalty.adapters.memory.payments import MemoryPaymentProvider
from loyalty.adapters.memory.surroundings import MemoryClock
from loyalty.domain.account import Account, Kind
from loyalty.domain.errors import Busy
from loyalty.domain.item import ItemKind, Review, Stock
from loyalty.domain.order_book import OrderBook
from loyalty.domain.orders import CustomerRef
from loyalty.domain.redemption import Redemption, Status
from loyalty.ports import Mall
from support.books import entries_of_member
from support.counter import ADDRESS, Counter, put_on_shelf
from support.shop import Shop

PATIENCE = 5
"""How often a client asks again."""

Deed = Callable[[], object]


class FrailMall(Mall, Protocol):
    """A mall whose time can be moved, and where tests can pay."""

    time: MemoryClock
    provider: MemoryPaymentProvider


@dataclass
class Scene:
    """A member, an item and an order whose names nobody else has."""

    mall: FrailMall
    name: str
    shop: Shop = field(init=False)
    counter: Counter = field(init=False)

    def __post_init__(self) -> None:
        self.shop = Shop(self.mall, CustomerRef(member_id=self.name))
        self.counter = Counter(self.mall, member_id=self.name)

    @property
    def order(self) -> str:
        """The order's id."""
        return f"A-{self.name}"

    @property
    def item(self) -> str:
        """The item's id."""
        return f"itm_{self.name}"

    def earned(self, points: int = 1_000) -> None:
        """Let the member have bought something before."""
        self.shop.pays(self.order, points)

    def shelf(self, review: Review = Review.NEVER, kind: ItemKind = ItemKind.PHYSICAL) -> None:
        """Let there be an item of 100 points."""
        put_on_shelf(self.mall, self.item, points=100, stock=5, review=review, kind=kind)

    def redeem(self, key: str = "the-one-key") -> Redemption:
        """Submit one order for two pieces."""
        return self.counter.redeem(2, self.item, key=key, delivery=ADDRESS)

    def redeemed(self, review: Review = Review.NEVER) -> Redemption:
        """Let the member have redeemed."""
        self.earned()
        self.shelf(review)
        return self.redeem()


def persistently(deed: Deed, patience: int = PATIENCE) -> object:
    """Do as a client does: ask again, with the same request, while the answer is `Busy`."""
    for _ in range(patience):
        try:
            return deed()
        except Busy:
            continue
    return deed()


@dataclass(frozen=True)
class Books:
    """All that an act can have changed, without what names the scene."""

    account: Account
    entries: list[tuple[Kind, int, int, int, int]]
    order: OrderBook
    stock: Stock | None
    redemptions: list[tuple[Status, int, int]]
    free_codes: int

    @classmethod
    def of(cls, scene: Scene) -> "Books":
        """Read them."""
        mall, stock = scene.mall, scene.mall.catalog.stock(scene.item)
        return cls(
            account=replace(mall.accounts.account(scene.name), member_id=""),
            entries=sorted(
                (entry.kind, entry.posting.available, entry.held, entry.pending, entry.debt)
                for entry in entries_of_member(mall, scene.name)
            ),
            order=replace(mall.ledger.book("standard", scene.order), order_id="", member_id=""),
            stock=replace(stock, item_id="") if stock else None,
            redemptions=[
                (r.status, r.version, len(r.code_ids))
                for r in mall.redemptions.of_member(scene.name).items
            ],
            free_codes=len(mall.catalog.free_codes(scene.item, 100)),
        )


def essence(answer: object) -> object:
    """What must be the same in every answer to one request."""
    match answer:
        case Receipt(entry_id=entry_id, points=points):
            return entry_id, points
        case Redemption() | int():
            return answer
        case _:
            return None
