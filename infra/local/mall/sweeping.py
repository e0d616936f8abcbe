"""Runs the hourly schedules now, and waits until what they set off is done."""

import json
import time
import uuid
from datetime import UTC, datetime

from mall.aws import REGION, Aws
from mall.errors import MallError
from mall.stack_file import Stack

SCHEDULED = ("RedeemScheduleFunction", "ExpiryScheduleFunction")
DEAD_LETTERS = "DeadLetters"
COUNT = "ApproximateNumberOfMessages"  # visible, in flight, delayed
QUIET_SECONDS = 0.6
POLL_SECONDS = 0.1
DRAIN_SECONDS = 120


def sweep(stack: Stack) -> None:
    """Do what the schedules would do at the stack's present time.

    Raises:
        MallError: a schedule's function failed, or its queues did not empty in time.
    """
    aws = Aws(stack.aws.endpoint, stack.aws.region)
    for name in SCHEDULED:
        answer = aws.functions.invoke(
            FunctionName=stack.functions[name], Payload=json.dumps(_scheduled_event())
        )
        if "FunctionError" in answer:
            raise MallError(
                f"{name} failed: {answer['Payload'].read().decode()}", f"See: mall logs {name}"
            )
    wait_until_quiet(aws, stack)


def wait_until_quiet(aws: Aws, stack: Stack) -> None:
    """Wait until no queue has had a message for a while.

    Raises:
        MallError: a queue still has some after two minutes.
    """
    deadline = time.monotonic() + DRAIN_SECONDS
    quiet_since = time.monotonic()
    while time.monotonic() - quiet_since < QUIET_SECONDS:
        if time.monotonic() > deadline:
            raise MallError("The queues did not empty.", "See who fails: mall logs <function>")
        time.sleep(POLL_SECONDS)
        if _waiting_messages(aws, stack):
            quiet_since = time.monotonic()


def _waiting_messages(aws: Aws, stack: Stack) -> int:
    total = 0
    for name, url in stack.queues.items():
        if name.endswith(DEAD_LETTERS):
            continue
        found = aws.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
        total += sum(
            int(count) for attribute, count in found.items() if attribute.startswith(COUNT)
        )
    return total


def _scheduled_event() -> dict[str, object]:
    """What EventBridge Scheduler sends."""
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": "Scheduled Event",
        "source": "aws.scheduler",
        "account": "000000000000",
        "time": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "region": REGION,
        "resources": [],
        "detail": {},
    }
