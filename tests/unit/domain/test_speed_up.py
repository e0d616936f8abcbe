from datetime import UTC, datetime, timedelta

from loyalty.domain.tier import SpeedUp

ROSE_AT = datetime(2026, 11, 21, 4, 0, 7, 900_000, tzinfo=UTC)


def test_an_order_of_the_very_second_of_a_rise_comes_after_it() -> None:
    speed_up = SpeedUp(days=30)
    assert speed_up.holds(ROSE_AT, ROSE_AT.replace(microsecond=0), "Asia/Shanghai")
    assert not speed_up.holds(ROSE_AT, ROSE_AT - timedelta(seconds=1), "Asia/Shanghai")
