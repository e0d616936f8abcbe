"""How well, and how fast, ways of searching find things: `python -m bench.search`."""

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Annotated, TypeVar

import typer
import yaml
from rich.console import Console

from bench.search_ways import FullText, InMemory, Postings, Way, found_by
from bench.shelf_reading import read_shelf
from bench.shop_goods import OPENING, shop_goods
from bench.tables import Table, write_into
from loyalty.domain.item import Item, ItemKind
from mall.seeds.shelf import items as seeds

ROOT = Path(__file__).resolve().parents[1]
QUERIES = ROOT / "tests" / "unit" / "catalog" / "search" / "queries.yaml"
DECISION = ROOT / "docs" / "decisions" / "search-in-memory.md"

T = TypeVar("T")
Count = Annotated[int, typer.Option(min=1, max=10_500, help="How many made-up items.")]
Write = Annotated[bool, typer.Option(help="Write the tables into the decision's page.")]
Make = Callable[[Sequence[Item]], Way]
Queries = Sequence[tuple[str, str | list[str]]]


def measure(count: Count = 10_000, write: Write = False) -> None:
    """Ask every way the same queries, read a shelf of that size, and print what it took."""
    items = [*demonstration(), *shop_goods(count)]
    kinds = yaml.safe_load(QUERIES.read_text(encoding="utf-8")).values()
    queries = [(str(query), goal) for kind in kinds for query, goal in kind.items()]
    tables = [_compare(items, queries), read_shelf(items)]
    for table in tables:
        table.show(Console())
    if write:
        on = f"Measured on {datetime.now(UTC):%Y-%m-%d}: {len(items)} items, {len(queries)} queries"
        write_into(DECISION, f"{on}, 2 shared x86_64 cores.", tables)


def demonstration() -> list[Item]:
    """The items of the demonstration."""
    return [
        Item(s["slug"], s["name"], ItemKind(s["kind"]), s["category"], s["points"], OPENING)
        for s in seeds()
    ]


def _compare(items: Sequence[Item], queries: Queries) -> Table:
    ways: list[Make] = [InMemory, FullText, Postings]
    return Table(
        "Ways of searching",
        ["way", "in the first five", "built in, CPU ms", "query, CPU ms", "95 %"],
        [_row(way, items, queries) for way in ways],
    )


def _row(make: Make, items: Sequence[Item], queries: Queries) -> list[str]:
    way, built = _timed(lambda: make(items))
    by_id = {item.item_id: item for item in items}
    way.first("warm up")
    asked = [_timed(partial(found_by, way, by_id, query, goal)) for query, goal in queries]
    took = [ms for _, ms in asked]
    name = way.name
    if isinstance(way, Postings):
        requests, units = zip(*(way.reading(query) for query, _ in queries), strict=True)
        name += f": {way.rows_written / len(items):.0f} rows an item; a query makes "
        name += f"{median(requests):.0f} requests, most {max(requests)}, and reads "
        name += f"{median(units):.0f} units, most {max(units):.0f}"
    return [
        name,
        f"{sum(found for found, _ in asked) / len(queries):.1%}",
        f"{built:.0f}",
        f"{median(took):.1f}",
        f"{quantiles(took, n=20)[-1]:.1f}",
    ]


def _timed(act: Callable[[], T]) -> tuple[T, float]:
    began = time.process_time()
    done = act()
    return done, (time.process_time() - began) * 1_000


if __name__ == "__main__":
    typer.run(measure)
