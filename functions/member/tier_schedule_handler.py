"""Every hour, in UTC: whose tier is to be looked at on the programme's day, whatever its zone."""

from typing import Any

from chalice.app import Chalice

from loyalty.bootstrap import mall
from loyalty.observability import logger
from member.tiers import sweeping

app = Chalice(app_name="member-tiers")


@app.lambda_function(name="sweep")
def run_sweep(_event: dict[str, Any], _context: Any) -> dict[str, int]:
    """Queue who is due, and return how many."""
    members = sweeping.queue_due(mall())
    logger().info("tiers swept", members=members)
    return {"members": members}


lambda_handler = run_sweep
