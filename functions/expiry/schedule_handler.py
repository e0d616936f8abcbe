"""Every hour, in UTC: what has come due on the programme's day, whatever its zone."""

from typing import Any

from chalice.app import Chalice

from expiry import service
from loyalty.bootstrap import mall
from loyalty.observability import logger

app = Chalice(app_name="expiry-sweep")


@app.lambda_function(name="sweep")
def run_sweep(event: dict[str, Any], context: Any) -> dict[str, int]:
    """Queue what is due and return how much that was."""
    accounts, pending = service.queue_due(mall())
    logger().info("swept", accounts=accounts, pending=pending)
    return {"accounts": accounts, "pending": pending}


lambda_handler = run_sweep
