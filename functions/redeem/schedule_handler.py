"""Every hour: reviews that are overdue, executions that were lost, codes that came late."""

from dataclasses import asdict
from typing import Any

from chalice.app import Chalice

from loyalty.bootstrap import mall
from loyalty.observability import logger
from redeem.sweep import sweep

app = Chalice(app_name="redeem-sweep")


@app.lambda_function(name="sweep")
def run_sweep(event: dict[str, Any], context: Any) -> dict[str, int]:
    """Finish what is overdue and return how much that was."""
    swept = asdict(sweep(mall()))
    logger().info("swept", **swept)
    return swept


lambda_handler = run_sweep
