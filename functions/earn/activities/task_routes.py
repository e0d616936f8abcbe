"""Tasks over HTTP: members' own word, and a merchant's."""

from typing import Annotated

from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter
from pydantic import StringConstraints

from earn.activities import tasks
from earn.activities.task_schemas import CompletionView, TaskList
from loyalty.api.auth import CurrentMember, ShopWithTasks
from loyalty.api.idempotency import IdempotencyKey
from loyalty.api.language import Language
from loyalty.api.schema import Schema
from loyalty.bootstrap import mall
from loyalty.domain.task import TaskProof
from loyalty.joining import existing_member, member_of

router = APIGatewayHttpRouter()  # type: ignore[no-untyped-call] # the library's own


class CompletionRequest(Schema):
    """What it was done for: an order, a product, a survey; where the task asks for it."""

    reference: (
        Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[\w.:@-]+$")]
        | None
    ) = None


@router.get("/v1/me/tasks")
def list_tasks(caller: CurrentMember, language: Language) -> TaskList:
    """What can be done for points, what is open, and what was done."""
    return TaskList.of(tasks.list_tasks(mall(), caller.subject), language)


@router.post("/v1/me/tasks/<task_id>/completions", status_code=201)
def complete_task(
    task_id: str, body: CompletionRequest, caller: CurrentMember, key: IdempotencyKey
) -> CompletionView:
    """Say that a task is done: a member's own word, where that is enough."""
    member = member_of(mall(), caller.subject)
    actor, proofs = f"member:{caller.subject}", tasks.OWN_WORD
    asked = tasks.Completion(member, task_id, body.reference, actor, key, proofs, caller.origin)
    return CompletionView.model_validate(tasks.complete_task(mall(), asked))


@router.post("/v1/members/<member_id>/tasks/<task_id>/completions", status_code=201)
def confirm_task(
    member_id: str,
    task_id: str,
    body: CompletionRequest,
    caller: ShopWithTasks,
    key: IdempotencyKey,
) -> CompletionView:
    """Say for a member that a task is done, where it needs the merchant's word."""
    member = existing_member(mall(), member_id)
    actor, proofs = f"program:{caller.subject}", (TaskProof.MERCHANT,)
    asked = tasks.Completion(member, task_id, body.reference, actor, key, proofs)
    return CompletionView.model_validate(tasks.complete_task(mall(), asked))
