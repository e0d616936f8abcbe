"""Other ways of building, each with one thing changed, to see what that thing is worth."""

from dataclasses import replace
from pathlib import Path

from bench.layouts import (
    BenchPlaces,
    Layout,
    build_unpruned,
    with_compiled,
    without_compiled,
)

VARIED = "RedeemApiFunction"
"""The function that is built in several ways: the largest, and a member waits for it."""

DEPLOYED = "as deployed"


def variants_of(places: BenchPlaces, layout: Layout, folder: Path) -> dict[str, Layout]:
    """The deployed layout and its variants, by what was changed."""
    compiled = replace(
        layout,
        tasks=with_compiled(places, layout.tasks, folder / "compiled-tasks"),
        common=with_compiled(places, layout.common, folder / "compiled-common"),
    )
    bare = without_compiled(layout.dependencies, folder / "bare")
    unpruned = build_unpruned(places, folder / "unpruned")
    return {
        DEPLOYED: layout,
        "own code compiled too": compiled,
        "packages not compiled": replace(layout, dependencies=bare),
        "packages not pruned": replace(layout, dependencies=unpruned),
    }
