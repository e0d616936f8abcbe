"""Lets reviews go on that a restart of the emulator has cut: it cannot resume an execution.

On AWS an execution outlives everything; and what is lost all the same, the hourly sweep finds.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from mall.aws import Aws
from mall.stack_file import Stack

if TYPE_CHECKING:
    from mypy_boto3_stepfunctions.type_defs import ExecutionListItemTypeDef

CUT = "States.ServiceRestart"
AGAIN = "."  # rdm_1, rdm_1.2, rdm_1.3: a name is good for one execution


def resume_reviews(aws: Aws, stack: Stack) -> int:
    """Start those executions again whose last try was cut; return how many they are."""
    machine = stack.state_machines["ReviewStateMachine"]
    resumed = 0
    for redemption_id, tries in _tries(aws, machine).items():
        if _was_cut(aws, tries[0]):
            aws.stepfunctions.start_execution(
                stateMachineArn=machine,
                name=f"{redemption_id}{AGAIN}{len(tries) + 1}",
                input=json.dumps({"redemption_id": redemption_id}),
            )
            resumed += 1
    return resumed


def _tries(aws: Aws, machine: str) -> Mapping[str, Sequence["ExecutionListItemTypeDef"]]:
    """The executions of each redemption, the latest first."""
    pages = aws.stepfunctions.get_paginator("list_executions").paginate(stateMachineArn=machine)
    tries = defaultdict(list)
    for page in pages:
        for execution in page["executions"]:
            tries[execution["name"].partition(AGAIN)[0]].append(execution)
    for executions in tries.values():
        executions.sort(key=lambda execution: execution["startDate"], reverse=True)
    return tries


def _was_cut(aws: Aws, execution: "ExecutionListItemTypeDef") -> bool:
    if execution["status"] != "FAILED":
        return False
    found = aws.stepfunctions.describe_execution(executionArn=execution["executionArn"])
    return found.get("error") == CUT
