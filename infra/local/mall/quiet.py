"""Waits until all that was set off is done: streams are read, queues are empty."""

import time

from mall.aws import Aws
from mall.errors import MallError
from mall.stack_file import Stack

DEAD_LETTERS = "DeadLetters"
COUNT = "ApproximateNumberOfMessages"  # visible, in flight, delayed
QUIET_SECONDS = 1.0  # from a row to its message in a queue it takes less
POLL_SECONDS = 0.1
PATIENCE_SECONDS = 240.0


def wait_until_quiet(aws: Aws, stack: Stack, patience_seconds: float = PATIENCE_SECONDS) -> None:
    """Wait until no queue has had a message for a while.

    Raises:
        MallError: a queue still has some when patience is at an end.
    """
    deadline = time.monotonic() + patience_seconds
    quiet_since, busy = time.monotonic(), list[str]()
    while time.monotonic() - quiet_since < QUIET_SECONDS:
        if time.monotonic() > deadline:
            raise MallError(
                f"These queues did not empty: {', '.join(busy)}.",
                "See who fails: mall logs <function>",
            )
        time.sleep(POLL_SECONDS)
        if busy := _busy_queues(aws, stack):
            quiet_since = time.monotonic()


def _busy_queues(aws: Aws, stack: Stack) -> list[str]:
    return [
        name
        for name, url in stack.queues.items()
        if not name.endswith(DEAD_LETTERS) and _messages(aws, url)
    ]


def _messages(aws: Aws, url: str) -> int:
    found = aws.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    return sum(int(count) for attribute, count in found.items() if attribute.startswith(COUNT))
