"""A shop's customer was linked to a member: credit the orders that waited for it."""

from typing import Any

from chalice.app import Chalice

from earn import service
from loyalty.batches import take_each
from loyalty.bootstrap import mall
from loyalty.domain.events import read_event
from loyalty.observability import logger

app = Chalice(app_name="earn-events")


@app.lambda_function(name="events")
def take_events(event: dict[str, Any], context: Any) -> Any:
    """Take a batch of events; each one that fails comes back alone."""
    return take_each(event, context, take_link)


def take_link(record: dict[str, Any]) -> None:
    """Credit what waited for one customer."""
    link = read_event(record["body"]).facts
    source, customer_id = str(link["source_name"]), str(link["customer_id"])
    receipts = service.credit_waiting(mall(), source, customer_id)
    logger().info("linked", source=source, credited=len(receipts))


lambda_handler = take_events
