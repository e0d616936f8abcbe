"""What a memory size would make of the measured computing: Lambda deals out processor by memory."""

from collections.abc import Mapping, Sequence

from bench.cold_run import ColdRun
from bench.functions import Function
from bench.tables import Table

MB_PER_CORE = 1769
"""Memory at which AWS gives one whole virtual processor."""

SIZES_MB = (256, 512, 1024, MB_PER_CORE)

WAITING_MS = 10
"""Two questions to DynamoDB, which no processor makes faster."""

DOLLARS_PER_MB_MS = 0.0000133334 / 1024 / 1000
"""Arm64, us-east-1."""


def by_size(functions: Sequence[Function], cold: Mapping[str, Sequence[ColdRun]]) -> Table:
    """One line for each function: first call, warm call and price at several sizes."""
    return Table(
        "By memory size, estimated: ms of computing in the first call / in a warm one / "
        f"dollars for a million warm calls that also wait {WAITING_MS} ms",
        ["function", *(f"{size} MB" for size in SIZES_MB)],
        [[f.name, *(_estimate(cold[f.name], size) for size in SIZES_MB)] for f in functions],
    )


def _estimate(runs: Sequence[ColdRun], size_mb: int) -> str:
    stretch = MB_PER_CORE / size_mb
    first = stretch * min(run.first_cpu_ms for run in runs)
    warm = stretch * min(run.warm_cpu_ms for run in runs)
    dollars = 1e6 * (warm + WAITING_MS) * size_mb * DOLLARS_PER_MB_MS
    return f"{first:.0f} / {warm:.0f} / {dollars:.2f}"
