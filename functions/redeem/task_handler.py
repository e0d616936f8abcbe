"""Tasks of the review's state machine. Outcomes are data; only the unexpected raises."""

from typing import Any

from chalice.app import Chalice

from loyalty.bootstrap import mall
from loyalty.observability import logger
from redeem import review

app = Chalice(app_name="redeem-tasks")


@app.lambda_function(name="task")
def run_task(event: dict[str, Any], context: Any) -> dict[str, str]:
    """Run one task of one redemption and return its outcome."""
    outcome = TASKS[event["task"]](event)
    logger().info("task", task=event["task"], redemption=event["redemption_id"], outcome=outcome)
    return {"outcome": outcome}


def _apply_rules(event: dict[str, Any]) -> str:
    return review.apply_rules(mall(), event["redemption_id"])


def _await_person(event: dict[str, Any]) -> str:
    review.await_person(mall(), event["redemption_id"], event["token"])
    return "waiting"


def _conclude(event: dict[str, Any]) -> str:
    return review.conclude(mall(), event["redemption_id"]).status.value


TASKS = {
    "apply_rules": _apply_rules,
    "await_person": _await_person,
    "conclude": _conclude,
}

lambda_handler = run_task
