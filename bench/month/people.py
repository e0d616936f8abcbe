"""Who lives in the made-up month: households, offices, telephone networks, circles of friends."""

import random
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

FIRST = date(2026, 11, 1)
DAYS = 30
MEMBERS = 5_000
OFFICES, CARRIERS, CIRCLES = 40, 60, 220


@dataclass(frozen=True, slots=True)
class Person:
    """One honest member: where from, since when, and with which habits."""

    member_id: str
    home: str
    device: str
    office: str | None
    joined_on: date
    buys_a_day: float
    usual_basket: float
    checks_in: float
    tasks_a_day: float
    circle: tuple[str, ...] = field(default=())
    lively: float = 0.0


def people(draw: random.Random) -> list[Person]:
    """Return everybody, household by household."""
    persons: list[Person] = []
    household = 0
    while len(persons) < MEMBERS:
        household += 1
        size = draw.choices((1, 2, 3, 4, 5), (45, 25, 18, 10, 2))[0]
        is_sharing = size > 1 and draw.random() < 0.12  # a grandmother's account on one telephone
        for one in range(size):
            number = len(persons)
            device = f"phone-h{household}" if is_sharing and one < 3 else f"phone-{number}"
            persons.append(_person(draw, number, f"home-{household}", device))
    return _with_circles(draw, persons[:MEMBERS])


def _person(draw: random.Random, number: int, home: str, device: str) -> Person:
    works = draw.random() < 0.35
    return Person(
        member_id=f"m{number:05}",
        home=home,
        device=device,
        office=f"office-{draw.randrange(OFFICES)}" if works else None,
        joined_on=_joined_on(draw),
        buys_a_day=draw.lognormvariate(-2.3, 0.8) * (12 if draw.random() < 0.01 else 1),
        usual_basket=draw.lognormvariate(4.3, 0.7),
        checks_in=draw.choice((0.9, 0.8, 0.5)) if draw.random() < 0.3 else 0.02,
        tasks_a_day=draw.choice((0.5, 1.5, 4.0)) if draw.random() < 0.2 else 0.0,
    )


def _joined_on(draw: random.Random) -> date:
    if draw.random() < 0.12:
        return FIRST + timedelta(days=draw.randrange(DAYS))
    return FIRST - timedelta(days=1 + draw.randrange(900))


def _with_circles(draw: random.Random, persons: list[Person]) -> list[Person]:
    """Put some into circles that send red packets: most now and then, some every other day."""
    by_id = {person.member_id: person for person in persons}
    for _ in range(CIRCLES):
        circle = tuple(one.member_id for one in draw.sample(persons, draw.randint(3, 9)))
        lively = draw.choices((0.05, 0.15, 0.5), (70, 25, 5))[0]
        for name in circle:
            by_id[name] = _in_circle(by_id[name], circle, lively)
    return list(by_id.values())


def _in_circle(person: Person, circle: tuple[str, ...], lively: float) -> Person:
    return replace(person, circle=circle, lively=lively)
