"""What the hourly sweep finds undone in the orders' rows, and finishes.

The row is the truth: a review that ran out of time, a decision that no execution carried out, an
execution that was lost, a pool that has codes again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from loyalty.domain.redemption import Redemption
from loyalty.ports import Mall
from redeem.fulfil import fulfil
from redeem.review import conclude

PATIENCE = timedelta(minutes=10)
"""How long an execution may take to start, or to carry a decision out, before we step in."""


@dataclass(slots=True)
class Swept:
    """How many redemptions each kind of help was given to."""

    concluded: int = 0
    restarted: int = 0
    fulfilled: int = 0


def sweep(mall: Mall) -> Swept:
    """Finish what is overdue. Harmless when run twice, or twice at once."""
    swept = Swept()
    for redemption in _queued(mall, "review"):
        _help_review(mall, redemption, swept)
    for redemption in _queued(mall, "fulfilment"):
        swept.fulfilled += fulfil(mall, redemption.redemption_id).status != redemption.status
    return swept


def _help_review(mall: Mall, redemption: Redemption, swept: Swept) -> None:
    review, now = redemption.review, mall.clock.now()
    if review is None:
        return
    decided_at = review.decisions[-1].decided_at if review.verdict else None
    if review.due_at <= now or (decided_at and now - decided_at > PATIENCE):
        conclude(mall, redemption.redemption_id)
        swept.concluded += 1
    elif review.task_token is None and now - redemption.created_at > PATIENCE:
        mall.review_flow.start(redemption)
        swept.restarted += 1


def _queued(mall: Mall, queue: str) -> Iterator[Redemption]:
    position = None
    while True:
        page = mall.redemptions.in_queue(queue, limit=100, position=position)
        yield from page.items
        position = page.next_position
        if position is None:
            return
