"""Acts on orders with a part in money: it comes, in time or not, or time is up."""

from dataclasses import dataclass
from decimal import Decimal

from loyalty.domain.errors import Invalid
from loyalty.domain.payment import Received
from loyalty.domain.redemption import Status
from property.counter_acts import CounterAct
from property.world import CASH, CASH_ITEM, Told, World
from redeem.payments.expiring import expire_payment
from redeem.payments.taking import take_payment


@dataclass(frozen=True)
class MoneyComes(CounterAct):
    """The provider's callback: confirms what waits, and is owed back by what has ended."""

    def _do(self, world: World) -> str:
        order = self._found(world)
        now = world.mall.clock.now()
        amount = Decimal(CASH.cash) * order.quantity
        money = Received(self.redemption_id, "pay_1", amount, CASH.currency, now)
        return take_payment(world.mall, money).status

    def _tell(self, world: World, told: Told) -> str:
        if told.item_id != CASH_ITEM:
            return Invalid.slug
        told.is_paid = True
        if told.status is Status.PENDING_PAYMENT:
            world.tokens.spend_held(self.key)
            told.status = Status.CONFIRMED
        return told.status


@dataclass(frozen=True)
class TimeIsUp(CounterAct):
    """The sweep looks at an order: one that waited half an hour is given up."""

    def _do(self, world: World) -> str:
        return expire_payment(world.mall, self.redemption_id).status

    def _tell(self, world: World, told: Told) -> str:
        is_over = told.due_at is not None and told.due_at <= world.mall.clock.now()
        if told.status is Status.PENDING_PAYMENT and is_over:
            world.tokens.give_back(self.key, world.today, grace=None)
            told.status = Status.PAYMENT_EXPIRED
        return told.status
