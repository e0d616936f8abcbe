from datetime import UTC, date, datetime, timedelta
from random import Random
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty.domain.packet import MOST_SHARES, PacketStatus, RedPacket, split

NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)
TODAY, SOON, LATER = date(2026, 11, 21), date(2026, 12, 31), date(2027, 11, 30)
TOMORROW = TODAY + timedelta(days=1)

sizes = st.integers(1, MOST_SHARES).flatmap(
    lambda shares: st.tuples(st.integers(shares, 1_000_000), st.just(shares))
)


def seeded(seed: int) -> Random:
    """The same lots again."""
    return Random(seed)  # noqa: S311 # a test draws the same each time


def packet(*shares: int, **lots: int) -> RedPacket:
    by_day = {
        {"today": TODAY, "soon": SOON, "later": LATER}[name]: points
        for name, points in lots.items()
    }
    over = NOW + timedelta(hours=24)
    return RedPacket("rp_1", sum(shares), shares, NOW, over, "d", giver="lin", lots=by_day)


@given(size=sizes, seed=st.integers())
def test_shares_are_exact_and_nobody_gets_nothing(size: tuple[int, int], seed: int) -> None:
    points, shares = size
    drawn = split(points, shares, seeded(seed))
    assert sum(drawn) == points
    assert len(drawn) == shares
    assert min(drawn) >= 1


@pytest.mark.parametrize(("points", "shares"), [(100, 5), (7, 3), (1_000, 20)])
def test_every_place_in_the_row_may_expect_the_same(points: int, shares: int) -> None:
    chance = seeded(20261121)
    rows = [split(points, shares, chance) for _ in range(6_000)]
    for place in range(shares):
        expected = points / shares
        assert abs(mean(row[place] for row in rows) - expected) < expected * 0.05


def test_a_draw_is_not_the_same_each_time() -> None:
    chance = seeded(7)
    assert len({split(100, 5, chance) for _ in range(50)}) > 45


def test_points_that_expire_first_are_claimed_first_and_keep_their_day() -> None:
    after, lots = packet(6, 4, soon=5, later=5).claimed_by_next(NOW, TODAY)
    assert lots == {SOON: 5, LATER: 1}
    assert (after.lots, after.claimed, after.claimed_points) == ({LATER: 4}, 1, 6)
    last, rest = after.claimed_by_next(NOW, TODAY)
    assert (rest, dict(last.lots)) == ({LATER: 4}, {})
    assert last.status_at(NOW) is PacketStatus.ALL_CLAIMED


def test_points_whose_day_has_passed_are_claimed_last() -> None:
    after, lots = packet(6, 4, today=5, later=5).claimed_by_next(NOW, TOMORROW)
    assert lots == {LATER: 5, TODAY: 1}
    assert after.lots == {TODAY: 4}


def test_a_packet_is_over_when_its_time_is_whether_it_was_swept_or_not() -> None:
    made = packet(6, 4, later=10)
    assert made.status_at(made.expires_at - timedelta(seconds=1)) is PacketStatus.OPEN
    assert made.status_at(made.expires_at) is PacketStatus.EXPIRED
    closed = made.closed(made.expires_at)
    assert (closed.status_at(NOW), closed.returned) == (PacketStatus.RETURNED, 10)


@given(size=sizes, lots=st.integers(1, 20), seed=st.integers(), day=st.sampled_from([TODAY, SOON]))
def test_claimed_and_left_are_always_the_whole(
    size: tuple[int, int], lots: int, seed: int, day: date
) -> None:
    points, shares = size
    days = [TODAY + timedelta(days=17 * n) for n in range(min(lots, points))]
    by_day = {one: points // len(days) for one in days}
    by_day[days[0]] += points % len(days)
    over = NOW + timedelta(hours=1)
    made = RedPacket(
        "rp_1", points, split(points, shares, seeded(seed)), NOW, over, "d", lots=by_day
    )
    left, claimed = made, dict.fromkeys(days, 0)
    while left.closed_at is None:
        number = left.claimed
        left, taken = left.claimed_by_next(NOW, day)
        assert sum(taken.values()) == made.shares[number]
        for one, n in taken.items():
            claimed[one] += n
    assert claimed == by_day
