"""Use cases of tasks: do one for points, and see what is open."""

from dataclasses import dataclass

from earn.activities.races import lost, was_booked
from loyalty.domain.account import Account
from loyalty.domain.entry import EntryKey
from loyalty.domain.errors import IdempotencyKeyReused, Invalid, LimitReached, NotEligible, NotFound
from loyalty.domain.member import Member
from loyalty.domain.origin import NOWHERE, Origin
from loyalty.domain.programme import Programme
from loyalty.domain.request import Request, digest_of_body
from loyalty.domain.task import Task, TaskKind, TaskProgress, TaskProof, missing_in
from loyalty.domain.writes import SaveActivity
from loyalty.giving import Gift, given_by, giving
from loyalty.ports import Mall, WriteRefused
from loyalty.posting import commit, until_it_holds

OWN_WORD = (TaskProof.MEMBER, TaskProof.PROFILE)


@dataclass(frozen=True, slots=True)
class Completion:
    """Who has done which task, for what, and whose word it is (a member's own, or a shop's)."""

    member: Member
    task_id: str
    reference: str | None
    actor: str
    key: str
    proofs: tuple[TaskProof, ...]
    origin: Origin = NOWHERE

    def request(self, entry: EntryKey) -> Request:
        """Return what was asked for, and the entry that it is to make."""
        scope = f"{self.actor} POST task {self.member.member_id} {self.task_id}"
        return Request(scope, self.key, digest_of_body({"reference": self.reference}), entry)


@dataclass(frozen=True, slots=True)
class Completed:
    """What a task gave."""

    points: int
    entry_id: str


@dataclass(frozen=True, slots=True)
class TaskState:
    """A task, how often it was done, and the period whose limit keeps it closed, if any."""

    task: Task
    progress: TaskProgress
    closed_by: str | None


def complete_task(mall: Mall, asked: Completion) -> Completed:
    """Give a task's points, once for each fact, and once for each key.

    Raises:
        NotFound: the programme has no such task.
        NotEligible: somebody else's word is needed, or the profile is not complete.
        Invalid: this task needs a reference.
        LimitReached: it was done for this before, or as often as may be.
        IdempotencyKeyReused: the key came with another reference before.
        Busy: the account changes all the time; nothing was done.
    """

    def attempt(fresh: Account | None) -> Completed:
        now, programme = mall.clock.now(), mall.programmes.live()
        today, task = programme.today(now), task_of(programme, asked.task_id)
        _require_proof(task, asked)
        member_id = asked.member.member_id
        key = EntryKey(f"member:{member_id}", task.fact(today, asked.reference))
        request = asked.request(key)
        progress = mall.activities.task(member_id, task.id)
        if reached := progress.reached(task, today):
            return _again(mall, mall.activities.request(request.request_id), request, *reached)
        account = fresh or mall.accounts.account(member_id)
        why = {"task": task.id, **asked.origin.facts}
        gift = Gift(key, task.points, "task", why, asked.reference or task.id, asked.actor)
        try:
            commit(
                mall,
                [
                    SaveActivity(request),
                    SaveActivity(progress.counted(today)),
                    *giving(account, programme, now, [gift]),
                ],
            )
        except WriteRefused as refused:
            earlier = next((it for _, it in refused.found if isinstance(it, Request)), None)
            if earlier or was_booked(refused, key):
                return _again(mall, earlier, request, "reference", 1)
            raise lost(refused) from refused
        return Completed(task.points, key.entry_id)

    return until_it_holds(attempt)


def task_of(programme: Programme, task_id: str) -> Task:
    """Return a task of the programme.

    Raises:
        NotFound: there is none of this id.
    """
    task = next((task for task in programme.tasks if task.id == task_id), None)
    if task is None:
        raise NotFound("The programme has no such task.")
    return task


def list_tasks(mall: Mall, member_id: str) -> list[TaskState]:
    """Return the programme's tasks, and how each of them stands for a member."""
    programme = mall.programmes.live()
    today = programme.today(mall.clock.now())
    done = {progress.task_id: progress for progress in mall.activities.tasks(member_id)}
    states = []
    for task in programme.tasks:
        progress = done.get(task.id) or TaskProgress(member_id, task.id)
        reached = progress.reached(task, today)
        states.append(TaskState(task, progress, reached[0] if reached else None))
    return states


def _require_proof(task: Task, asked: Completion) -> None:
    if task.proof not in asked.proofs:
        raise NotEligible("Somebody else has to say that.", reasons=[f"proof-{task.proof}"])
    missing = missing_in(asked.member) if task.proof is TaskProof.PROFILE else []
    if missing:
        raise NotEligible(
            "The profile is not complete.", reasons=["profile-incomplete"], missing=missing
        )
    if task.kind is TaskKind.PER_REFERENCE and asked.reference is None:
        raise Invalid.at("reference", "This task needs one.")


def _again(
    mall: Mall, earlier: Request | None, request: Request, period: str, limit: int
) -> Completed:
    """Answer a repetition as the first time; refuse what only looks like one."""
    if earlier is None:
        known = mall.ledger.entry(request.entry)
        entry_id, points = (known.key.entry_id, given_by(known)) if known else (None, 0)
        raise LimitReached(limit=limit, period=period, entry_id=entry_id, points=points)
    if earlier.digest != request.digest:
        raise IdempotencyKeyReused
    entry = mall.ledger.entry(earlier.entry)
    assert entry, "a request that was kept has made its entry"
    return Completed(given_by(entry), entry.key.entry_id)
