"""The running stack's mall, for commands that work on its tables themselves."""

from functools import cached_property
from typing import TYPE_CHECKING

from loyalty.bootstrap import AwsMall
from loyalty.settings import Settings
from mall.aws import Aws
from mall.stack_file import Stack

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class MallOfStack(AwsMall):
    """Keeps `Mall`'s promises with the clients of the local AWS."""

    def __init__(self, stack: Stack) -> None:
        tables = {
            f"{name.removesuffix('Table').lower()}_table": table
            for name, table in stack.tables.items()
        }
        super().__init__(Settings.model_validate({"stage": stack.stage, **tables}))
        self._aws = Aws(stack.aws.endpoint, stack.aws.region)

    @cached_property
    def _dynamodb(self) -> "DynamoDBClient":
        return self._aws.dynamodb
