"""Woken by the queue of events that watchers see; a record that fails comes back alone."""

from typing import Any

from aws_lambda_powertools.metrics import MetricUnit
from chalice.app import Chalice

from insight.anomalies.watching import watch_event
from loyalty.batches import take_each
from loyalty.bootstrap import mall
from loyalty.domain.events import read_event
from loyalty.observability import logger, metrics

app = Chalice(app_name="insight-anomalies")


@app.lambda_function(name="watch")
def lambda_handler(event: dict[str, Any], context: Any) -> Any:
    """Watch one batch of events."""
    return take_each(event, context, take)


def take(record: dict[str, Any]) -> None:
    """Watch one event."""
    event = read_event(record["body"])
    opened = watch_event(mall(), event)
    if opened:
        metrics().add_metric("AnomaliesFound", MetricUnit.Count, opened)
        metrics().flush_metrics()
    logger().info("watched", event_id=event.event_id, opened=opened)
