"""What the functions wrote to their logs."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from mall.aws import Aws
from mall.errors import MallError
from mall.stack_file import Stack


def recent_lines(stack: Stack, function: str, minutes: int) -> Iterator[str]:
    """The lines of the last minutes, oldest first.

    Raises:
        MallError: no function, or more than one, has a name like this.
    """
    name = stack.functions[_named_like(stack, function)]
    aws = Aws(stack.aws.endpoint, stack.aws.region)
    since = datetime.now(UTC) - timedelta(minutes=minutes)
    config = aws.functions.get_function_configuration(FunctionName=name)
    group = config.get("LoggingConfig", {}).get("LogGroup", f"/aws/lambda/{name}")
    pages = aws.logs.get_paginator("filter_log_events").paginate(
        logGroupName=group, startTime=int(since.timestamp() * 1000)
    )
    for page in pages:
        for event in page["events"]:
            yield event["message"].rstrip()


def _named_like(stack: Stack, function: str) -> str:
    wanted = function.lower().replace("-", "").replace("_", "")
    exact = [name for name in stack.functions if name.lower() == wanted]
    like = exact or [name for name in stack.functions if wanted in name.lower()]
    if len(like) != 1:
        raise MallError(
            f"{'No' if not like else 'More than one'} function has a name like {function}.",
            f"There are: {', '.join(sorted(stack.functions))}",
        )
    return like[0]
