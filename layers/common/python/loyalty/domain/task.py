"""Tasks: what members can do for points besides buying, how often, and who says that it is done."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from loyalty.domain.item import Text
from loyalty.domain.member import Member


class TaskKind(StrEnum):
    """What counts as doing it again: never, another day, or another reference."""

    ONCE = "once"
    DAILY = "daily"
    PER_REFERENCE = "per_reference"


class TaskProof(StrEnum):
    """Whose word counts."""

    MEMBER = "member"
    PROFILE = "profile"
    MERCHANT = "merchant"
    PURCHASE = "purchase_through_link"


@dataclass(frozen=True, slots=True)
class TaskCaps:
    """How often at most; None: as often as its kind allows."""

    per_day: int | None = None
    per_month: int | None = None
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """One task. ``id`` names it in keys of entries, so it is never used for another one."""

    id: str
    name: Text
    points: int
    kind: TaskKind = TaskKind.ONCE
    proof: TaskProof = TaskProof.MEMBER
    caps: TaskCaps = TaskCaps()

    def fact(self, today: date, reference: str | None) -> str:
        """Return the fact that doing it today is: the same fact is given for once."""
        match self.kind:
            case TaskKind.ONCE:
                return f"task:{self.id}:once"
            case TaskKind.DAILY:
                return f"task:{self.id}:{today}"
            case TaskKind.PER_REFERENCE:
                assert reference, "the edge asks for it"
                return f"task:{self.id}:{reference}"

    @property
    def limits(self) -> Mapping[str, int]:
        """How often at most in each period, kind and caps together; the narrowest first."""
        own = {TaskKind.ONCE: {"member": 1}, TaskKind.DAILY: {"day": 1}}.get(self.kind, {})
        caps = {"day": self.caps.per_day, "month": self.caps.per_month, "member": self.caps.total}
        given = {period: limit for period, limit in caps.items() if limit is not None}
        both = {**given, **own}
        return {period: both[period] for period in caps if period in both}


@dataclass(frozen=True, slots=True)
class TaskProgress:
    """How often a member has done a task: ever, and in the newest month and day.

    ``version`` 0: never.
    """

    member_id: str
    task_id: str
    day: date | None = None
    on_day: int = 0
    in_month: int = 0
    in_all: int = 0
    version: int = 0

    def counts_on(self, today: date) -> Mapping[str, int]:
        """Return how often in each period, as of a day."""
        same_day = self.day == today
        same_month = self.day is not None and self.day.replace(day=1) == today.replace(day=1)
        return {
            "day": self.on_day if same_day else 0,
            "month": self.in_month if same_month else 0,
            "member": self.in_all,
        }

    def counted(self, today: date) -> "TaskProgress":
        """Return the progress with the task done once more."""
        counts = self.counts_on(today)
        return replace(
            self,
            day=today,
            on_day=counts["day"] + 1,
            in_month=counts["month"] + 1,
            in_all=self.in_all + 1,
            version=self.version + 1,
        )

    def reached(self, task: Task, today: date) -> tuple[str, int] | None:
        """Return the period, and its limit, in which the task cannot be done again; or None."""
        counts = self.counts_on(today)
        return next((it for it in task.limits.items() if counts[it[0]] >= it[1]), None)


def missing_in(member: Member) -> list[str]:
    """Return what a profile still lacks to be complete."""
    has = {
        "display_name": member.display_name,
        "birthday": member.birthday,
        "phone or email": member.phone or member.email,
    }
    return [name for name, value in has.items() if not value]
