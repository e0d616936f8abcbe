"""Writes to redemptions and the counters of their limits, as the fakes make them true."""

from collections.abc import Iterator

from loyalty.adapters.memory.rows import Change, Rows, require_json
from loyalty.domain.redemption import Redemption
from loyalty.domain.writes import ChangeRedemption, CountLimit, OpenRedemption

OrderWrite = OpenRedemption | ChangeRedemption | CountLimit


def order_changes(rows: Rows, write: OrderWrite) -> Iterator[Change]:
    """Yield what a write makes of the orders' rows."""
    match write:
        case OpenRedemption(redemption) | ChangeRedemption(redemption):
            require_json(redemption.review.facts if redemption.review else {})
            key = ("redemption", redemption.redemption_id)
            found = rows.get(Redemption, *key)
            if isinstance(write, OpenRedemption):
                holds = found is None
            else:
                holds = found is not None and found.version == redemption.version - 1
            yield Change(key, found, holds, redemption)
        case CountLimit(member_id, item_id, period, pieces, limit):
            counter = ("limit", member_id, item_id, period)
            counted = rows.get(int, *counter)
            total = (counted or 0) + pieces
            yield Change(counter, counted, limit is None or total <= limit, total)
