"""Events of redemptions: reviews start, what is confirmed is handed over, money goes back."""

from typing import Any

from chalice.app import Chalice

from loyalty.batches import take_each
from loyalty.bootstrap import mall
from loyalty.domain.events import EventName, read_event
from loyalty.observability import logger
from redeem.booking import existing
from redeem.fulfil import fulfil
from redeem.payments.refunding import refund

app = Chalice(app_name="redeem-events")


@app.lambda_function(name="events")
def take_events(event: dict[str, Any], context: Any) -> Any:
    """Take a batch of events; each one that fails comes back alone."""
    return take_each(event, context, take_event)


def take_event(record: dict[str, Any]) -> None:
    """Do what one event of a redemption asks for."""
    event = read_event(record["body"])
    redemption_id = str(event.facts["redemption_id"])
    ACTS[event.name](redemption_id)
    logger().info("event", event=event.name, redemption=redemption_id)


def _start_review(redemption_id: str) -> None:
    mall().review_flow.start(existing(mall(), redemption_id))


def _fulfil(redemption_id: str) -> None:
    fulfil(mall(), redemption_id)


def _refund(redemption_id: str) -> None:
    refund(mall(), redemption_id)


ACTS = {
    EventName.REDEMPTION_SUBMITTED: _start_review,
    EventName.REDEMPTION_CONFIRMED: _fulfil,
    EventName.REDEMPTION_REFUND_DUE: _refund,
}

lambda_handler = take_events
