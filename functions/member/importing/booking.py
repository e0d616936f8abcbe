"""Use cases of admins: try lines of an import, and book them, each exactly once."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from loyalty.auditing import OperatorAct, commit_once
from loyalty.domain import moving
from loyalty.domain.account import Account
from loyalty.domain.audit import Operator, digest_of
from loyalty.domain.calendar import NEVER
from loyalty.domain.entry import Circumstances
from loyalty.domain.errors import Forbidden, NotFound
from loyalty.domain.imports import Import, ImportedLine
from loyalty.domain.writes import AddImportedLine, AddMember, Write
from loyalty.ports import Mall, Page, WriteRefused
from loyalty.posting import LostRace, changes, commit, until_it_holds
from member.importing.lines import Became, Line, LineRefused, Told
from member.importing.resolving import member_of, new_member

MEMBERS_AT_ONCE = 8
"""Accounts that are written side by side; lines of one member come one after the other."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some lines of an import. ``may_create``: unknown member ids become members."""

    import_id: str
    lines: Sequence[Line]
    may_create: bool = False


def check_lines(mall: Mall, operator: Operator, batch: Batch) -> list[Told]:
    """Return what importing some lines would do; nothing is done.

    Raises:
        Conflict: the import was undone.
    """
    opened = mall.imports.opened(batch.import_id)
    if opened:
        opened.require_open()

    def try_line(line: Line) -> Told:
        member_id, _ = _ready(mall, operator, line, batch)
        return Told(line.number, Became.WOULD_IMPORT, member_id, line.points)

    return _each(mall, batch, try_line)


def import_lines(mall: Mall, operator: Operator, key: str, batch: Batch) -> list[Told]:
    """Book some lines, and return what became of each; a line that is booked adds nothing.

    The audit keeps what was asked for first; where the work then stops, the same lines go on.

    Raises:
        NotFound: the import was not opened.
        Conflict: it was undone.
        IdempotencyKeyReused: the key came with other lines before.
    """
    opened = show_import(mall, batch.import_id)
    opened.require_open()
    if not batch.lines:
        return []
    commit_once(mall, _act(operator, key, batch), [])

    def book(line: Line) -> Told:
        member_id, is_new = _ready(mall, operator, line, batch)
        return _book(mall, operator, _Booking(opened, line, member_id, is_new))

    return _each(mall, batch, book)


def show_import(mall: Mall, import_id: str) -> Import:
    """Return an import.

    Raises:
        NotFound: it was not opened.
    """
    found = mall.imports.opened(import_id)
    if found is None:
        raise NotFound("There is no such import.")
    return found


def list_lines(
    mall: Mall, import_id: str, limit: int, position: Mapping[str, str] | None
) -> Page[ImportedLine]:
    """Return a part of an import's booked lines, in their order.

    Raises:
        NotFound: there is no such import.
    """
    show_import(mall, import_id)
    return mall.imports.lines(import_id, limit=limit, position=position)


def _each(mall: Mall, batch: Batch, act: Callable[[Line], Told]) -> list[Told]:
    """Do something with each line that is not booked; those of one member one after the other."""
    booked = mall.imports.booked(batch.import_id, [line.number for line in batch.lines])
    by_name: Mapping[object, list[Line]] = defaultdict(list)
    for line in batch.lines:
        by_name[line.whose].append(line)

    def each_of(lines: list[Line]) -> list[Told]:
        return [_told_before(line, booked.get(line.number)) or _try(act, line) for line in lines]

    with ThreadPoolExecutor(MEMBERS_AT_ONCE) as threads:
        told = [one for some in threads.map(each_of, by_name.values()) for one in some]
    return sorted(told, key=lambda one: one.line)


def _try(act: Callable[[Line], Told], line: Line) -> Told:
    try:
        return act(line)
    except LineRefused as refused:
        return Told(line.number, Became.REFUSED, message=str(refused))


def _told_before(line: Line, booked: ImportedLine | None) -> Told | None:
    if booked is None:
        return None
    if booked.digest != line.digest:
        said = "Another line of this number was imported under this id."
        return Told(line.number, Became.REFUSED, booked.member_id, message=said)
    return Told(line.number, Became.ALREADY, booked.member_id, booked.points)


def _ready(mall: Mall, operator: Operator, line: Line, batch: Batch) -> tuple[str, bool]:
    today = mall.programmes.live().today(mall.clock.now())
    if not today <= line.expires_on <= NEVER:
        raise LineRefused(f"expires_on: a day from {today} to {NEVER} is expected.")
    member_id, is_new = member_of(mall, line.whose, may_create=batch.may_create)
    try:
        operator.acts_for_others(member_id)
    except Forbidden as forbidden:
        raise LineRefused(str(forbidden)) from forbidden
    return member_id, is_new


@dataclass(frozen=True, slots=True)
class _Booking:
    opened: Import
    line: Line
    member_id: str
    is_new: bool

    @property
    def row(self) -> ImportedLine:
        line = self.line
        lot, digest = line.expires_on, line.digest
        return ImportedLine(
            self.opened.import_id, line.number, self.member_id, line.points, lot, digest
        )


def _book(mall: Mall, operator: Operator, booking: _Booking) -> Told:
    line, row, is_new = booking.line, booking.row, booking.is_new

    def attempt(fresh: Account | None) -> Told:
        nonlocal is_new
        now, programme = mall.clock.now(), mall.programmes.live()
        account = fresh or mall.accounts.account(row.member_id)
        outcome = moving.bring(account, programme.today(now), line.points, row.lot)
        why = Circumstances(
            occurred_at=now,
            recorded_at=now,
            reason="import",
            actor=f"operator:{operator.subject}",
            reference=line.reference,
            programme_version=programme.version,
            explanation={
                "import_id": row.import_id,
                "line": row.number,
                "points": row.points,
                **({"note": line.note} if line.note else {}),
            },
        )
        made: list[Write] = [AddMember(new_member(mall, row.member_id))] if is_new else []
        try:
            booked = changes(account, outcome, row.entry_key, why)
            commit(mall, [AddImportedLine(row), *made, *booked])
        except WriteRefused as refused:
            found = next((it for _, it in refused.found if isinstance(it, ImportedLine)), None)
            if told := _told_before(line, found):
                return told
            is_new = False  # somebody else has just made the member
            raise LostRace from refused
        return Told(line.number, Became.IMPORTED, row.member_id, line.points)

    return until_it_holds(attempt)


def _act(operator: Operator, key: str, batch: Batch) -> OperatorAct:
    numbers = [line.number for line in batch.lines]
    facts = {
        "lines": len(numbers),
        "from_line": min(numbers),
        "to_line": max(numbers),
        "points": sum(line.points for line in batch.lines),
        "may_create": batch.may_create,
    }
    digest = digest_of([[line.number, line.digest] for line in batch.lines])
    request = {**facts, "digest": digest}
    return OperatorAct(operator, "import.lines", batch.import_id, key, request=request, after=facts)
