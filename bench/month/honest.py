"""What honest people do on a day: shop, come by, do tasks, give, bring friends, mistype."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bench.month.acts import Scene
from bench.month.people import Person
from loyalty.domain.anomaly.sighting import Seen, Sighting

SINGLES_DAY, FESTIVAL = 11, 23
"""Days of the month on which everybody shops, and on which everybody gives."""


def honest_day(
    scene: Scene, persons: list[Person], by_id: Mapping[str, Person], day: date
) -> Iterator[Sighting]:
    """Yield everything that honest people do on a day, in no order."""
    for person in persons:
        if person.joined_on <= day:
            yield from _Day(scene, person, day, by_id).acts()
    if day.day in {8, 19}:
        yield from _opening(scene, persons, day)
    if day.day == 15:
        yield from _misprint(scene, persons, day)


@dataclass
class _Day:
    scene: Scene
    person: Person
    day: date
    by_id: Mapping[str, Person]

    def acts(self) -> Iterator[Sighting]:
        yield from self._shopping()
        yield from self._tasks()
        yield from self._gifts()
        yield from self._friends()
        draw = self.scene.draw
        if draw.random() < self.person.checks_in:
            yield self._earn("check-in", draw.choice((1, 2, 3, 5, 12)))
        if draw.random() < 0.02:
            yield self._seen(Seen.SPENT, "redemption", -draw.randint(100, 3_000))
        if draw.random() < 0.004:
            yield from self._typing_errors(draw.randint(1, 3))
        if draw.random() < 0.0001:
            yield from self._typing_errors(7)

    def _shopping(self) -> Iterator[Sighting]:
        draw, hurry = self.scene.draw, 6 if self.day.day == SINGLES_DAY else 1
        visits = min(int(draw.expovariate(1) * self.person.buys_a_day * hurry + draw.random()), 12)
        if draw.random() > self.person.buys_a_day * hurry:
            visits = max(visits - 1, 0)
        for _ in range(visits):
            worth = self.person.usual_basket * draw.lognormvariate(0, 0.8)
            if draw.random() < 0.01:
                worth *= 30  # a washing machine
            at = self.scene.moment(self.day)
            points = max(int(worth), 1)
            # The shop tells of it: nobody knows from which device.
            yield self.scene.act(Seen.EARNED, self.person.member_id, at, "purchase", points)

    def _tasks(self) -> Iterator[Sighting]:
        draw, wanted = self.scene.draw, self.person.tasks_a_day
        if wanted and draw.random() < 0.4:
            times = 1 + int(draw.expovariate(1 / wanted))
            for _ in range(min(times, 25)):
                yield self._earn("task", 5000 if draw.random() < 0.0005 else 10)

    def _gifts(self) -> Iterator[Sighting]:
        draw, lively = self.scene.draw, self.person.lively
        if self.day.day == FESTIVAL:
            lively *= 4
        if self.person.circle and draw.random() < lively:
            others = [name for name in self.person.circle if name != self.person.member_id]
            for other in others:
                share = draw.randint(1, 60)
                yield self._seen(Seen.GAVE, "red-packet", share, other=other)

    def _friends(self) -> Iterator[Sighting]:
        draw = self.scene.draw
        if draw.random() < 0.0015:
            for _ in range(draw.choice((1, 1, 2, 3, 12))):
                friend = self.by_id[draw.choice(list(self.by_id))]
                told = self._seen(Seen.BROUGHT, "referral", 200, other=friend.member_id)
                # What is known is where the friend said who it was.
                yield replace(told, origin=self.scene.whereabouts(friend, told.at))

    def _typing_errors(self, times: int) -> Iterator[Sighting]:
        first = self._seen(Seen.FAILED, "coupon", 0)
        for number in range(times):
            at = first.at + timedelta(minutes=2 * number)
            yield replace(first, event_id=f"{first.event_id}-{number}", at=at)

    def _earn(self, rule: str, points: int) -> Sighting:
        return self._seen(Seen.EARNED, rule, points)

    def _seen(self, seen: Seen, rule: str, points: int, other: str | None = None) -> Sighting:
        at = self.scene.moment(self.day)
        origin = self.scene.whereabouts(self.person, at)
        return self.scene.act(seen, self.person.member_id, at, rule, points, origin, other)


def _opening(scene: Scene, persons: list[Person], day: date) -> Iterator[Sighting]:
    """A shop opens: newcomers join at its own network, and most buy something within the hour."""
    new = [one for one in persons if one.joined_on == day] or persons[:1]
    for person in new[:25]:
        at = scene.moment(day, 10, 18)
        origin = replace(scene.whereabouts(person, at), ip=f"shop-{day.day}")
        yield scene.act(Seen.EARNED, person.member_id, at, "welcome", 50, origin)
        if scene.draw.random() < 0.7:
            later = at + timedelta(minutes=20)
            yield scene.act(Seen.EARNED, person.member_id, later, "purchase", 60)
            after = at + timedelta(minutes=30)
            yield scene.act(Seen.SPENT, person.member_id, after, "redemption", -50, origin)


def _misprint(scene: Scene, persons: list[Person], day: date) -> Iterator[Sighting]:
    """A coupon was printed wrong: many try it once or twice, wherever they are."""
    for person in scene.draw.sample([one for one in persons if one.joined_on <= day], 200):
        for _ in range(scene.draw.randint(1, 2)):
            at = scene.moment(day, 9, 20)
            where = scene.whereabouts(person, at)
            yield scene.act(Seen.FAILED, person.member_id, at, "coupon", 0, where)
