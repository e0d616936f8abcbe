"""What tasks look like from outside."""

from collections.abc import Sequence

from earn.activities.tasks import TaskState
from loyalty.api.schema import Schema
from loyalty.domain.task import TaskKind, TaskProof


class CompletionView(Schema):
    """What a task gave."""

    points: int
    entry_id: str


class TaskView(Schema):
    """A task, in the language of the caller; while closed, the period whose limit is reached."""

    task_id: str
    name: str
    points: int
    kind: TaskKind
    proof: TaskProof
    per_day: int | None
    per_month: int | None
    total: int | None
    done: int
    is_open: bool
    closed_by: str | None

    @classmethod
    def of(cls, state: TaskState, language: str) -> "TaskView":
        """Show a task."""
        limits = state.task.limits
        return cls(
            task_id=state.task.id,
            name=state.task.name[language],
            points=state.task.points,
            kind=state.task.kind,
            proof=state.task.proof,
            per_day=limits.get("day"),
            per_month=limits.get("month"),
            total=limits.get("member"),
            done=state.progress.in_all,
            is_open=state.closed_by is None,
            closed_by=state.closed_by,
        )


class TaskList(Schema):
    """The programme's tasks, in its order: all of them, always."""

    items: list[TaskView]
    next_cursor: None = None

    @classmethod
    def of(cls, states: Sequence[TaskState], language: str) -> "TaskList":
        """Show tasks."""
        return cls(items=[TaskView.of(state, language) for state in states])
