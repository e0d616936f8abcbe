"""Imports over HTTP."""

from loyalty.api import create_router
from loyalty.api.auth import Admin, Reader
from loyalty.api.idempotency import IdempotencyKey
from loyalty.api.pagination import Paging, cursor_at, decode_cursor
from loyalty.bootstrap import mall
from member.importing import booking, undoing
from member.importing.booking import Batch
from member.importing.schemas import (
    ImportedLineList,
    ImportPath,
    ImportReport,
    ImportView,
    Lines,
    LinesToCheck,
    OpeningForm,
    UndoForm,
    UndoReport,
)

router = create_router()

IMPORTS = "/v1/admin/imports"


@router.post(f"{IMPORTS}/check")
def check_lines(body: LinesToCheck, caller: Admin) -> ImportReport:
    """What importing some lines would do; has no effect."""
    lines, unread = body.parted()
    batch = Batch(body.import_id, lines, body.create_members)
    told = booking.check_lines(mall(), caller.operator, batch)
    return ImportReport.of(body.import_id, [*told, *unread])


@router.post(IMPORTS, status_code=201)
def open_import(body: OpeningForm, caller: Admin, key: IdempotencyKey) -> ImportView:
    """Open an import; lines come under its id."""
    opened = undoing.open_import(mall(), caller.operator, key, body.import_id, body.reason)
    return ImportView.model_validate(opened)


@router.get(f"{IMPORTS}/<import_id>")
def show_import(import_id: ImportPath, _caller: Reader) -> ImportView:
    """One import."""
    return ImportView.model_validate(booking.show_import(mall(), import_id))


@router.post(f"{IMPORTS}/<import_id>/lines")
def import_lines(
    import_id: ImportPath, body: Lines, caller: Admin, key: IdempotencyKey
) -> ImportReport:
    """Book some lines, each once; those that cannot be booked are told, and the others stand."""
    lines, unread = body.parted()
    batch = Batch(import_id, lines, body.create_members)
    told = booking.import_lines(mall(), caller.operator, key, batch)
    return ImportReport.of(import_id, [*told, *unread])


@router.get(f"{IMPORTS}/<import_id>/lines")
def list_imported_lines(import_id: ImportPath, _caller: Reader, paging: Paging) -> ImportedLineList:
    """The lines that were booked, in their order, and what was taken back of each."""
    page = booking.list_lines(mall(), import_id, paging.limit, paging.position)
    return ImportedLineList.of(page.items, paging.cursor_after(page))


@router.post(f"{IMPORTS}/<import_id>/undo")
def undo_import(
    import_id: ImportPath, body: UndoForm, caller: Admin, key: IdempotencyKey
) -> UndoReport:
    """Take back what is left of an import, some lines at a time: go on with `next_cursor`."""
    scope = f"{caller.subject} undo {import_id}"
    undo = undoing.Undo(body.reason, decode_cursor(body.cursor, scope))
    page = undoing.undo_import(mall(), caller.operator, key, import_id, undo)
    return UndoReport.told(import_id, page.items, cursor_at(page.next_position, scope))
