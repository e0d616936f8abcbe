"""What it costs a function to read the whole shelf, and then to keep up with it."""

import json
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from socket import socket
from typing import Any

import boto3

from bench.tables import Table
from catalog.pages import Candidates, page_of
from catalog.remembered import Shelf
from catalog.shelf import ShelfQuery, Sort
from loyalty.adapters.dynamodb.catalog import DynamoCatalog
from loyalty.adapters.dynamodb.catalog_rows import item_row, stock_row
from loyalty.adapters.dynamodb.tables import Tables
from loyalty.adapters.memory import MemoryMall
from loyalty.domain.item import Item, Stock
from mall.emulator import Emulator
from mall.places import Places
from mall.template import load_template

ROOT = Path(__file__).resolve().parents[1]
TABLE = "CatalogTable"
BATCH, READ_UNIT = 25, 4_096


def read_shelf(items: Sequence[Item]) -> Table:
    """Read a shelf of these items from the emulator, list it, and keep up with it."""
    with _emulator() as endpoint:
        client: Any = boto3.client(
            "dynamodb",
            endpoint_url=endpoint,
            region_name="eu-central-1",
            aws_access_key_id="test",
            aws_secret_access_key="test",  # noqa: S106 # the emulator asks for none
        )
        table = load_template(ROOT / "template.yaml")["Resources"][TABLE]["Properties"]
        wanted = ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "BillingMode")
        client.create_table(TableName=TABLE, **{name: table[name] for name in wanted})
        _fill(client, items)
        mall = MemoryMall()
        mall.catalog = DynamoCatalog(client, Tables(catalog=TABLE))  # type: ignore[assignment]
        shelf = Shelf(mall.catalog)
        first = _row(f"read all of it ({_units(items)} read units)", lambda: Shelf(mall.catalog))

        def list_by(sort: Sort) -> Callable[[], object]:
            candidates = Candidates(shelf.items, shelf.search, shelf.popularity)
            return lambda: page_of(mall, candidates, ShelfQuery(sort=sort), 20, None)

        rows = [
            first,
            _row("ask for what has changed", shelf.catch_up),
            _row("a page of 20, by points", list_by(Sort.POINTS)),
            _row("the same by popularity, first", list_by(Sort.POPULAR)),
            _row("the same again", list_by(Sort.POPULAR)),
        ]
    return Table(
        "Reading a shelf of that size",
        ["act", "ms, the emulator's too", "CPU ms of the function"],
        rows,
    )


def _row(name: str, act: Callable[[], object]) -> list[str]:
    began = time.process_time()
    act()
    return [name, f"{(time.process_time() - began) * 1_000:.0f}"]


def _units(items: Sequence[Item]) -> int:
    """The read units of rows that may be a moment old, by their approximate size."""
    size = sum(len(json.dumps(item_row(item), ensure_ascii=False).encode()) for item in items)
    return round(size / READ_UNIT / 2)


def _fill(client: Any, items: Sequence[Item]) -> None:
    rows = [row for item in items for row in (item_row(item), stock_row(Stock(item.item_id, 9)))]
    for start in range(0, len(rows), BATCH):
        puts = [{"PutRequest": {"Item": row}} for row in rows[start : start + BATCH]]
        client.batch_write_item(RequestItems={TABLE: puts})


@contextmanager
def _emulator() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder, socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        emulator = Emulator(Places(state=Path(folder)), port)
        emulator.start()
        try:
            yield emulator.endpoint
        finally:
            emulator.stop()
