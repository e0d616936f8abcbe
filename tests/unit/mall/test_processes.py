import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from mall.processes import ProcessRecord, memory_bytes, stop

PARENT = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(child.pid, flush=True)
time.sleep(60)
"""


@pytest.fixture
def sleeper() -> Iterator[psutil.Process]:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as started:
        yield psutil.Process(started.pid)
        started.kill()


def _record(process: psutil.Process, born: float | None = None) -> ProcessRecord:
    return ProcessRecord(process.pid, born or process.create_time(), port=4566, auth=False)


def test_a_running_process_is_found_by_its_record(sleeper: psutil.Process, tmp_path: Path) -> None:
    _record(sleeper).write(tmp_path / "record.json")
    record = ProcessRecord.read(tmp_path / "record.json")
    assert record and record.process() == sleeper


def test_a_later_process_with_the_same_number_is_not_taken_for_ours(
    sleeper: psutil.Process,
) -> None:
    assert _record(sleeper, born=sleeper.create_time() - 100).process() is None


@pytest.mark.parametrize("text", ["", "{}", '{"pid": 1}', "[]"])
def test_a_record_that_says_nothing_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "record.json").write_text(text)
    assert ProcessRecord.read(tmp_path / "record.json") is None
    assert ProcessRecord.read(tmp_path / "missing.json") is None


def test_the_children_end_with_the_process() -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout
        child = psutil.Process(int(run.stdout.readline()))
        parent = psutil.Process(run.pid)
        assert memory_bytes(parent) > memory_bytes(child)
        stop(parent, patience_seconds=5)
        time.sleep(0.1)
        assert not child.is_running() or child.status() == psutil.STATUS_ZOMBIE
