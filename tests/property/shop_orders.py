"""A shop's orders told in another way: everything heard of an order, and what it is worth."""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True)
class Version:
    """How an order stood at an instant: two points for every three yuan, rounded down."""

    as_of: datetime
    yuan: int
    points: int

    def kept(self, refunded: int) -> int:
        """Return the points that are left after refunds, rounded up for the member."""
        if not self.yuan:
            return 0
        return self.points - self.points * min(refunded, self.yuan) // self.yuan


def worth(yuan: int) -> int:
    """Return what an amount earns."""
    return yuan * 2 // 3


@dataclass
class Heard:
    """What the mall has heard of one order."""

    day: date
    usable_on: date
    version: Version | None = None
    refunds: dict[str, int] = field(default_factory=dict)
    edits: set[datetime] = field(default_factory=set)
    is_paid: bool = False
    is_cancelled: bool = False

    @property
    def net(self) -> int:
        """Points that the member keeps."""
        if not self.is_paid or self.is_cancelled or self.version is None:
            return 0
        return self.version.kept(sum(self.refunds.values()))

    def hear_paid(self, at: datetime, yuan: int, today: date) -> None:
        """Hear of the payment: once."""
        if self.is_paid:
            return
        early_edit, self.is_paid = self.version, True
        self.version = Version(at, yuan, worth(yuan) if self.day >= today else 0)
        if early_edit:
            self._stand(early_edit, today)

    def hear_edited(self, at: datetime, yuan: int, today: date) -> None:
        """Hear of an edit: each once."""
        if at not in self.edits:
            self._stand(Version(at, yuan, worth(yuan)), today)

    def _stand(self, edit: Version, today: date) -> None:
        former = self.version
        if former and edit.as_of <= former.as_of:
            return
        self.edits.add(edit.as_of)
        net, self.version = self.net, edit
        if former and self.is_paid and self.day < today and self.net > net:
            self.version = Version(edit.as_of, former.yuan, former.points)
