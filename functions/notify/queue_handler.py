"""Woken by the queue of events that members hear of; a record that fails comes back alone."""

from typing import Any

from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,
)
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from chalice.app import Chalice

from loyalty.bootstrap import mall
from loyalty.domain.events import read_event
from loyalty.observability import logger
from notify.service import tell_member

app = Chalice(app_name="notify")
processor = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)


@app.lambda_function(name="queue")
def lambda_handler(event: dict[str, Any], context: Any) -> Any:
    """Tell members of one batch of events."""
    answer = process_partial_response(event, _tell, processor, context)
    failed = [str(error) for _, error, _ in processor.exceptions]
    logger().info("notified", records=len(event["Records"]), failed=failed)
    return answer


def _tell(record: SQSRecord) -> None:
    event = read_event(record.body)
    told = tell_member(mall(), event)
    logger().debug("told", event_id=event.event_id, inbox=told.inbox, mail=told.mail)
