"""How well the detectors tell frauds from honest people: prints tables for some seeds."""

import sys

from rich.console import Console

from bench.month.frauds import FRAUDS
from bench.month.watching import Month, kinds_of, watched_month
from bench.tables import Table

SEEDS = (1, 2, 3, 4, 5)


def main() -> None:
    """Play the month under each seed that is named, or under some."""
    months = {seed: watched_month(seed) for seed in map(int, sys.argv[1:] or SEEDS)}
    console = Console()
    frauds(months).show(console)
    summary(months).show(console)


def frauds(months: dict[int, Month]) -> Table:
    """Return by which detectors each fraud was found, month by month."""
    rows = [
        [fraud.name, fraud.kind, *(_detectors(month, fraud.members) for month in months.values())]
        for fraud in FRAUDS
    ]
    return Table("Frauds", ["fraud", "kind", *(f"seed {seed}" for seed in months)], rows)


def summary(months: dict[int, Month]) -> Table:
    """Return what each month came to."""
    rows = [
        [
            f"seed {seed}",
            f"{month.sightings:,}",
            f"{month.writes:,}",
            f"{sum(bool(month.found(fraud)) for fraud in FRAUDS)} of {len(FRAUDS)}",
            str(len(month.false)),
            ", ".join(f"{n} {kind}" for kind, n in kinds_of(month.false).items()) or "-",
        ]
        for seed, month in months.items()
    ]
    headings = ["month", "sightings", "traces written", "frauds found", "false cases", "of kinds"]
    return Table("Months of 5,000 members", headings, rows)


def _detectors(month: Month, members: tuple[str, ...]) -> str:
    kinds = {case.kind.value for case in month.cases.values() if {*case.members} & {*members}}
    return " ".join(sorted(kinds)) or "not found"


if __name__ == "__main__":
    main()
