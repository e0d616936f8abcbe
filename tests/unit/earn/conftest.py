"""The shops' payloads, as their documentation shows them, with values of our own."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PAYLOADS = Path(__file__).parent / "payloads"


@pytest.fixture
def payload() -> Callable[[str], Any]:
    """Return a reader of payloads by name; what it returns may be changed freely."""
    return lambda name: json.loads((PAYLOADS / f"{name}.json").read_text())
