"""Acts of the shop: what it tells of its orders, in any order, again and again."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Self

from property.world import Plan, World

YUAN_MORE = {-5: 4, 1: -2, 2: 5, 3: 0}
"""What an edit adds to its order, by the minutes at which it was made."""


@dataclass(frozen=True)
class News:
    """Something about the order ``back`` from a new one; what comes first settles what it is."""

    back: int
    first: Plan
    order: str = ""

    def at(self, world: World) -> Self:
        """Name the order that is meant now."""
        return replace(self, order=world.order_called(self.back))

    def told(self, world: World) -> str:
        """Book it on the tokens."""
        world.plan(self.order, self.first)
        before = world.heard[self.order].net
        self._hear(world)
        world.book(self.order, before)
        return "booked"

    def real(self, world: World) -> str:
        """Send it to the mall."""
        world.plan(self.order, self.first)
        self._send(world)
        return "booked"

    def _hear(self, world: World) -> None:
        raise NotImplementedError

    def _send(self, world: World) -> None:
        raise NotImplementedError


@dataclass(frozen=True)
class Pays(News):
    """The order was paid."""

    def _hear(self, world: World) -> None:
        plan = world.plans[self.order]
        world.heard[self.order].hear_paid(world.paid_at[self.order], plan.yuan, world.today)

    def _send(self, world: World) -> None:
        plan, paid_at = world.plans[self.order], world.paid_at[self.order]
        world.shop.pays(self.order, plan.yuan, category=plan.category, paid_at=paid_at)


@dataclass(frozen=True)
class Edits(News):
    """The order was edited some minutes after its payment, or before; they tell edits apart."""

    minutes: int = 1

    def _yuan(self, plan: Plan) -> int:
        return max(plan.yuan + YUAN_MORE[self.minutes], 0)

    def _hear(self, world: World) -> None:
        plan = world.plans[self.order]
        at = world.paid_at[self.order] + timedelta(minutes=self.minutes)
        world.heard[self.order].hear_edited(at, self._yuan(plan), world.today)

    def _send(self, world: World) -> None:
        plan = world.plans[self.order]
        world.shop.edits(
            self.order,
            self._yuan(plan),
            category=plan.category,
            paid_at=world.paid_at[self.order],
            minutes_later=self.minutes,
        )


@dataclass(frozen=True)
class Refunds(News):
    """A part of the order was refunded; the refund's name is also its amount."""

    yuan: int = 1

    def _hear(self, world: World) -> None:
        world.heard[self.order].refunds[f"R{self.yuan}"] = self.yuan

    def _send(self, world: World) -> None:
        world.shop.refunds(self.order, self.yuan, f"R{self.yuan}")


@dataclass(frozen=True)
class Cancels(News):
    """The order was cancelled."""

    def _hear(self, world: World) -> None:
        world.heard[self.order].is_cancelled = True

    def _send(self, world: World) -> None:
        world.shop.cancels(self.order)
