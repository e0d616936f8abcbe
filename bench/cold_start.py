"""How long functions take to start, and why: `make bench`, or `python -m bench.cold_start --help`.

Each function of template.yaml is built as for a deployment and started by Lambda's own runtime
client against a runtime API on this machine. Local times are relative: they say which function, or
which way of building, costs more than another, and not how many milliseconds Lambda takes.
"""

import os
import platform
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from bench.cold_run import ColdRun, run_cold
from bench.functions import Function, read_functions
from bench.imports import imports_of
from bench.layouts import BenchPlaces, Layout, build_as_deployed
from bench.report import by_function, by_layout, by_module, by_part
from bench.sizes import by_size
from bench.tables import write_into
from bench.variants import VARIED, variants_of

app = typer.Typer(add_completion=False)
console = Console(width=max(120, Console().width))

Runs = Annotated[int, typer.Option(min=1, help="How often each function is started.")]
Only = Annotated[list[str] | None, typer.Option(help="Logical id of a function; may be repeated.")]
Write = Annotated[bool, typer.Option(help="Write the tables into docs/performance.md.")]
Modules = Annotated[int, typer.Option(min=1, help="How many of the dearest modules to name.")]


@app.command()
def measure(runs: Runs = 7, only: Only = None, write: Write = False, modules: Modules = 5) -> None:
    """Measure every function's cold start and imports, and ways of building the layers."""
    places = BenchPlaces()
    chosen = [f for f in read_functions(places) if not only or f.name in only]
    with _built(places, chosen) as (folder, layout):
        named = {f.name: (layout, f) for f in chosen}
        cold = _interleaved(places, named, runs)
        timed = _interleaved(places, named, runs, times_imports=True)
        imported = {name: imports_of(found) for name, found in timed.items()}
        tables = [by_function(chosen, cold), by_size(chosen, cold)]
        tables += [by_part(imported), by_module(imported, modules)]
        if varied := next((f for f in chosen if f.name == VARIED), None):
            variants = variants_of(places, layout, folder)
            named = {name: (variant, varied) for name, variant in variants.items()}
            tables.append(by_layout(VARIED, _interleaved(places, named, runs)))
    for table in tables:
        table.show(console)
    if write:
        write_into(places.project / "docs" / "performance.md", _circumstances(runs), tables)


@contextmanager
def _built(places: BenchPlaces, chosen: Sequence[Function]) -> Iterator[tuple[Path, Layout]]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield folder, build_as_deployed(places, chosen, folder / "deployed")


def _interleaved(
    places: BenchPlaces,
    named: dict[str, tuple[Layout, Function]],
    runs: int,
    *,
    times_imports: bool = False,
) -> dict[str, list[ColdRun]]:
    """Run all in turn, again and again, so that a slow minute of the machine falls on each."""
    for layout, function in named.values():
        run_cold(places, layout, function)  # puts the files into the machine's cache
    found: dict[str, list[ColdRun]] = {name: [] for name in named}
    for _ in track(range(runs), description="Cold starts", console=console, transient=True):
        for name, (layout, function) in named.items():
            run = run_cold(places, layout, function, times_imports=times_imports)
            found[name].append(run)
    return found


def _circumstances(runs: int) -> str:
    version = platform.python_version()
    return (
        f"Measured on {datetime.now(UTC):%Y-%m-%d}: {os.cpu_count()} shared {platform.machine()} "
        f"cores, Python {version}, {runs} interleaved runs, files in the machine's cache."
    )


if __name__ == "__main__":
    app()
