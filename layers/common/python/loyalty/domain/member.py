"""Members, and the shop customers that they are."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from loyalty.domain.orders import OrderPaid


@dataclass(frozen=True, slots=True)
class Member:
    """A member's profile. Points live elsewhere; erasing a profile leaves the ledger whole.

    ``tier``: its id in the programme (None: the lowest); ``rose_at``: when it was last reached from
    below, which is when the quicker earning of a new tier begins; ``tier_source``: the shop that
    gives the tier, which is then not ours to change (None: it is counted here).
    """

    member_id: str
    joined_at: datetime
    display_name: str | None = None
    phone: str | None = None
    email: str | None = None
    language: str = "zh"
    birthday: date | None = None
    tags: tuple[str, ...] = ()
    tier: str | None = None
    tier_since: datetime | None = None
    rose_at: datetime | None = None
    tier_source: str | None = None
    version: int = 1

    def changed(self, **fields: object) -> "Member":
        """Return the profile with some fields changed."""
        return replace(self, version=self.version + 1, **fields)  # type: ignore[arg-type] # the edge's schema names and types the fields


@dataclass(frozen=True, slots=True)
class CustomerLink:
    """A shop's customer is this member."""

    source: str
    customer_id: str
    member_id: str
    linked_at: datetime
    linked_by: str


@dataclass(frozen=True, slots=True)
class WaitingEvent:
    """A paid order whose customer no member is linked to yet."""

    source: str
    customer_id: str
    paid: OrderPaid
    received_at: datetime
