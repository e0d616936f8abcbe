"""What members can do for points besides buying."""

import re
from typing import Annotated, Self

from pydantic import AfterValidator, Field, WithJsonSchema, model_validator

from earn.rulebook.fields import Words
from loyalty.api.schema import Schema
from loyalty.domain.task import TaskKind, TaskProof


def _slug(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,31}", text):
        raise ValueError(f"{text!r} is no id of small letters, digits and hyphens: share-link.")
    return text


TaskId = Annotated[
    str,
    AfterValidator(_slug),
    WithJsonSchema({"type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,31}$"}),
]
Cap = Annotated[int, Field(strict=True, ge=1, le=1_000_000)]


class TaskCapsRule(Schema):
    """How often at most; what is absent is as often as the task's kind allows."""

    per_day: Cap | None = None
    per_month: Cap | None = None
    total: Cap | None = None


class TaskRule(Schema):
    """One task. Its id stands in entries for ever: do not use it again for another one."""

    id: TaskId
    name: Words
    points: Annotated[int, Field(strict=True, ge=1, le=1_000_000)]
    kind: TaskKind = TaskKind.ONCE
    proof: TaskProof = TaskProof.MEMBER
    caps: TaskCapsRule = TaskCapsRule()

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.proof is TaskProof.PROFILE and self.kind is not TaskKind.ONCE:
            raise ValueError("A profile is completed once.")
        if self.proof is TaskProof.PURCHASE and self.kind is not TaskKind.PER_REFERENCE:
            raise ValueError("Each purchase through a link is a reference: per_reference.")
        says_how_often = self.caps.per_day or self.caps.per_month or self.caps.total
        if self.kind is TaskKind.PER_REFERENCE and not says_how_often:
            raise ValueError("A task per reference needs a cap: anybody can make up references.")
        return self


def distinct(tasks: list[TaskRule]) -> list[TaskRule]:
    """Return tasks of which no two have one id.

    Raises:
        ValueError: two have.
    """
    ids = [task.id for task in tasks]
    twice = next((name for name in ids if ids.count(name) > 1), None)
    if twice:
        raise ValueError(f"There is more than one task of the id {twice!r}.")
    return tasks


TaskRules = Annotated[list[TaskRule], Field(max_length=50), AfterValidator(distinct)]
