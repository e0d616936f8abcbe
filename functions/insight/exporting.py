"""Use cases of whoever exports: all balances, or all entries, part by part."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from loyalty.domain.account import Account
from loyalty.domain.entry import Entry
from loyalty.domain.errors import Invalid
from loyalty.ports import Mall, Page, Stretch

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Part:
    """Which of ``of`` equal parts of everything is asked for, and where to go on."""

    number: int
    of: int
    limit: int
    position: Mapping[str, str] | None = None

    @property
    def name(self) -> str:
        """The part, as a position in it remembers it."""
        return f"{self.number}/{self.of}"

    @property
    def stretch(self) -> Stretch:
        """What is read next.

        Raises:
            Invalid: the position, or the number, is none of this part.
        """
        if self.number >= self.of:
            raise Invalid.at("part", f"There are parts 0 to {self.of - 1}.")
        if self.position is None:
            return Stretch(self.number, self.of)
        after = dict(self.position)
        if after.pop("part", None) != self.name:
            raise Invalid.at("cursor", "This belongs to another part.")
        return Stretch(self.number, self.of, after)

    def after(self, page: Page[T]) -> Page[T]:
        """Return a page whose position remembers its part."""
        position = page.next_position
        return Page(page.items, None if position is None else {**position, "part": self.name})


def list_balances(mall: Mall, part: Part) -> tuple[Page[Account], date]:
    """Return some accounts, and the day on which they are looked at."""
    today = mall.programmes.live().today(mall.clock.now())
    return part.after(mall.accounts.every(part.stretch, part.limit)), today


def list_entries(
    mall: Mall, part: Part, since: datetime | None, until: datetime | None
) -> Page[Entry]:
    """Return some entries recorded in a span, ``until`` not included."""
    return part.after(mall.ledger.every(part.stretch, part.limit, since=since, until=until))
