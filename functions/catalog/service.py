"""Use cases of looking: lists, one item, categories, for anyone, members and operators."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from catalog.shelf import Place, ShelfQuery, Sort, StockedItem
from loyalty.domain.errors import Invalid, NotFound
from loyalty.domain.item import Item, Stock
from loyalty.ports import Mall, Page

Position = Mapping[str, str]


def list_shelf(
    mall: Mall, query: ShelfQuery, limit: int, position: Position | None
) -> Page[StockedItem]:
    """Return a page of what is on the shelf.

    Raises:
        Invalid: the position belongs to a list in another order.
    """
    return _page(mall, mall.catalog.on_shelf(), query, limit, position)


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
    return _page(mall, _every_item(mall), query, limit, position)


def show_shelved_item(mall: Mall, item_id: str) -> StockedItem:
    """Return an item that members may see.

    Raises:
        NotFound: there is none, or it is not on the shelf.
    """
    shown = show_item(mall, item_id)
    if not shown.item.is_on_shelf:
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
    counts = Counter(item.category for item in mall.catalog.on_shelf())
    return dict(sorted(counts.items()))


def _page(
    mall: Mall, items: Iterable[Item], query: ShelfQuery, limit: int, position: Position | None
) -> Page[StockedItem]:
    """Cut the page behind a position, which is the place of the last item before it."""
    wanted = {item.item_id: item for item in items if query.fits(item)}
    stocks = mall.catalog.stocks(list(wanted)) if query.sort is Sort.POPULAR else {}
    places = sorted(
        query.place(item, stocks[item_id].sold if item_id in stocks else 0)
        for item_id, item in wanted.items()
    )
    after = _place(query.sort, position)
    rest = [place for place in places if after is None or place > after]
    shown = [place.item_id for place in rest[:limit]]
    stocks = stocks or mall.catalog.stocks(shown)
    return Page(
        [StockedItem(wanted[i], stocks.get(i) or Stock(i, 0)) for i in shown],
        _position(query.sort, rest[limit - 1]) if len(rest) > limit else None,
    )


def _place(sort: Sort, position: Position | None) -> Place | None:
    if position is None:
        return None
    if position.get("sort") != sort:
        raise Invalid.at("cursor", "This cursor belongs to a list in another order.")
    return Place(int(position["rank"]), int(position["age"]), position["item_id"])


def _position(sort: Sort, place: Place) -> Position:
    return {
        "sort": sort.value,
        "rank": str(place.rank),
        "age": str(place.age),
        "item_id": place.item_id,
    }


def _every_item(mall: Mall) -> Iterable[Item]:
    page = mall.catalog.all_items(limit=100)
    yield from page.items
    while page.next_position:
        page = mall.catalog.all_items(limit=100, position=page.next_position)
        yield from page.items


def _spendable(mall: Mall, member_id: str, at_most: int | None) -> int:
    today = mall.programmes.live().today(mall.clock.now())
    available = mall.accounts.account(member_id).available_on(today)
    return available if at_most is None else min(available, at_most)
