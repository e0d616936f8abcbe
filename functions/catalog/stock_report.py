"""Use case of operators: which items run short, which stand there unwanted, what to order."""

from collections.abc import Mapping
from dataclasses import dataclass

from catalog.remembered import remembered_shelf
from catalog.replenishing import Flag, Outlook, Plan, outlook
from catalog.shelf import ShelfQuery
from loyalty.domain.item import Stock
from loyalty.ports import Mall, Page

Position = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ReportQuery:
    """Which items, and how far ahead to look."""

    shelf: ShelfQuery
    flag: Flag | None
    cover_days: int
    lead_days: int


def report_stock(
    mall: Mall, query: ReportQuery, limit: int, position: Position | None
) -> Page[Outlook]:
    """Return a part of what is on the shelf, most urgent first, with what its stock tells."""
    programme, now = mall.programmes.live(), mall.clock.now()
    plan = Plan(programme.today(now), now, query.cover_days, query.lead_days)
    items = {i: it for i, it in remembered_shelf(mall).items.items() if query.shelf.fits(it)}
    stocks = mall.catalog.stocks(list(items))
    shown = (
        outlook(item, stocks.get(i) or Stock(i, 0), programme.today(item.created_at), plan)
        for i, item in items.items()
    )
    places = sorted(
        ((one.urgency, one.item.item_id), one)
        for one in shown
        if query.flag is None or query.flag in one.flags
    )
    after = (int(position["days"]), position["item_id"]) if position else None
    rest = [(place, one) for place, one in places if after is None or place > after]
    (days, item_id) = rest[limit - 1][0] if len(rest) > limit else (0, "")
    follows = {"days": str(days), "item_id": item_id} if item_id else None
    return Page([one for _, one in rest[:limit]], follows)
