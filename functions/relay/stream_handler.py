"""Woken by the tables' streams. It reports no partial failures: a batch is told, or comes again.

It is the one function that sees rows as the store writes them, so it asks the adapter to read them.
"""

from typing import Any

from aws_lambda_powertools.metrics import MetricUnit
from chalice.app import Chalice

from loyalty.adapters.dynamodb.changes import change_of
from loyalty.bootstrap import mall
from loyalty.observability import logger, metrics
from relay.service import relay_changes

app = Chalice(app_name="relay")


@app.lambda_function(name="stream")
def lambda_handler(event: dict[str, Any], _context: Any) -> None:
    """Relay one batch of changes."""
    relayed = relay_changes(mall(), event["Records"], change_of)
    for lost in relayed.not_understood:
        logger().error("record not understood", event_id=lost.event_id, facts=lost.facts)
    if relayed.not_understood:
        lost_count = len(relayed.not_understood)
        metrics().add_metric("RecordsNotUnderstood", MetricUnit.Count, lost_count)
        metrics().flush_metrics()
    logger().info("relayed", records=len(event["Records"]), events=relayed.published)
