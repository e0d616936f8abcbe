"""Compares all accounts of the stack with their entries, some parts at a time."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from loyalty.ports import Mall, Stretch
from member.reconciling import Reconciliation, every_stretch, reconcile_stretch

AT_ONCE = 4

Seen = Callable[[Sequence[Reconciliation]], None]


def reconcile_all(mall: Mall, seen: Seen) -> None:
    """Compare every account, telling of each page as it is done."""

    def walk(part: Stretch) -> None:
        rest: Stretch | None = part
        while rest:
            found, rest = reconcile_stretch(mall, rest)
            seen(found)

    with ThreadPoolExecutor(max_workers=AT_ONCE) as some_at_a_time:
        list(some_at_a_time.map(walk, every_stretch()))
