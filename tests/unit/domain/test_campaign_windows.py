"""The time table of campaigns and birthdays: zones, summer time, midnight, leap days, new year."""

from datetime import UTC, date, datetime, time

import pytest

from loyalty.domain.birthday import celebrated
from loyalty.domain.campaign import Campaign, CampaignStatus
from loyalty.domain.campaign_window import Hours, Window
from support.campaigning import terms

SHANGHAI, BERLIN, NEW_YORK = "Asia/Shanghai", "Europe/Berlin", "America/New_York"
WEEKEND = (6, 7)
EVENING, NIGHT = Hours(time(18), time(22)), Hours(time(22), time(2))
NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))
SPRING, AUTUMN = (date(2026, 3, 29), date(2026, 3, 29)), (date(2026, 10, 25), date(2026, 10, 25))
NEW_YEAR = (date(2026, 12, 31), date(2027, 1, 1))


def window(days: tuple[date, date], hours: Hours | None = None, *weekdays: int) -> Window:
    return Window(*days, weekdays, hours)


@pytest.mark.parametrize(
    ("held", "zone", "instant", "holds"),
    [
        # the first and the last day are days of the zone
        (window(NOVEMBER), SHANGHAI, "2026-10-31T15:59:59Z", False),
        (window(NOVEMBER), SHANGHAI, "2026-10-31T16:00:00Z", True),
        (window(NOVEMBER), SHANGHAI, "2026-11-30T15:59:59Z", True),
        (window(NOVEMBER), SHANGHAI, "2026-11-30T16:00:00Z", False),
        (window(NOVEMBER), NEW_YORK, "2026-11-01T03:59:59Z", False),
        (window(NOVEMBER), NEW_YORK, "2026-11-01T04:00:00Z", True),
        (window(NOVEMBER), NEW_YORK, "2026-12-01T04:59:59Z", True),
        (window(NOVEMBER), NEW_YORK, "2026-12-01T05:00:00Z", False),
        # weekdays are the zone's
        (window(NOVEMBER, None, *WEEKEND), SHANGHAI, "2026-11-20T16:00:00Z", True),
        (window(NOVEMBER, None, *WEEKEND), SHANGHAI, "2026-11-22T16:00:00Z", False),
        # hours: the first counts, the last does not
        (window(NOVEMBER, EVENING), SHANGHAI, "2026-11-21T09:59:59Z", False),
        (window(NOVEMBER, EVENING), SHANGHAI, "2026-11-21T10:00:00Z", True),
        (window(NOVEMBER, EVENING), SHANGHAI, "2026-11-21T13:59:59Z", True),
        (window(NOVEMBER, EVENING), SHANGHAI, "2026-11-21T14:00:00Z", False),
        # hours past midnight belong to the day on which they begin
        (window(NOVEMBER, NIGHT, 5), SHANGHAI, "2026-11-20T14:00:00Z", True),
        (window(NOVEMBER, NIGHT, 5), SHANGHAI, "2026-11-20T17:59:59Z", True),
        (window(NOVEMBER, NIGHT, 5), SHANGHAI, "2026-11-20T18:00:00Z", False),
        (window(NOVEMBER, NIGHT, 5), SHANGHAI, "2026-11-19T17:00:00Z", False),
        (window(NOVEMBER, NIGHT), SHANGHAI, "2026-11-30T17:59:59Z", True),
        (window(NOVEMBER, NIGHT), SHANGHAI, "2026-10-31T17:00:00Z", False),
        # the year's end
        (window(NEW_YEAR, NIGHT), SHANGHAI, "2026-12-31T16:00:00Z", True),
        (window(NEW_YEAR, NIGHT, 4), SHANGHAI, "2026-12-31T17:00:00Z", True),
        (window(NEW_YEAR, NIGHT, 5), SHANGHAI, "2026-12-31T17:00:00Z", False),
        # spring: 02:30 does not exist, and the night is an hour shorter
        (window(SPRING, Hours(time(1), time(4))), BERLIN, "2026-03-29T00:00:00Z", True),
        (window(SPRING, Hours(time(1), time(4))), BERLIN, "2026-03-29T01:00:00Z", True),
        (window(SPRING, Hours(time(1), time(4))), BERLIN, "2026-03-29T02:00:00Z", False),
        (window(SPRING, Hours(time(2), time(3))), BERLIN, "2026-03-29T01:00:00Z", False),
        # autumn: 02:30 comes twice, and counts twice
        (window(AUTUMN, Hours(time(2), time(3))), BERLIN, "2026-10-25T00:30:00Z", True),
        (window(AUTUMN, Hours(time(2), time(3))), BERLIN, "2026-10-25T01:30:00Z", True),
        (window(AUTUMN, Hours(time(2), time(3))), BERLIN, "2026-10-25T02:00:00Z", False),
        # a day of 25 hours
        (window(AUTUMN), BERLIN, "2026-10-24T22:00:00Z", True),
        (window(AUTUMN), BERLIN, "2026-10-25T22:59:59Z", True),
        (window(AUTUMN), BERLIN, "2026-10-25T23:00:00Z", False),
    ],
)
def test_a_window_is_read_from_the_clock_on_the_wall(
    held: Window, zone: str, instant: str, holds: bool
) -> None:
    assert held.holds(datetime.fromisoformat(instant), zone) is holds


