"""Settles the accounts, and matures the pending rows, that the sweep has queued."""

import json
from typing import Any

from chalice.app import Chalice

from expiry import service
from loyalty.batches import take_each
from loyalty.bootstrap import mall
from loyalty.observability import logger

app = Chalice(app_name="expiry-settlement")


@app.lambda_function(name="settle")
def take_batch(event: dict[str, Any], context: Any) -> Any:
    """Take a batch; each message that fails comes back alone."""
    return take_each(event, context, take_message)


def take_message(record: dict[str, Any]) -> None:
    """Settle one account, or mature one pending row."""
    for task, subject in json.loads(record["body"]).items():
        points_or_lots = TASKS[task](subject)
        logger().info("settled", task=task, subject=subject, changed=points_or_lots)


def _settle(member_id: str) -> int:
    return service.settle(mall(), member_id)


def _mature(row: list[str]) -> int:
    member_id, source, order_id = row
    return service.mature(mall(), member_id, source, order_id)


TASKS = {"settle": _settle, "mature": _mature}

lambda_handler = take_batch
