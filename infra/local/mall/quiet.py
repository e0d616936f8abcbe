"""Waits until all that was set off is done: streams are read, queues are empty."""

import time

from mall.aws import Aws
from mall.errors import MallError
from mall.stack_file import Stack

DEAD_LETTERS = "DeadLetters"
COUNT = "ApproximateNumberOfMessages"  # visible, in flight, delayed
QUIET_SECONDS = 1.0  # from a row to its message in a queue it takes less
POLL_SECONDS = 0.1
PATIENCE_SECONDS = 120.0


def wait_until_quiet(aws: Aws, stack: Stack, patience_seconds: float = PATIENCE_SECONDS) -> None:
    """Wait until no queue has had a message for a while.

    Raises:
        MallError: a queue still has some when patience is at an end.
    """
    deadline = time.monotonic() + patience_seconds
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
