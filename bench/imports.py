"""Which modules a start imports, and what they cost: read from Python's own `-X importtime`."""

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from bench.cold_run import ColdRun

_LINE = re.compile(r"^import time:\s+(\d+) \|\s+\d+ \|\s*(\S+)\s*$", re.MULTILINE)

_PARTS = {
    "boto3 and botocore": {
        "boto3",
        "botocore",
        "dateutil",
        "jmespath",
        "s3transfer",
        "six",
        "urllib3",
    },
    "Powertools": {"aws_lambda_powertools"},
    "pydantic": {
        "annotated_types",
        "pydantic",
        "pydantic_core",
        "typing_extensions",
        "typing_inspection",
    },
    "Jinja": {"jinja2", "markupsafe"},
    "Chalice": {"chalice"},
    "tenacity": {"tenacity"},
    "runtime client": {"awslambdaric", "runtime_client", "simplejson", "snapshot_restore_py"},
}
OWN, STANDARD = "own code", "standard library"
PARTS = [OWN, *_PARTS, STANDARD]


@dataclass(frozen=True)
class Imports:
    """The modules of one phase, with the milliseconds that each took by itself."""

    took_ms: dict[str, float]

    def by_part(self) -> dict[str, float]:
        """The milliseconds of each part; the classes that its modules build are in them."""
        parts = dict.fromkeys(PARTS, 0.0)
        for module, took in self.took_ms.items():
            parts[part_of(module)] += took
        return parts

    def dearest(self, most: int) -> list[tuple[str, float]]:
        """The modules that took longest."""
        return sorted(self.took_ms.items(), key=lambda pair: -pair[1])[:most]


def imports_of(runs: Sequence[ColdRun]) -> tuple[Imports, Imports]:
    """What a function imports before its first invocation, and after; of its runs, the least."""
    before = [_read(run.said[: run.said_at_init]) for run in runs]
    return _least(before), _least([_read(run.said[run.said_at_init :]) for run in runs])


def part_of(module: str) -> str:
    """Whose a module is."""
    root = module.partition(".")[0]
    for part, roots in _PARTS.items():
        if root in roots:
            return part
    return STANDARD if root in sys.stdlib_module_names or root.startswith("_") else OWN


def _read(lines: str) -> dict[str, float]:
    return {module: int(micros) / 1000 for micros, module in _LINE.findall(lines)}


def _least(runs: Sequence[dict[str, float]]) -> Imports:
    return Imports(
        {module: min(run[module] for run in runs if module in run) for module in runs[0]}
    )
