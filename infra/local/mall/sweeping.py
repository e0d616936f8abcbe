"""Runs the hourly schedules now, and waits until what they set off is done."""

import json
import uuid
from datetime import UTC, datetime

from mall.aws import REGION, Aws
from mall.errors import MallError
from mall.quiet import wait_until_quiet
from mall.stack_file import Stack

SCHEDULED = ("RedeemScheduleFunction", "ExpiryScheduleFunction", "TierScheduleFunction")


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
        "detail": {"at_once": True},
    }
