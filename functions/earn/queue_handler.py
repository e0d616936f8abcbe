"""Woken by what happened to members: a customer was linked, an order's points came or went."""

from typing import Any

from chalice.app import Chalice

from earn import service
from earn.activities.purchases import settle_order
from loyalty.batches import take_each
from loyalty.bootstrap import mall
from loyalty.domain.events import EventName, read_event
from loyalty.observability import logger

app = Chalice(app_name="earn-events")


@app.lambda_function(name="events")
def take_events(event: dict[str, Any], context: Any) -> Any:
    """Take a batch of events; each one that fails comes back alone."""
    return take_each(event, context, take_event)


def take_event(record: dict[str, Any]) -> None:
    """Credit what waited for a customer, or bring in line what follows from an order."""
    event = read_event(record["body"])
    if event.name is not EventName.CUSTOMER_LINKED:
        settled = settle_order(mall(), event)
        logger().info("order", event_id=event.event_id, settled=settled)
        return
    source, customer_id = str(event.facts["source_name"]), str(event.facts["customer_id"])
    receipts = service.credit_waiting(mall(), source, customer_id)
    logger().info("linked", source=source, credited=len(receipts))


lambda_handler = take_events
