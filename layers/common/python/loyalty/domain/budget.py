"""A campaign's budget, kept in shards: so that no row of it is every order's.

Each shard may give its share; who finds one empty looks at all of them and gathers what is left.
Budgets only go down: what a refund claws back is not given a second time.
"""

from collections.abc import Mapping
from zlib import crc32

MOST_SHARDS = 16
SMALLEST_SHARE = 250
"""A smaller budget has fewer shards: a share of a few points would be empty at once."""


def shards_of(budget: int) -> int:
    """Return how many shards a budget has.

    >>> shards_of(100), shards_of(2_000), shards_of(10_000), shards_of(1_000_000)
    (1, 8, 16, 16)
    """
    return max(1, min(MOST_SHARDS, budget // SMALLEST_SHARE))


def share_of(budget: int, shard: int) -> int:
    """Return what one shard may give; all shares make the budget."""
    whole, rest = divmod(budget, shards_of(budget))
    return whole + (shard < rest)


def home_shard(budget: int, order: str) -> int:
    """Return the shard that an order asks first."""
    return crc32(order.encode()) % shards_of(budget)


def left_in(budget: int, drawn: Mapping[int, int]) -> int:
    """Return what all shards together have left."""
    return budget - sum(drawn.values())


def draws_for(points: int, budget: int, drawn: Mapping[int, int], first: int) -> dict[int, int]:
    """Return how much to take from which shards, beginning with one of them.

    One shard that has it all is taken alone, the next in turn: an order then touches one row.

    >>> draws_for(300, 1_000, {0: 0, 1: 200, 2: 0, 3: 250}, first=1)
    {2: 250, 0: 50}
    """
    count = shards_of(budget)
    turn = [(first + step) % count for step in range(count)]
    left = {shard: share_of(budget, shard) - drawn.get(shard, 0) for shard in turn}
    whole = next((shard for shard in turn if left[shard] >= points), None)
    if whole is not None:
        return {whole: points}
    plan: dict[int, int] = {}
    for shard in sorted(turn, key=lambda it: -left[it]):
        take = min(left[shard], points - sum(plan.values()))
        if take > 0:
            plan[shard] = take
    return plan
