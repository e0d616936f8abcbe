"""Importing a handler does nothing, and brings in what its first call needs, and no more."""

import json
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from mall.template import FUNCTION, load_template, resources_of

ROOT = Path(__file__).resolve().parents[2]
PROBE = ROOT / "tests" / "support" / "import_probe.py"
HANDLERS = {
    name: str(resource["Properties"]["Handler"]).rpartition(".")[0]
    for name, resource in resources_of(load_template(ROOT / "template.yaml"), FUNCTION).items()
}
PACKAGES = {handler.partition(".")[0] for handler in HANDLERS.values()}
NEVER = {
    "aws_xray_sdk",  # a third of a cold start, for traces that Lambda writes without it
    "loyalty.adapters.dynamodb.clock",  # travels in time
    "loyalty.adapters.memory",
    "mall",
    "pypinyin",  # a third of a second, for queries that are not found as they were typed
    "rapidfuzz",  # the same queries
    "requests",
}
HTTP, EVENTS = "aws_lambda_powertools.event_handler", "chalice"

each_function = pytest.mark.parametrize("name", HANDLERS)
pytestmark = pytest.mark.xdist_group("imports")  # one worker, so that each is imported once


@dataclass(frozen=True)
class Imported:
    """What an import did, and which modules are there after it."""

    clients: list[str]
    reads: list[str]
    threads: int
    modules: list[str]


def imported(module: str, *folders: Path) -> Imported:
    """What importing a module did, in a process of its own that is told nothing."""
    code = [*folders, ROOT / "functions", ROOT / "layers" / "common" / "python"]
    path = ":".join(map(str, code))
    # -P: the probe's own folder holds modules that are called like some of Python's.
    probe = [sys.executable, "-P", str(PROBE), module, "loyalty", module.partition(".")[0]]
    environment = {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(probe, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return Imported(**json.loads(done.stdout))


@cache
def imported_by(name: str) -> Imported:
    return imported(HANDLERS[name])


@each_function
def test_importing_a_handler_makes_no_client_and_reads_no_setting(name: str) -> None:
    found = imported_by(name)
    assert (found.clients, found.reads, found.threads) == ([], [], 0)


@each_function
def test_a_handler_imports_nothing_that_is_not_its_own_business(name: str) -> None:
    others = PACKAGES - {HANDLERS[name].partition(".")[0]}
    modules = set(imported_by(name).modules)
    assert not modules & (NEVER | others)
    assert (HTTP in modules) != (EVENTS in modules), "one front door or the other"


@each_function
def test_what_the_first_call_needs_is_imported_before_it(name: str) -> None:
    """Lambda throttles a function's processor from its first call on."""
    needed = {"boto3", "loyalty.adapters.dynamodb.store", "loyalty.adapters.dynamodb.reading"}
    assert needed <= set(imported_by(name).modules)


def test_templates_are_loaded_only_where_messages_are_written() -> None:
    renders = {name for name in HANDLERS if "jinja2" in imported_by(name).modules}
    assert renders == {"NotifyQueueFunction"}


def test_the_probe_sees_a_client_a_setting_and_a_thread(tmp_path: Path) -> None:
    (tmp_path / "hasty.py").write_text(
        "import os, threading, boto3\n"
        "stage = os.environ.get('STAGE')\n"
        "boto3.client('sqs', region_name='us-east-1')\n"
        "threading.Thread(target=threading.Event().wait, daemon=True).start()\n"
    )
    found = imported("hasty", tmp_path)
    assert (found.clients, found.reads, found.threads) == (["sqs"], ["hasty: STAGE"], 1)
