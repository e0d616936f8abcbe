"""An account told in another way: every single point is a token that is somewhere.

No lots are summed and nothing is settled: a token whose day has passed has lapsed by being looked
at. Small numbers keep it quick.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum


class Place(Enum):
    """Where a point is. A lapsed one is ``IN_LOT`` with a day that has passed."""

    PENDING = "pending"
    IN_LOT = "in a lot"
    HELD = "held"
    SPENT = "spent"
    TAKEN = "clawed back, or gone into a debt"


@dataclass(eq=False)
class Token:
    """One point: the last day it is valid, where it is, and what it is there for."""

    day: date
    place: Place
    owner: str
    is_counted: bool = False


@dataclass
class Tokens:
    """A member's points, and how many are owed."""

    all: list[Token] = field(default_factory=list)
    debt: int = 0

    def at(self, place: Place, owner: str | None = None) -> list[Token]:
        """Return the tokens at a place, those that expire first first."""
        found = [t for t in self.all if t.place is place and owner in {None, t.owner}]
        return sorted(found, key=lambda token: token.day)

    def pending(self, order: str) -> list[Token]:
        """Return what of an order is not yet usable."""
        return self.at(Place.PENDING, order)

    def live(self, today: date) -> list[Token]:
        """Return what can be spent."""
        return [token for token in self.at(Place.IN_LOT) if token.day >= today]

    def lapsed(self, today: date) -> list[Token]:
        """Return what has lapsed."""
        return [token for token in self.at(Place.IN_LOT) if token.day < today]

    def lots(self, today: date) -> dict[date, int]:
        """Return how many can be spent until which day."""
        return dict(Counter(token.day for token in self.live(today)))

    def grant(self, order: str, points: int, day: date, today: date, *, waits: bool) -> None:
        """Make tokens, usable at once or pending."""
        new = [Token(day, Place.PENDING, order) for _ in range(points)]
        self.all += new
        if not waits:
            self.put_into_lots(new, today)

    def put_into_lots(self, tokens: Iterable[Token], today: date) -> None:
        """Make tokens usable; those that are valid repay a debt first, earliest first."""
        for token in sorted(tokens, key=lambda token: token.day):
            token.place = Place.IN_LOT
            if token.day >= today and self.debt:
                token.place = Place.TAKEN
                self.debt -= 1

    def take(self, redemption: str, points: int, place: Place, today: date) -> bool:
        """Spend or hold tokens; False, and nothing done, if there are too few."""
        live = self.live(today)
        if len(live) < points:
            return False
        for token in live[:points]:
            token.place, token.owner = place, redemption
        return True

    def spend_held(self, redemption: str) -> None:
        """Turn what a redemption holds into what it has spent."""
        for token in self.at(Place.HELD, redemption):
            token.place = Place.SPENT

    def give_back(self, redemption: str, today: date, grace: date | None) -> None:
        """Return what a redemption took; with grace, what has passed lives on until then."""
        back = self.at(Place.HELD, redemption) + self.at(Place.SPENT, redemption)
        for token in back:
            if grace is not None and token.day < today:
                token.day = grace
        self.put_into_lots(back, today)

    def claw_back(self, order: str, points: int, day: date, today: date, *, owes: bool) -> None:
        """Take points of an order back, wherever they are found first."""
        own = [token for token in self.live(today) if token.day == day]
        others = [token for token in self.live(today) if token.day != day]
        lapsed = [t for t in self.lapsed(today) if t.day == day and not t.is_counted]
        for token in [*self.pending(order), *own, *lapsed, *others][:points]:
            points -= 1
            if token in lapsed:
                token.is_counted = True
            else:
                token.place = Place.TAKEN
        self.debt += points if owes else 0
