"""The programme of the demonstration."""

from mall.aws import Aws
from mall.stack_file import Stack

TIME_ZONE = "Asia/Shanghai"


def publish(aws: Aws, stack: Stack) -> None:
    """Write the programme's document."""
    raise NotImplementedError((aws, stack))
