"""Woken by the queue of events that members hear of; a record that fails comes back alone."""

from typing import Any

from chalice.app import Chalice

from loyalty.batches import take_each
from loyalty.bootstrap import mall
from loyalty.domain.events import read_event
from loyalty.observability import logger
from notify.service import tell_member

app = Chalice(app_name="notify")


@app.lambda_function(name="queue")
def lambda_handler(event: dict[str, Any], context: Any) -> Any:
    """Tell members of one batch of events."""
    return take_each(event, context, tell)


def tell(record: dict[str, Any]) -> None:
    """Tell a member of one event."""
    event = read_event(record["body"])
    told = tell_member(mall(), event)
    logger().info("told", event_id=event.event_id, inbox=told.inbox, mail=told.mail)
