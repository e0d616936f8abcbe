"""Every hour, in UTC: what has come due on the programme's day, whatever its zone."""

from typing import Any

from chalice.app import Chalice

from expiry import packets, reminding, service
from loyalty.bootstrap import mall
from loyalty.observability import logger

app = Chalice(app_name="expiry-sweep")


@app.lambda_function(name="sweep")
def run_sweep(event: dict[str, Any], context: Any) -> dict[str, int]:
    """Queue what is due and return how much that was.

    `mall sweep` asks in the event's detail for the day's reminders `at_once`.
    """
    at_once = bool(event.get("detail", {}).get("at_once"))
    accounts, pending = service.queue_due(mall())
    reminded = reminding.queue_reminders(mall(), at_once=at_once)
    over = packets.queue_packets(mall())
    queued = {"accounts": accounts, "pending": pending, "reminded": reminded, "packets": over}
    logger().info("swept", extra=queued)
    return queued


lambda_handler = run_sweep
