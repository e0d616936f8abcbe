"""Each detector on its own: just below its limit it is silent, just above it speaks."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import pytest

from loyalty.domain.anomaly.finding import AnomalyKind, Finding, case_of
from loyalty.domain.anomaly.rules import Action, AnomalyRules, VelocityLimits
from loyalty.domain.anomaly.sighting import Seen, Sighting
from loyalty.domain.anomaly.trace import Trace
from loyalty.domain.anomaly.watch import subjects_of, watch
from loyalty.domain.origin import Origin

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
TODAY = NOON.date()
LONG_AGO = date(2026, 1, 1)
RULES = AnomalyRules()


class Watcher:
    """Remembers traces, and hands over what was found."""

    def __init__(self, rules: AnomalyRules = RULES, joined_on: date | None = LONG_AGO) -> None:
        self.rules, self.joined_on = rules, joined_on
        self.traces: dict[str, Trace] = {}
        self._number = 0

    def read(self, subject: str) -> Trace:
        return self.traces.get(subject) or Trace(subject, joined_on=self.joined_on)

    def sees(self, sightings: Iterable[Sighting]) -> list[Finding]:
        found: list[Finding] = []
        for sighting in sightings:
            for subject in subjects_of(sighting):
                before = self.read(subject)
                seen = watch(before, sighting, sighting.at.date(), self.rules, self.read)
                self.traces[subject] = seen.trace
                found += seen.findings
        return found


def act(
    number: int,
    seen: Seen = Seen.EARNED,
    member: str = "lin",
    rule: str = "task",
    *,
    points: int = 10,
    minutes: float = 0,
    origin: Origin | None = None,
    other: str | None = None,
) -> Sighting:
    at = NOON + timedelta(minutes=minutes)
    where = origin or Origin()
    return Sighting(f"e{number}-{member}-{rule}", seen, member, at, rule, points, where, other)


def kinds(found: list[Finding]) -> set[AnomalyKind]:
    return {one.kind for one in found}


@pytest.mark.parametrize(("times", "is_found"), [(12, False), (13, True)])
def test_too_many_in_one_hour(times: int, is_found: bool) -> None:
    found = Watcher().sees(act(n, minutes=n) for n in range(times))
    assert (kinds(found) == {AnomalyKind.VELOCITY}) is is_found


def test_hours_and_rules_are_counted_apart() -> None:
    hours = [act(n, minutes=60 * (n // 6)) for n in range(24)]
    others = [act(n, rule="check-in", minutes=60 * (n // 6)) for n in range(24)]
    assert Watcher().sees([*hours, *others]) == []


def test_too_many_in_one_day() -> None:
    found = Watcher().sees(act(n, minutes=15 * n) for n in range(31))
    assert [one.facts for one in found] == [
        {"rule": "task", "times": 31, "limit": 30, "within": "day"}
    ]


def test_what_was_counted_is_not_counted_again() -> None:
    assert Watcher().sees([act(n % 6) for n in range(60)]) == []


def test_many_members_on_one_device() -> None:
    phone = Origin(device="phone")
    watcher = Watcher()
    assert watcher.sees(act(1, member=f"m{n}", origin=phone) for n in range(4)) == []
    (found,) = watcher.sees([act(1, member="m4", origin=phone)])
    assert (found.kind, set(found.members)) == (AnomalyKind.DEVICE, {f"m{n}" for n in range(5)})


def test_a_device_that_was_handed_on_is_no_farm() -> None:
    phone = Origin(device="phone")
    weekly = [act(n, member=f"m{n}", origin=phone, minutes=n * 60 * 24 * 3) for n in range(9)]
    assert Watcher().sees(weekly) == []


def test_newcomers_at_one_address_who_never_buy() -> None:
    mill = Origin(ip="mill")
    crowd = [act(1, member=f"m{n}", origin=mill) for n in range(11)]
    assert kinds(Watcher(joined_on=TODAY).sees(crowd)) == {AnomalyKind.ADDRESS}
    assert Watcher(joined_on=LONG_AGO).sees(crowd) == [], "an office"
    assert Watcher(joined_on=None).sees(crowd) == [], "nobody knows since when"


def test_newcomers_who_buy_are_customers() -> None:
    mill, watcher = Origin(ip="mill"), Watcher(joined_on=TODAY)
    bought = [act(0, member=f"m{n}", rule="purchase") for n in range(11)]
    assert watcher.sees([*bought, *(act(1, member=f"m{n}", origin=mill) for n in range(11))]) == []


def test_a_few_newcomers_among_many_regulars_are_a_telephone_network() -> None:
    network, watcher = Origin(ip="network"), Watcher()
    regulars = [act(1, member=f"r{n}", origin=network) for n in range(12)]
    assert watcher.sees(regulars) == []
    watcher.joined_on = TODAY
    assert watcher.sees(act(1, member=f"m{n}", origin=network) for n in range(12)) == []


def days_of(points: int, days: int = 6) -> list[Sighting]:
    """A past of one purchase a day."""
    return [
        act(900 + n, rule="purchase", points=points, minutes=-60 * 24 * (days - n))
        for n in range(days)
    ]


@pytest.mark.parametrize(
    ("today", "is_found"),
    [
        ([1_500, 1_500, 1_500], True),
        ([1_500, 1_500], False),  # two are too few
        ([9_000, 40, 30], False),  # one washing machine
        ([700, 700, 700], False),  # not enough to matter
    ],
)
def test_a_day_far_above_what_is_usual(today: list[int], is_found: bool) -> None:
    acts = [act(n, rule="purchase", points=points) for n, points in enumerate(today)]
    assert (kinds(Watcher().sees([*days_of(100), *acts])) == {AnomalyKind.NORM}) is is_found


def test_who_always_earns_much_may_earn_much() -> None:
    acts = [act(n, rule="purchase", points=1_500) for n in range(3)]
    assert Watcher().sees([*days_of(2_000), *acts]) == []


def test_who_has_no_usual_yet_may_earn_a_good_deal() -> None:
    assert Watcher().sees(act(n, rule="purchase", points=7_000) for n in range(3)) == []
    found = Watcher().sees(act(n, rule="purchase", points=8_000) for n in range(3))
    assert kinds(found) == {AnomalyKind.NORM}


def gifts(names: str, times: int, points: int = 300) -> list[Sighting]:
    ways = zip(names, names[1:] + names[0], strict=True)
    return [
        act(n, Seen.GAVE, a, "red-packet", points=points, other=b)
        for a, b in ways
        for n in range(times)
    ]


def test_points_that_go_round() -> None:
    found = Watcher().sees(gifts("abcd", 4))
    assert kinds(found) == {AnomalyKind.RING}
    assert found[-1].subject == "ring:a+b+c+d"


@pytest.mark.parametrize(
    "given",
    [
        gifts("ab", 9),  # a couple
        gifts("abcd", 3),  # friends at a festival
        gifts("abcd", 9, points=20),  # friends who play
        gifts("abcdefg", 9),  # a class: larger than what is followed
    ],
)
def test_friends_are_no_ring(given: list[Sighting]) -> None:
    assert Watcher().sees(given) == []


@pytest.mark.parametrize(("friends", "is_found"), [(3, False), (4, True)])
def test_friends_who_all_live_in_one_telephone(friends: int, is_found: bool) -> None:
    phone = Origin(device="phone")
    acts = []
    for n in range(friends):
        acts.append(act(1, member=f"f{n}", origin=phone))
        acts.append(act(n, Seen.BROUGHT, rule="referral", other=f"f{n}"))
    assert (AnomalyKind.RING in kinds(Watcher().sees(acts))) is is_found


@pytest.mark.parametrize(("times", "is_found"), [(8, False), (9, True)])
def test_codes_tried_in_vain(times: int, is_found: bool) -> None:
    found = Watcher().sees(act(n, Seen.FAILED, rule="coupon", minutes=n) for n in range(times))
    assert (kinds(found) == {AnomalyKind.ATTEMPTS}) is is_found


def test_many_who_try_a_few_each_at_one_address() -> None:
    house = Origin(ip="house")
    acts = [
        act(n, Seen.FAILED, f"m{m}", "coupon", minutes=n, origin=house)
        for m in range(9)
        for n in range(3)
    ]
    found = Watcher().sees(acts)
    assert kinds(found) == {AnomalyKind.ATTEMPTS}
    assert found[0].subject == "ip:house"


def test_a_subject_has_one_case_a_week_and_kind() -> None:
    rules = AnomalyRules(velocity=VelocityLimits(per_hour=0, action=Action.FREEZE))
    (found,) = Watcher(rules).sees([act(1)])
    case = case_of(found, TODAY, NOON, "e1")
    assert case.is_frozen and case.members == ("lin",)
    assert found.anomaly_id(TODAY) == found.anomaly_id(TODAY + timedelta(days=1))
    assert found.anomaly_id(TODAY) != found.anomaly_id(TODAY + timedelta(days=7))


def test_traces_stay_small() -> None:
    watcher, place = Watcher(), Origin(ip="network", device="kiosk")
    watcher.sees(act(n, member=f"m{n}", origin=place) for n in range(300))
    watcher.sees(act(n, rule=f"rule-{n}", minutes=n * 60) for n in range(100))
    assert len(watcher.traces["ip:network"].companions) == 60
    assert len(watcher.traces["ip:network"].seen) == 24
    assert len(watcher.traces["member:lin"].counts) <= 50
