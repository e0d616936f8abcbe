"""Use cases of looking: lists, one item, categories, for anyone, members and operators."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from catalog.pages import Candidates, every_item, page_of
from catalog.remembered import remembered_shelf
from catalog.shelf import ShelfQuery, StockedItem
from loyalty.domain.errors import NotFound
from loyalty.domain.item import Stock
from loyalty.ports import Mall, Page

Position = Mapping[str, str]


def list_shelf(
    mall: Mall, query: ShelfQuery, limit: int, position: Position | None
) -> Page[StockedItem]:
    """Return a page of what is on the shelf.

    Raises:
        Invalid: the position belongs to a list in another order.
    """
    shelf = remembered_shelf(mall)
    candidates = Candidates(shelf.items, shelf.search, shelf.popularity)
    return page_of(mall, candidates, replace(query, offered_at=mall.clock.now()), limit, position)


def list_shelf_for_member(
    mall: Mall,
    member_id: str,
    query: ShelfQuery,
    limit: int,
    position: Position | None,
    *,
    affordable: bool = False,
) -> Page[StockedItem]:
    """Return a page of what is on the shelf, or of what the member's points are enough for now.

    Raises:
        Invalid: the position belongs to a list in another order.
    """
    if affordable:
        query = replace(query, max_points=_spendable(mall, member_id, query.max_points))
    return list_shelf(mall, query, limit, position)


def list_items(
    mall: Mall, query: ShelfQuery, limit: int, position: Position | None
) -> Page[StockedItem]:
    """Return a page of all items, whatever their status.

    Raises:
        Invalid: the position belongs to a list in another order.
    """
    return page_of(mall, every_item(mall), query, limit, position)


def show_shelved_item(mall: Mall, item_id: str) -> StockedItem:
    """Return an item that members may see.

    Raises:
        NotFound: there is none, or it is not on the shelf.
    """
    shown = show_item(mall, item_id)
    on_shelf = ShelfQuery(offered_at=mall.clock.now())
    if not (on_shelf.fits(shown.item) and on_shelf.shows(shown.item, shown.stock)):
        raise NotFound("There is no such item on the shelf.")
    return shown


def show_item(mall: Mall, item_id: str) -> StockedItem:
    """Return an item, whatever its status.

    Raises:
        NotFound: there is none.
    """
    item = mall.catalog.item(item_id)
    if item is None:
        raise NotFound("There is no such item.")
    return StockedItem(item, mall.catalog.stock(item_id) or Stock(item_id, 0))


def list_categories(mall: Mall) -> Mapping[str, int]:
    """Return the categories on the shelf, and how many items each one has."""
    on_shelf = ShelfQuery(offered_at=mall.clock.now())
    offered = [item for item in remembered_shelf(mall).items.values() if on_shelf.fits(item)]
    stocks = mall.catalog.stocks([item.item_id for item in offered if item.hide_sold_out])
    counts = Counter(
        item.category
        for item in offered
        if item.item_id not in stocks or on_shelf.shows(item, stocks[item.item_id])
    )
    return dict(sorted(counts.items()))


def _spendable(mall: Mall, member_id: str, at_most: int | None) -> int:
    today = mall.programmes.live().today(mall.clock.now())
    available = mall.accounts.account(member_id).available_on(today)
    return available if at_most is None else min(available, at_most)
