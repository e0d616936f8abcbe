"""Shares make the budget, and whatever is left in them can be gathered."""

from hypothesis import given
from hypothesis import strategies as st

from loyalty.domain.budget import draws_for, home_shard, left_in, shards_of, share_of

budgets = st.integers(1, 50_000)


@given(budget=budgets, order=st.text(min_size=1))
def test_shares_make_the_budget(budget: int, order: str) -> None:
    assert sum(share_of(budget, shard) for shard in range(shards_of(budget))) == budget
    assert 0 <= home_shard(budget, order) < shards_of(budget)


@given(budget=budgets, asked=st.lists(st.integers(1, 2_000), max_size=80), first=st.integers(0, 31))
def test_draws_never_pass_a_share_and_the_last_one_gets_what_is_left(
    budget: int, asked: list[int], first: int
) -> None:
    drawn: dict[int, int] = {}
    for points in asked:
        left = left_in(budget, drawn)
        draws = draws_for(points, budget, drawn, first)
        assert sum(draws.values()) == min(points, left)
        for shard, taken in draws.items():
            assert taken > 0
            drawn[shard] = drawn.get(shard, 0) + taken
            assert drawn[shard] <= share_of(budget, shard)
    assert left_in(budget, drawn) == max(budget - sum(asked), 0)
