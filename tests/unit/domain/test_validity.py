"""How long points live: the table of days, in every zone that is hard on days."""

from datetime import UTC, date, datetime, timedelta

import pytest

from loyalty.domain.calendar import NEVER, local_day, month_end, week_end
from loyalty.domain.validity import Validity, ValidityKind

MONTHS, DAYS = ValidityKind.ROLLING_MONTHS, ValidityKind.FIXED_DAYS
YEAR, UNLIMITED = ValidityKind.NATURAL_YEAR, ValidityKind.UNLIMITED


@pytest.mark.parametrize(
    ("kind", "length", "earned_on", "last_day"),
    [
        (MONTHS, 12, date(2026, 11, 21), date(2027, 11, 30)),
        (MONTHS, 12, date(2026, 11, 1), date(2027, 11, 30)),
        (MONTHS, 12, date(2026, 11, 30), date(2027, 11, 30)),
        (MONTHS, 1, date(2026, 12, 31), date(2027, 1, 31)),
        (MONTHS, 1, date(2027, 1, 31), date(2027, 2, 28)),
        (MONTHS, 1, date(2028, 1, 31), date(2028, 2, 29)),
        (MONTHS, 12, date(2028, 2, 29), date(2029, 2, 28)),
        (MONTHS, 48, date(2024, 2, 29), date(2028, 2, 29)),
        (MONTHS, 6, date(2026, 8, 31), date(2027, 2, 28)),
        (MONTHS, 1, date(2026, 5, 31), date(2026, 6, 30)),
        (MONTHS, 0, date(2026, 11, 21), date(2026, 11, 30)),
        (MONTHS, 13, date(2026, 12, 1), date(2028, 1, 31)),
        (DAYS, 30, date(2026, 11, 21), date(2026, 12, 27)),
        (DAYS, 1, date(2026, 11, 21), date(2026, 11, 22)),
        (DAYS, 2, date(2026, 11, 21), date(2026, 11, 29)),
        (DAYS, 10, date(2026, 12, 28), date(2027, 1, 10)),
        (DAYS, 1, date(2028, 2, 28), date(2028, 3, 5)),
        (DAYS, 364, date(2026, 11, 21), date(2027, 11, 21)),
        (DAYS, 365, date(2026, 11, 21), date(2027, 11, 30)),
        (DAYS, 365, date(2027, 2, 28), date(2028, 2, 29)),
        (DAYS, 730, date(2026, 12, 31), date(2028, 12, 31)),
        (YEAR, 0, date(2026, 1, 1), date(2026, 12, 31)),
        (YEAR, 0, date(2026, 12, 31), date(2026, 12, 31)),
        (YEAR, 1, date(2026, 11, 21), date(2027, 12, 31)),
        (YEAR, 1, date(2028, 2, 29), date(2029, 12, 31)),
        (UNLIMITED, 0, date(2026, 11, 21), date(2099, 12, 31)),
    ],
)
def test_the_last_valid_day(
    kind: ValidityKind, length: int, earned_on: date, last_day: date
) -> None:
    assert Validity(kind, length).expires_on(earned_on) == last_day


@pytest.mark.parametrize(
    ("instant", "zone", "day"),
    [
        # Shanghai's day begins at 16:00 UTC of the day before.
        ("2026-12-31T15:59:59", "Asia/Shanghai", date(2026, 12, 31)),
        ("2026-12-31T16:00:00", "Asia/Shanghai", date(2027, 1, 1)),
        # New York: 4 hours behind in summer, 5 in winter; clocks change on 2026-11-01.
        ("2026-11-01T03:59:59", "America/New_York", date(2026, 10, 31)),
        ("2026-11-01T04:00:00", "America/New_York", date(2026, 11, 1)),
        ("2026-11-02T04:59:59", "America/New_York", date(2026, 11, 1)),
        ("2026-11-02T05:00:00", "America/New_York", date(2026, 11, 2)),
        ("2027-03-14T04:59:59", "America/New_York", date(2027, 3, 13)),
        ("2027-03-15T03:59:59", "America/New_York", date(2027, 3, 14)),
        # Apia: 13 hours ahead all year since 2021; it left out 2011-12-30 altogether.
        ("2026-11-21T10:59:59", "Pacific/Apia", date(2026, 11, 21)),
        ("2026-11-21T11:00:00", "Pacific/Apia", date(2026, 11, 22)),
        ("2011-12-30T09:59:59", "Pacific/Apia", date(2011, 12, 29)),
        ("2011-12-30T10:00:00", "Pacific/Apia", date(2011, 12, 31)),
    ],
)
def test_the_programme_s_day(instant: str, zone: str, day: date) -> None:
    assert local_day(datetime.fromisoformat(instant).replace(tzinfo=UTC), zone) == day


def test_a_payment_at_new_year_belongs_to_the_programme_s_year_not_to_utc_s() -> None:
    paid_at = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)
    natural_year = Validity(ValidityKind.NATURAL_YEAR, 0)
    assert natural_year.expires_on(local_day(paid_at, "Asia/Shanghai")) == date(2027, 12, 31)
    assert natural_year.expires_on(local_day(paid_at, "America/New_York")) == date(2026, 12, 31)


@pytest.mark.parametrize(("kind", "length"), [(MONTHS, 12), (MONTHS, 58), (DAYS, 364), (YEAR, 2)])
def test_points_earned_every_day_for_years_make_at_most_sixty_lots(
    kind: ValidityKind, length: int
) -> None:
    today = date(2032, 3, 1)
    validity = Validity(kind, length)
    earned = (today - timedelta(days=n) for n in range(2_200))
    assert len({lot for day in earned if (lot := validity.expires_on(day)) >= today}) <= 60


def test_no_validity_is_shorter_than_it_says() -> None:
    for offset in range(400):
        day = date(2027, 6, 1) + timedelta(days=offset)
        assert Validity(DAYS, 100).expires_on(day) >= day + timedelta(days=100)
        assert Validity(DAYS, 400).expires_on(day) >= day + timedelta(days=400)


def test_points_that_never_expire_carry_a_day_that_storage_can_write() -> None:
    assert f"{NEVER:%y%m%d}" == "991231"


def test_months_and_weeks_end_where_people_say_they_do() -> None:
    assert month_end(2026, 12) == date(2026, 12, 31)
    assert month_end(2026, 24) == date(2027, 12, 31)
    assert week_end(date(2026, 11, 16)) == week_end(date(2026, 11, 22)) == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("kind", "length"),
    [(MONTHS, 0), (MONTHS, 12), (MONTHS, 59), (YEAR, 0), (YEAR, 3), (UNLIMITED, 0)]
    + [(DAYS, length) for length in (0, 6, 90, 364, 365, 1794)],
)
def test_points_of_every_day_fill_no_more_lots_than_a_validity_says(
    kind: ValidityKind, length: int
) -> None:
    validity = Validity(kind, length)
    lots: set[date] = set()
    most = 0
    for day in (date(2022, 1, 1) + timedelta(days=n) for n in range(3000)):
        lots = {lot for lot in lots if lot >= day} | {validity.expires_on(day)}
        most = max(most, len(lots))
    assert most <= validity.most_lots <= most + 1
