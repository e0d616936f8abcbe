"""A shop that tells its news to a mall: orders paid, edited, refunded, cancelled."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from earn.service import Receipt, take_news
from loyalty.domain.orders import (
    CustomerRef,
    OrderCancelled,
    OrderLine,
    OrderPaid,
    OrderRefunded,
    OrderUpdated,
    Purchase,
)
from loyalty.ports import Mall


@dataclass
class Shop:
    """Sends news as it happens, in the mall's time; one yuan is one point in tests' rules."""

    mall: Mall
    customer: CustomerRef = field(default_factory=lambda: CustomerRef(member_id="lin"))
    source: str = "standard"
    currency: str = "CNY"
    shared_by: str | None = None

    def pays(
        self,
        order_id: str,
        amount: int | str | Decimal,
        *,
        category: str | None = None,
        paid_at: datetime | None = None,
    ) -> Receipt:
        """Tell that an order was paid, now unless an instant is given."""
        at = paid_at or self.mall.clock.now()
        return self._tell(OrderPaid(self._purchase(order_id, amount, category, at), at))

    def edits(
        self,
        order_id: str,
        amount: int | str | Decimal,
        *,
        category: str | None = None,
        paid_at: datetime | None = None,
        minutes_later: int = 1,
    ) -> Receipt:
        """Tell how an edited order stands, some minutes after its payment."""
        at = paid_at or self.mall.clock.now()
        purchase = self._purchase(order_id, amount, category, at)
        return self._tell(OrderUpdated(purchase, at + timedelta(minutes=minutes_later)))

    def refunds(self, order_id: str, amount: int | str | Decimal, refund_id: str = "R1") -> Receipt:
        """Tell that a part of an order was refunded."""
        at = self.mall.clock.now()
        return self._tell(OrderRefunded(order_id, refund_id, Decimal(amount), self.currency, at))

    def cancels(self, order_id: str) -> Receipt:
        """Tell that an order was cancelled."""
        return self._tell(OrderCancelled(order_id, self.mall.clock.now()))

    def _tell(self, event: OrderPaid | OrderUpdated | OrderRefunded | OrderCancelled) -> Receipt:
        return take_news(self.mall, self.source, event)

    def _purchase(
        self, order_id: str, amount: int | str | Decimal, category: str | None, at: datetime
    ) -> Purchase:
        nothing = Decimal(0)
        line = OrderLine("S1", category, 1, Decimal(amount))
        customer, shared_by = self.customer, self.shared_by
        return Purchase(
            order_id, customer, self.currency, (line,), nothing, nothing, nothing, at, shared_by
        )
