"""Twelve frauds of six kinds, two of each: one that is bold, and one that is careful."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bench.month.acts import Scene
from bench.month.people import FIRST
from loyalty.domain.anomaly.sighting import Seen, Sighting
from loyalty.domain.origin import Origin

Plot = Callable[[Scene, "Fraud"], Iterator[Sighting]]


@dataclass(frozen=True, slots=True)
class Fraud:
    """Who is in it, of which kind, and what is done."""

    name: str
    kind: str
    members: tuple[str, ...]
    joined_on: date
    plot: Plot

    def acts(self, scene: Scene) -> Iterator[Sighting]:
        """Yield all of its sightings, in no order."""
        return self.plot(scene, self)


def _at(day: int, hour: float) -> datetime:
    first = datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC)
    return first + timedelta(days=day - 1, hours=hour)


def _bot(times: int, minutes: float, day: int) -> Plot:
    def plot(scene: Scene, fraud: Fraud) -> Iterator[Sighting]:
        who, where = fraud.members[0], Origin("bot-net", f"bot-{fraud.name}")
        for n in range(times):
            at = _at(day, 1) + timedelta(minutes=minutes * n)
            yield scene.act(Seen.EARNED, who, at, "task", 10, where)

    return plot


def _farm(device: str | None, ip: str | None, days: range) -> Plot:
    """Many accounts take what is free, day by day."""

    def plot(scene: Scene, fraud: Fraud) -> Iterator[Sighting]:
        for day in days:
            for n, who in enumerate(fraud.members):
                if day < days.start + n // 6:
                    continue  # they are made six a day
                where = Origin(ip or f"proxy-{day}-{n}", device or f"made-up-{fraud.name}-{n}")
                at = _at(day, 3 + n / 20)
                yield scene.act(Seen.EARNED, who, at, "check-in", 1, where)

    return plot


def _cashier(orders: int, points: int, days: range) -> Plot:
    """Somebody books orders that nobody paid, on an account with a past of its own."""

    def plot(scene: Scene, fraud: Fraud) -> Iterator[Sighting]:
        who = fraud.members[0]
        for day in range(1, days.start):
            if day % 2:
                yield scene.act(Seen.EARNED, who, _at(day, 12), "purchase", 100 + day)
        for day in days:
            for n in range(orders):
                yield scene.act(Seen.EARNED, who, _at(day, 10 + n), "purchase", points)

    return plot


def _carousel(points: int, rounds: int) -> Plot:
    def plot(scene: Scene, fraud: Fraud) -> Iterator[Sighting]:
        names = fraud.members
        for turn in range(rounds):
            for n, who in enumerate(names):
                at, other = _at(10 + turn, 20 + n / 10), names[(n + 1) % len(names)]
                where = Origin(f"home-of-{who}", f"phone-of-{who}")
                yield scene.act(Seen.GAVE, who, at, "red-packet", points, where, other)

    return plot


def _puppets(scene: Scene, fraud: Fraud) -> Iterator[Sighting]:
    """One member brings eight friends who all live in two telephones."""
    boss, *friends = fraud.members
    for n, friend in enumerate(friends):
        where = Origin(f"proxy-{n}", f"puppets-{n % 2}")
        yield scene.act(Seen.EARNED, friend, _at(5 + n, 9), "check-in", 1, where)
        yield scene.act(Seen.EARNED, friend, _at(5 + n, 10), "purchase", 12)
        at = _at(13 + n // 2, 11)
        yield scene.act(Seen.BROUGHT, boss, at, "referral", 200, where, other=friend)


def _guesser(scene: Scene, fraud: Fraud) -> Iterator[Sighting]:
    where = Origin("bot-net-2", "bot-guesser")
    for n in range(60):
        at = _at(17, 2) + timedelta(seconds=45 * n)
        yield scene.act(Seen.FAILED, fraud.members[0], at, "coupon", 0, where)


def _guessers(scene: Scene, fraud: Fraud) -> Iterator[Sighting]:
    """Twelve accounts try five codes each, behind one address."""
    for n, who in enumerate(fraud.members):
        for one in range(5):
            at = _at(21, 4) + timedelta(minutes=n * 4 + one / 2)
            where = Origin("guessing-house", f"guess-{n}")
            yield scene.act(Seen.FAILED, who, at, "code", 0, where)


OLD, NEW = FIRST - timedelta(days=200), FIRST


def _names(fraud: str, how_many: int) -> tuple[str, ...]:
    return tuple(f"x-{fraud}-{n}" for n in range(how_many))


FRAUDS = (
    Fraud("night bot", "velocity", _names("night", 1), OLD, _bot(45, 2.5, 6)),
    Fraud("patient bot", "velocity", _names("patient", 1), OLD, _bot(50, 14, 18)),
    Fraud("phone farm", "device", _names("farm", 14), OLD, _farm("farm-phone", None, range(4, 20))),
    Fraud("small farm", "device", _names("small", 6), OLD, _farm("farm-two", None, range(9, 20))),
    Fraud("account mill", "address", _names("mill", 30), NEW, _farm(None, "mill", range(2, 9))),
    Fraud("slow mill", "address", _names("slow", 14), NEW, _farm(None, "slow", range(5, 12))),
    Fraud("cashier", "norm", _names("cashier", 1), OLD, _cashier(6, 1_500, range(14, 18))),
    Fraud("modest cashier", "norm", _names("modest", 1), OLD, _cashier(4, 900, range(20, 23))),
    Fraud("carousel", "ring", _names("carousel", 4), OLD, _carousel(300, 8)),
    Fraud("puppets", "ring", _names("puppets", 9), OLD, _puppets),
    Fraud("guesser", "attempts", _names("guesser", 1), OLD, _guesser),
    Fraud("guessing house", "attempts", _names("house", 12), OLD, _guessers),
)
