"""The redemption counter: items put on the shelf, and orders for them, in one line each."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from loyalty.domain.audit import Operator
from loyalty.domain.item import Item, ItemKind, Limits, Review, Stock
from loyalty.domain.redemption import Redemption, Verdict
from loyalty.domain.writes import AddCode, AddItem, Write
from loyalty.ports import Mall
from redeem.cancel import cancel_redemption
from redeem.orders import Order
from redeem.review import Word, decide
from redeem.submit import submit_redemption

ADDRESS = {
    "recipient": "Lin Daiyu",
    "phone": "+8613800138000",
    "country": "CN",
    "province": "Jiangsu",
    "city": "Suzhou",
    "line1": "7 Bamboo Lane",
}


def put_on_shelf(
    mall: Mall,
    item_id: str = "itm_tea",
    *,
    points: int = 1,
    stock: int = 1_000,
    kind: ItemKind = ItemKind.SERVICE,
    review: Review = Review.NEVER,
    limits: Limits | None = None,
    **changes: Any,
) -> Item:
    """Put an item on the shelf; a service that nobody reviews unless something else is said."""
    item = Item(
        item_id=item_id,
        name={"zh": "龙井茶", "en": "Longjing tea"},
        kind=kind,
        category="tea",
        points=points,
        created_at=mall.clock.now(),
        review=review,
        limits=limits or Limits(),
        **changes,
    )
    mall.store.commit([AddItem(item, Stock(item_id, stock, on_shelf=item.is_on_shelf))])
    return item


def fill_pool(mall: Mall, item_id: str, *codes: str) -> None:
    """Put codes into an item's pool."""
    writes: list[Write] = [
        AddCode(item_id, mall.cipher.digest(code, item_id), mall.cipher.encrypt(code, item_id))
        for code in codes
    ]
    mall.store.commit(writes)


def reviewer(name: str = "reviewer-sub") -> Operator:
    """Return somebody who may decide."""
    return Operator(name, "reviewer", "request-1")


@dataclass
class Counter:
    """A member at the counter; each order has a fresh key unless one is given."""

    mall: Mall
    member_id: str = "lin"
    keys: Any = field(default_factory=lambda: (f"key-{n:06}" for n in count()))

    def redeem(
        self, quantity: int = 1, item_id: str = "itm_tea", key: str | None = None, **order: Any
    ) -> Redemption:
        """Submit an order."""
        wanted = Order(item_id, quantity, **order)
        return submit_redemption(self.mall, self.member_id, key or next(self.keys), wanted)

    def cancel(self, redemption: Redemption) -> Redemption:
        """Cancel an order."""
        return cancel_redemption(self.mall, self.member_id, redemption.redemption_id)

    def decide(
        self,
        redemption: Redemption,
        verdict: Verdict,
        *,
        by: str = "reviewer-sub",
        reason: str = "as it should be",
        key: str | None = None,
    ) -> Redemption:
        """Let a reviewer say a word about an order."""
        word = Word(verdict, reason, key or next(self.keys))
        return decide(self.mall, reviewer(by), redemption.redemption_id, word)
