"""From runs to tables."""

from collections.abc import Mapping, Sequence
from statistics import median

from bench.cold_run import ColdRun
from bench.functions import Function
from bench.imports import PARTS, Imports
from bench.tables import Table
from bench.variants import DEPLOYED

Phases = Mapping[str, tuple[Imports, Imports]]


def by_function(functions: Sequence[Function], cold: Mapping[str, Sequence[ColdRun]]) -> Table:
    """One line for each function: how it starts, and how much memory it needs."""
    return Table(
        "Cold start by function",
        ["function", *_MEASURED, "peak MB", "MemorySize"],
        [
            [f.name, *_measured(runs), f"{max(run.peak_mb for run in runs):.0f}", str(f.memory_mb)]
            for f in functions
            if (runs := cold[f.name])
        ],
    )


def by_layout(function: str, cold: Mapping[str, Sequence[ColdRun]]) -> Table:
    """One line for each way of building, and how it compares with the deployed one."""
    deployed = _cold_cpu_ms(cold[DEPLOYED])
    return Table(
        f"Ways of building, by {function}",
        ["layers and code", *_MEASURED, "peak MB", "ratio"],
        [
            [
                name,
                *_measured(runs),
                f"{max(run.peak_mb for run in runs):.0f}",
                f"{_cold_cpu_ms(runs) / deployed:.2f}",
            ]
            for name, runs in cold.items()
        ],
    )


def by_part(phases: Phases) -> Table:
    """One line for each function: milliseconds of imports, by whose they are."""
    return Table(
        "Imports by part, ms; the last columns: what is left for the first call",
        ["function", "modules", *PARTS, "modules", "ms"],
        [
            [
                name,
                str(len(init.took_ms)),
                *(f"{init.by_part()[part]:.0f}" for part in PARTS),
                str(len(first.took_ms)),
                f"{sum(first.took_ms.values()):.0f}",
            ]
            for name, (init, first) in phases.items()
        ],
    )


def by_module(phases: Phases, most: int) -> Table:
    """One line for each function: the modules that take longest by themselves."""
    return Table(
        "Dearest modules of the init phase, ms each by itself",
        ["function", "modules"],
        [
            [name, ", ".join(f"{module} {took:.0f}" for module, took in init.dearest(most))]
            for name, (init, _) in phases.items()
        ],
    )


_MEASURED = ["init ms", "CPU", "first call ms", "CPU", "warm ms", "CPU"]


def _measured(runs: Sequence[ColdRun]) -> list[str]:
    return [
        _least([run.init_ms for run in runs]),
        f"{min(run.init_cpu_ms for run in runs):.0f}",
        _least([run.first_ms for run in runs]),
        f"{min(run.first_cpu_ms for run in runs):.0f}",
        f"{min(run.warm_ms for run in runs):.1f}",
        f"{min(run.warm_cpu_ms for run in runs):.1f}",
    ]


def _least(values: Sequence[float]) -> str:
    return f"{min(values):.0f} ({median(values):.0f})"


def _cold_cpu_ms(runs: Sequence[ColdRun]) -> float:
    return min(run.init_cpu_ms for run in runs) + min(run.first_cpu_ms for run in runs)
