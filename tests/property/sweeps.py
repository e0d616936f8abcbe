"""Acts of the hourly sweep. Tokens know of no settling: it must change nothing that counts."""

from dataclasses import dataclass, replace
from typing import Self

from expiry.service import mature, queue_due, settle
from property.world import MEMBER, World


@dataclass(frozen=True)
class Settles:
    """The account is settled."""

    def at(self, world: World) -> Self:  # noqa: ARG002 # there is one account
        """Mean the one account."""
        return self

    def real(self, world: World) -> str:
        """Settle it."""
        settle(world.mall, MEMBER)
        return "settled"

    def told(self, world: World) -> str:  # noqa: ARG002 # that is the point
        """Nothing happens."""
        return "settled"


@dataclass(frozen=True)
class Matures:
    """One order's points become usable, if its window has ended."""

    back: int
    order: str = ""

    def at(self, world: World) -> Self:
        """Name the order that is meant now."""
        return replace(self, order=world.order_called(self.back))

    def real(self, world: World) -> str:
        """Mature them."""
        mature(world.mall, MEMBER, world.shop.source, self.order)
        return "matured"

    def told(self, world: World) -> str:
        """Move what waits into its lot."""
        heard = world.heard.get(self.order)
        if heard and heard.usable_on <= world.today:
            world.tokens.put_into_lots(world.tokens.pending(self.order), world.today)
        return "matured"


@dataclass(frozen=True)
class Sweeps:
    """Everything that is due, as the queue would bring it."""

    def at(self, world: World) -> Self:  # noqa: ARG002 # everything is everything
        """Mean everything."""
        return self

    def real(self, world: World) -> str:
        """Queue what is due and do it."""
        mall, queue = world.mall, world.mall.settlement_queue
        queue.members.clear()
        queue.pending.clear()
        queue_due(mall)
        for member_id in queue.members:
            settle(mall, member_id)
        for row in queue.pending:
            mature(mall, row.member_id, row.source, row.order_id)
        return "swept"

    def told(self, world: World) -> str:
        """Mature every order, in the order of their names."""
        for order in sorted(world.heard):
            Matures(0, order).told(world)
        return "swept"