@pytest.mark.parametrize(
    ("held", "begins", "ends"),
    [
        (window(NOVEMBER), "2026-10-31T16:00:00Z", "2026-11-30T16:00:00Z"),
        (window(NOVEMBER, EVENING), "2026-11-01T10:00:00Z", "2026-11-30T14:00:00Z"),
        (window(NOVEMBER, NIGHT), "2026-11-01T14:00:00Z", "2026-11-30T18:00:00Z"),
        (window(NEW_YEAR, NIGHT), "2026-12-31T14:00:00Z", "2027-01-01T18:00:00Z"),
    ],
)
def test_a_window_begins_and_ends_with_its_hours(held: Window, begins: str, ends: str) -> None:
    assert held.begins_at(SHANGHAI) == datetime.fromisoformat(begins)
    assert held.ends_at(SHANGHAI) == datetime.fromisoformat(ends)


MADE = datetime(2026, 10, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("scheduled", "stopped", "now", "status"),
    [
        (None, None, "2026-11-10", CampaignStatus.DRAFT),
        ("2026-10-02", None, "2026-10-31T15:59:59", CampaignStatus.SCHEDULED),
        ("2026-10-02", None, "2026-10-31T16:00:00", CampaignStatus.RUNNING),
        ("2026-10-02", None, "2026-11-30T15:59:59", CampaignStatus.RUNNING),
        ("2026-10-02", None, "2026-11-30T16:00:00", CampaignStatus.ENDED),
        ("2026-11-10T08:00:00", None, "2026-11-10T08:00:09", CampaignStatus.SCHEDULED),
        ("2026-11-10T08:00:00", None, "2026-11-10T08:00:10", CampaignStatus.RUNNING),
        ("2026-10-02", "2026-11-10T08:00:00", "2026-11-10T08:00:00", CampaignStatus.ENDED),
    ],
)
def test_a_campaign_s_status_follows_from_the_time(
    scheduled: str | None, stopped: str | None, now: str, status: CampaignStatus
) -> None:
    def at(text: str | None) -> datetime | None:
        return datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None

    found = Campaign("cmp_1", terms(window=window(NOVEMBER)), MADE, at(scheduled), at(stopped))
    instant = at(now)
    assert instant
    assert found.status(instant, SHANGHAI) is status


@pytest.mark.parametrize(
    ("born", "year", "day"),
    [
        (date(2000, 2, 29), 2026, date(2026, 2, 28)),
        (date(2000, 2, 29), 2028, date(2028, 2, 29)),
        (date(2000, 2, 29), 2100, date(2100, 2, 28)),
        (date(1999, 2, 28), 2028, date(2028, 2, 28)),
        (date(1999, 12, 31), 2026, date(2026, 12, 31)),
    ],
)
def test_a_leap_day_s_birthday_is_celebrated_a_day_early_in_common_years(
    born: date, year: int, day: date
) -> None:
    assert celebrated(born, year) == day
