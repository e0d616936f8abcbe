"""Compares some accounts with their entries, and queues what is left of its part."""

import json
from typing import Any

from aws_lambda_powertools.metrics import MetricUnit
from chalice.app import Chalice

from loyalty.batches import take_each
from loyalty.bootstrap import mall
from loyalty.observability import logger, metrics
from loyalty.ports import Stretch
from member import reconciling

app = Chalice(app_name="member-reconciliation-parts")


@app.lambda_function(name="compare")
def take_batch(event: dict[str, Any], context: Any) -> Any:
    """Take a batch; each message that fails comes back alone."""
    return take_each(event, context, take_message)


def take_message(record: dict[str, Any]) -> None:
    """Compare some accounts; every difference is a line of the log, and counted."""
    stretch = Stretch(**json.loads(record["body"]))
    found, rest = reconciling.reconcile_stretch(mall(), stretch)
    differing = [account for account in found if account.differences]
    for account in differing:
        lines = [f"{it.what}: {it.stored}, not {it.rebuilt}" for it in account.differences]
        logger().error("account differs", member=account.member_id, differences=lines)
    metrics().add_metric("AccountsReconciled", MetricUnit.Count, len(found))
    metrics().add_metric("AccountsThatDiffer", MetricUnit.Count, len(differing))
    metrics().flush_metrics()
    if rest:
        mall().reconcile_queue.add([rest])
    logger().info("reconciled", segment=stretch.segment, accounts=len(found), differ=len(differing))


lambda_handler = take_batch
