"""Use cases of admins: open an import, and take it back."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from loyalty.auditing import OperatorAct, commit_once
from loyalty.domain import moving
from loyalty.domain.account import Account
from loyalty.domain.audit import Operator
from loyalty.domain.entry import Circumstances
from loyalty.domain.imports import Import, ImportedLine, ImportStatus
from loyalty.domain.writes import ChangeImport, ChangeImportedLine, OpenImport, Write
from loyalty.ports import Mall, Page, WriteRefused
from loyalty.posting import LostRace, changes, commit, until_it_holds
from member.importing.booking import MEMBERS_AT_ONCE, show_import

LINES_AT_ONCE = 100
"""Lines that one call takes back."""


@dataclass(frozen=True, slots=True)
class Undo:
    """Why an import is taken back, and from which line on."""

    reason: str
    position: Mapping[str, str] | None = None


def open_import(mall: Mall, operator: Operator, key: str, import_id: str, reason: str) -> Import:
    """Open an import under an id of the caller's; one that stands already is returned as it is.

    Raises:
        IdempotencyKeyReused: the key came with another reason before.
    """
    new = Import(import_id, operator.subject, mall.clock.now(), reason)
    act = OperatorAct(operator, "import.open", import_id, key, request=reason, reason=reason)
    try:
        commit_once(mall, act, [OpenImport(new)])
    except WriteRefused as refused:
        found = next((it for _, it in refused.found if isinstance(it, Import)), None)
        assert found, "only an import stands in an import's place"
        return found
    return show_import(mall, import_id)


def undo_import(
    mall: Mall, operator: Operator, key: str, import_id: str, undo: Undo
) -> Page[ImportedLine]:
    """Take back what is left of some lines, each once; from then on no further line comes.

    Points that were spent, have lapsed or repaid a debt are not taken from anything else: each
    line tells how many were missing. What stands of the import is undone part by part; called
    again from the beginning, lines that were done tell the same.

    Raises:
        NotFound: there is no such import.
        IdempotencyKeyReused: the key came with another reason or part before.
        Busy: an account changes all the time; the same key goes on.
    """
    _close(mall, operator, key, import_id, undo)
    page = mall.imports.lines(import_id, limit=LINES_AT_ONCE, position=undo.position)
    by_member: Mapping[str, list[ImportedLine]] = defaultdict(list)
    for line in page.items:
        by_member[line.member_id].append(line)

    def each_of(lines: Sequence[ImportedLine]) -> list[ImportedLine]:
        return [_take_back(mall, operator, line, undo.reason) for line in lines]

    with ThreadPoolExecutor(MEMBERS_AT_ONCE) as threads:
        undone = [one for some in threads.map(each_of, by_member.values()) for one in some]
    return Page(sorted(undone, key=lambda line: line.number), page.next_position)


def _close(mall: Mall, operator: Operator, key: str, import_id: str, undo: Undo) -> None:
    def attempt(_: object) -> None:
        before = show_import(mall, import_id)
        is_open = before.status is ImportStatus.OPEN
        request = {"reason": undo.reason, "after": dict(undo.position or {})}
        act = OperatorAct(
            operator,
            "import.undo",
            import_id,
            key,
            request=request,
            reason=undo.reason,
            before={"status": before.status.value},
            after={"status": ImportStatus.UNDONE.value},
        )
        writes: list[Write] = [ChangeImport(before.undone())] if is_open else []
        try:
            commit_once(mall, act, writes)
        except WriteRefused as refused:
            raise LostRace from refused

    until_it_holds(attempt)


def _take_back(mall: Mall, operator: Operator, seen: ImportedLine, reason: str) -> ImportedLine:
    line = seen

    def attempt(fresh: Account | None) -> ImportedLine:
        nonlocal line
        if line.undone_at is not None:
            return line
        now, programme = mall.clock.now(), mall.programmes.live()
        account = fresh or mall.accounts.account(line.member_id)
        outcome, taken = moving.take_back(account, programme.today(now), line.points, line.lot)
        why = Circumstances(
            occurred_at=now,
            recorded_at=now,
            reason="import-undone",
            actor=f"operator:{operator.subject}",
            programme_version=programme.version,
            explanation={"import_id": line.import_id, "line": line.number, "because": reason},
        )
        undone = line.undone(now, taken)
        try:
            commit(
                mall,
                [ChangeImportedLine(undone), *changes(account, outcome, line.undo_key, why)],
            )
        except WriteRefused as refused:
            lines = (it for _, it in refused.found if isinstance(it, ImportedLine))
            line = next(lines, line)
            raise LostRace from refused
        return undone

    return until_it_holds(attempt)
