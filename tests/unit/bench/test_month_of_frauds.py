"""The detectors' figures: a seeded month of 5,000 members with twelve planted frauds."""

from bench.month.frauds import FRAUDS
from bench.month.people import MEMBERS
from bench.month.watching import watched_month


def test_frauds_are_found_and_the_honest_are_left_alone() -> None:
    month = watched_month(seed=1)

    assert (MEMBERS, len(FRAUDS), len({fraud.kind for fraud in FRAUDS})) == (5_000, 12, 6)
    found = [fraud.name for fraud in FRAUDS if month.found(fraud)]
    assert len(found) >= 11, found
    assert len(month.false) <= 10, [(one.kind, one.subject) for one in month.false]
    assert month.sightings > 80_000
