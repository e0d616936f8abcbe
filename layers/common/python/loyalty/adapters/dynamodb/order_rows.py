"""Redemptions, and the counters of limits, as rows."""

from loyalty.adapters.dynamodb.items import (
    Attributes,
    Codec,
    Item,
    instant,
    number,
    read_number,
    read_text,
    text,
)
from loyalty.adapters.dynamodb.keys.accounts import redemption_key
from loyalty.adapters.queues import place_in_queue
from loyalty.domain.redemption import Redemption

_REDEMPTIONS = Codec(
    Redemption,
    omitted=("redemption_id",),
    short={"request_digest": "digest", "programme_version": "rules"},
)


def redemption_item(redemption: Redemption) -> Attributes:
    """Return a redemption's row; it stands in the queues' index only while it waits in one."""
    attributes = {
        **redemption_key(redemption.redemption_id),
        **_REDEMPTIONS.attributes(redemption),
        # Its version guards the row, so it is there from the first one on.
        "version": number(redemption.version),
    }
    if place := place_in_queue(redemption):
        attributes |= {"queue": text(place.queue), "due_at": instant(place.due_at)}
    return attributes


def redemption_of(item: Item) -> Redemption:
    """Return the redemption that a row holds."""
    redemption_id = read_text(item, "pk").removeprefix("redemption#")
    return _REDEMPTIONS.value(item, redemption_id=redemption_id)


def pieces_of(item: Item) -> int:
    """Return the pieces that a limit's row has counted."""
    return read_number(item, "pieces")
