"""Every day: all accounts are to be compared with their entries."""

from typing import Any

from chalice.app import Chalice

from loyalty.bootstrap import mall
from loyalty.observability import logger
from member import reconciling

app = Chalice(app_name="member-reconciliation")


@app.lambda_function(name="reconcile")
def queue_parts(_event: dict[str, Any], _context: Any) -> dict[str, int]:
    """Queue all accounts, in parts."""
    parts = reconciling.queue_all(mall())
    logger().info("reconciliation queued", parts=parts)
    return {"parts": parts}


lambda_handler = queue_parts
