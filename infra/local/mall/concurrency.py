"""Keeps the stack within a laptop's memory: each concurrent invocation is a process there."""

from mall.aws import Aws
from mall.deployment import Deployment

AT_ONCE = 8
FRONT_DOORS = ("ApiFunction", "WebhookFunction")


def bound_concurrency(aws: Aws, deployment: Deployment) -> None:
    """Bound what callers can start, so that a burst of theirs leaves room for queues and streams.

    A caller beyond the bound is told 429; a queue's batch would be put back for minutes.
    """
    for name, function in deployment.physical_ids("AWS::Lambda::Function").items():
        if name.endswith(FRONT_DOORS):
            aws.functions.put_function_concurrency(
                FunctionName=function, ReservedConcurrentExecutions=AT_ONCE
            )
