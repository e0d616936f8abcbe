"""Exports over HTTP, part by part."""

from insight import exporting
from insight.export_schemas import BalanceExport, EntryExport, PartNumber, Parts
from insight.exporting import Part
from insight.schemas import From, To
from loyalty.api import create_router
from loyalty.api.auth import Reader
from loyalty.api.pagination import Paging
from loyalty.bootstrap import mall

router = create_router()


@router.get("/v1/admin/exports/balances")
def export_balances(
    _caller: Reader, paging: Paging, part: PartNumber = 0, of: Parts = 1
) -> BalanceExport:
    """What members have, in no order; go on until there is no `next_cursor`."""
    wanted = Part(part, of, paging.limit, paging.position)
    page, today = exporting.list_balances(mall(), wanted)
    return BalanceExport.of(page.items, today, paging.cursor_after(page))


@router.get("/v1/admin/exports/entries")
def export_entries(
    _caller: Reader,
    paging: Paging,
    part: PartNumber = 0,
    of: Parts = 1,
    since: From = None,
    until: To = None,
) -> EntryExport:
    """Entries of everybody, in no order; go on until there is no `next_cursor`."""
    wanted = Part(part, of, paging.limit, paging.position)
    page = exporting.list_entries(mall(), wanted, since, until)
    return EntryExport.of(page.items, paging.cursor_after(page))
