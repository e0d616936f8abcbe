"""The review's state machine behind its port."""

import json
from typing import TYPE_CHECKING

from loyalty.domain.redemption import Redemption

if TYPE_CHECKING:
    from mypy_boto3_stepfunctions import SFNClient


class StepFunctionsReviewFlow:
    """Executions are named like their redemption: the service refuses to start one twice."""

    def __init__(self, client: "SFNClient", state_machine_arn: str) -> None:
        self._client = client
        self._state_machine_arn = state_machine_arn

    def start(self, redemption: Redemption) -> None:
        """Start a redemption's execution; started before is fine."""
        try:
            self._client.start_execution(
                stateMachineArn=self._state_machine_arn,
                name=redemption.redemption_id,
                input=json.dumps({"redemption_id": redemption.redemption_id}),
            )
        except self._client.exceptions.ExecutionAlreadyExists:
            return

    def resume(self, task_token: str, outcome: str) -> None:
        """Tell a waiting execution how it goes on; one that has gone on already is fine."""
        gone_on = (
            self._client.exceptions.TaskDoesNotExist,
            self._client.exceptions.TaskTimedOut,
            self._client.exceptions.InvalidToken,
        )
        try:
            self._client.send_task_success(
                taskToken=task_token, output=json.dumps({"outcome": outcome})
            )
        except gone_on:
            return
