"""Use case of the sweep: hand over whose tier is to be looked at."""

from itertools import islice

from loyalty.ports import Mall

BATCH = 100
"""Members handed over at a time: what an interrupted sweep has to find again at most."""


def queue_due(mall: Mall) -> int:
    """Hand over every member whose window ends, is about to end, or whose grace is over.

    Its cost grows with who is due, not with members. Run twice it hands some over twice, which
    is harmless; interrupted, the next run finds the rest. Return how many there were.
    """
    programme = mall.programmes.live()
    if programme.tiers is None:
        return 0
    members = 0
    due = iter(mall.tiers.due(programme.today(mall.clock.now())))
    while batch := list(islice(due, BATCH)):
        mall.tier_queue.add(batch)
        members += len(batch)
    return members
