"""Acts of the made-up month as the watcher sees them."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count

from bench.month.people import CARRIERS, Person
from loyalty.domain.anomaly.sighting import Seen, Sighting
from loyalty.domain.origin import Origin


@dataclass
class Scene:
    """One day: makes sightings, and draws where people are."""

    draw: random.Random
    numbers: Iterator[int] = field(default_factory=count)

    def act(
        self,
        seen: Seen,
        member_id: str,
        at: datetime,
        rule: str,
        points: int = 0,
        origin: Origin | None = None,
        other: str | None = None,
    ) -> Sighting:
        """Return a sighting under a number of its own."""
        event_id = f"event-{next(self.numbers)}"
        return Sighting(event_id, seen, member_id, at, rule, points, origin or Origin(), other)

    def moment(self, day: date, first: float = 7, last: float = 23) -> datetime:
        """Draw an instant of a day between two hours."""
        hour = self.draw.uniform(first, last)
        return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=hour)

    def whereabouts(self, person: Person, at: datetime) -> Origin:
        """Draw where a person is: on the move, in the office, at home."""
        if self.draw.random() < 0.35:
            ip = f"carrier-{self.draw.randrange(CARRIERS)}"
        elif person.office and at.weekday() < 5 and 9 <= at.hour < 18:
            ip = person.office
        else:
            ip = person.home
        # Shops that run in browsers name no device.
        device = person.device if self.draw.random() < 0.85 else None
        return Origin(ip, device)
