"""Cutting a list of items into parts, in the order and with the filters that were asked for."""

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass

from catalog.search.index import Index
from catalog.search.lines import line_of
from catalog.search.synonyms import our_synonyms
from catalog.shelf import Numbers, Place, ShelfQuery, Sort, StockedItem
from loyalty.domain.errors import Invalid
from loyalty.domain.item import Item, Stock
from loyalty.ports import Mall, Page

Position = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Items to choose from, how to search them, and how many pieces of each were redeemed."""

    items: Mapping[str, Item]
    search: Callable[[str, Container[str]], Numbers]
    popularity: Callable[[], Numbers]


def every_item(mall: Mall) -> Candidates:
    """Return all items, whatever their status, as they stand now."""
    items = {item.item_id: item for item in _all_items(mall)}

    def search(words: str, among: Container[str]) -> Numbers:
        return Index(map(line_of, items.values())).search(words, our_synonyms(), among)

    def popularity() -> Numbers:
        return {i: stock.sold for i, stock in mall.catalog.stocks(list(items)).items()}

    return Candidates(items, search, popularity)


def page_of(
    mall: Mall, candidates: Candidates, query: ShelfQuery, limit: int, position: Position | None
) -> Page[StockedItem]:
    """Cut the page behind a position, which is the place of the last item before it.

    Raises:
        Invalid: the position belongs to a list in another order.
    """
    places = _places_after(_place(query.order, position), candidates, query)
    shown: list[tuple[Place, StockedItem]] = []
    # What is shown is read anew: an item may have changed since the list was remembered.
    for start in range(0, len(places), limit + 1):
        shown += _read(mall, places[start : start + limit + 1], query)
        if len(shown) > limit:
            break
    follows = _position(query.order, shown[limit - 1][0]) if len(shown) > limit else None
    return Page([item for _, item in shown[:limit]], follows)


def _places_after(after: Place | None, candidates: Candidates, query: ShelfQuery) -> list[Place]:
    wanted = {i: item for i, item in candidates.items.items() if query.fits(item)}
    scores: Numbers = {}
    if query.words:
        scores = candidates.search(query.words, wanted)
        wanted = {item_id: wanted[item_id] for item_id in scores}
    sold = candidates.popularity() if query.order is Sort.POPULAR else {}
    rank = query.ranks(sold, scores)
    places = (Place.of(item, rank(item)) for item in wanted.values())
    return sorted(place for place in places if after is None or place > after)


def _read(
    mall: Mall, places: list[Place], query: ShelfQuery
) -> Iterator[tuple[Place, StockedItem]]:
    ids = [place.item_id for place in places]
    items, stocks = mall.catalog.items(ids), mall.catalog.stocks(ids)
    for place in places:
        item = items.get(place.item_id)
        stock = stocks.get(place.item_id) or Stock(place.item_id, 0)
        if item and query.fits(item) and query.shows(item, stock):
            yield place, StockedItem(item, stock)


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


def _all_items(mall: Mall) -> Iterator[Item]:
    page = mall.catalog.all_items(limit=100)
    yield from page.items
    while page.next_position:
        page = mall.catalog.all_items(limit=100, position=page.next_position)
        yield from page.items
