"""Every hour: overdue reviews, lost executions, late codes. Every few minutes: payments."""

from dataclasses import asdict
from typing import Any

from chalice.app import Chalice

from loyalty.bootstrap import mall
from loyalty.observability import logger
from redeem.sweep import Swept, sweep, sweep_payments

app = Chalice(app_name="redeem-sweep")


@app.lambda_function(name="sweep")
def run_sweep(event: dict[str, Any], context: Any) -> dict[str, int]:
    """Finish what is overdue and return how much that was."""
    only_payments = event.get("only") == "payments"
    swept = asdict(sweep_payments(mall(), Swept()) if only_payments else sweep(mall()))
    logger().info("swept", **swept)
    return swept


lambda_handler = run_sweep
