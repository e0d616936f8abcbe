"""What the bench reads out of its runs."""

from pathlib import Path

import pytest

from bench.cold_run import ColdRun
from bench.events import event_for
from bench.functions import Function, read_functions
from bench.imports import OWN, STANDARD, imports_of, part_of
from bench.sizes import MB_PER_CORE, SIZES_MB, by_size
from bench.tables import Table, write_into
from mall.places import Places

BEFORE = """\
import time: self [us] | cumulative | imported package
import time:      1500 |       1500 |   botocore.utils
{"level": "INFO", "message": "a log line between"}
import time:       500 |       2000 | loyalty.ports
"""
AFTER = "import time:       250 |        250 | encodings.idna\n"


def run(said: str = "", said_at_init: int = 0, **measured: float) -> ColdRun:
    names = ("init_ms", "init_cpu_ms", "first_ms", "first_cpu_ms", "warm_ms", "warm_cpu_ms")
    figures = {"peak_mb": 50.0, **dict.fromkeys(names, 1.0), **measured}
    return ColdRun(**figures, said=said, said_at_init=said_at_init)


def test_imports_are_told_apart_by_the_first_call() -> None:
    init, first = imports_of([run(BEFORE + AFTER, len(BEFORE))])
    assert init.took_ms == {"botocore.utils": 1.5, "loyalty.ports": 0.5}
    assert first.took_ms == {"encodings.idna": 0.25}
    assert init.dearest(1) == [("botocore.utils", 1.5)]


def test_of_several_runs_the_least_counts() -> None:
    slow = BEFORE.replace(" 500 ", "9500 ").replace("1500 |  ", " 700 |  ")
    init, _ = imports_of([run(BEFORE, len(BEFORE)), run(slow, len(slow))])
    assert init.took_ms == {"botocore.utils": 0.7, "loyalty.ports": 0.5}


@pytest.mark.parametrize(
    ("module", "part"),
    [
        ("urllib3.util.url", "boto3 and botocore"),
        ("pydantic_core", "pydantic"),
        ("json.decoder", STANDARD),
        ("_ssl", STANDARD),
        ("redeem.api_handler", OWN),
        ("loyalty.domain.account", OWN),
    ],
)
def test_a_module_belongs_to_a_part(module: str, part: str) -> None:
    assert part_of(module) == part


def test_half_the_memory_takes_twice_the_time() -> None:
    function = Function("F", "f.g", "functions/", 256, {})
    row = by_size([function], {"F": [run(first_cpu_ms=40, warm_cpu_ms=2)]}).rows[0]
    at = dict(zip(SIZES_MB, row[1:], strict=True))
    assert at[MB_PER_CORE].startswith("40 / 2 / ")
    assert at[512].startswith("138 / 7 / ")
    assert at[1024] == "69 / 3 / 0.18"


def test_tables_replace_those_that_stand_between_the_marks(tmp_path: Path) -> None:
    document = tmp_path / "performance.md"
    document.write_text("Before\n<!-- measured: begin -->\nold\n<!-- measured: end -->\nAfter\n")
    table = Table("Times", ["function", "ms"], [["Earn", "5"]])
    write_into(document, "Measured today.", [table])
    write_into(document, "Measured now.", [table])
    assert document.read_text() == (
        "Before\n<!-- measured: begin -->\nMeasured now.\n\n### Times\n\n"
        "| function | ms |\n| :-- | --: |\n| Earn | 5 |\n<!-- measured: end -->\nAfter\n"
    )


def test_every_function_of_the_template_has_an_event_and_plain_settings() -> None:
    functions = read_functions(Places())
    assert len(functions) > 10
    for function in functions:
        assert isinstance(event_for(function.name), dict)
        settings = function.environment
        assert settings["STAGE"] == "prod"
        assert settings["POWERTOOLS_LOG_LEVEL"] == "INFO"
        assert not [value for value in settings.values() if value.startswith("{")]
