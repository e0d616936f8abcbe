"""Batches from queues: each message that fails comes back alone, and lands with the dead letters.

A message that cannot be handled never holds up the others of its batch.
"""

from collections.abc import Callable
from typing import Any

from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,
)

from loyalty.observability import logger


def take_each(event: dict[str, Any], context: Any, take: Callable[[dict[str, Any]], None]) -> Any:
    """Hand each record of an SQS event over; return which of them failed, for SQS to repeat.

    A batch of nothing warms a function up; the library takes it for a mistake.
    """
    if not event["Records"]:
        return {"batchItemFailures": []}

    def take_or_log(record: dict[str, Any]) -> None:
        try:
            take(record)
        except Exception:
            logger().exception("message failed", message_id=record["messageId"])
            raise

    processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)
    return process_partial_response(
        event=event, record_handler=take_or_log, processor=processor, context=context
    )
