"""Importing a handler asks for no setting, makes no client, and imports nothing unwanted."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HANDLERS = sorted(
    f"{file.parent.name}.{file.stem}" for file in (ROOT / "functions").glob("*/*_handler.py")
)
UNWANTED = {
    "aws_xray_sdk",  # a hundred milliseconds of every cold start
    "loyalty.adapters.dynamodb.clock",  # travels in time
    "loyalty.adapters.memory",  # for tests
}
SAY = "import sys; import {}; print(*sys.modules)"


def modules_after_importing(module: str) -> set[str]:
    paths = [str(ROOT / "functions"), str(ROOT / "layers/common/python")]
    run = subprocess.run(
        [sys.executable, "-c", SAY.format(module)],
        env={"PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return set(run.stdout.split())


@pytest.mark.parametrize("handler", HANDLERS)
def test_a_handler_can_be_imported_without_any_environment(handler: str) -> None:
    assert modules_after_importing(handler) & UNWANTED == set()


def test_there_are_handlers() -> None:
    assert len(HANDLERS) >= 10
