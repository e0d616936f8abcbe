"""The READMEs' commands, word for word: what they promise is what they print."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mall.places import PROJECT, Places
from stack import LocalStack

SHELL_SECONDS = 120


@pytest.fixture
def folder(stack: LocalStack, places: Places, tmp_path: Path) -> Path:
    """A folder like a clone's after `make up`, but for the code."""
    assert stack
    (tmp_path / ".venv").symlink_to(sys.prefix)
    (tmp_path / ".local").symlink_to(places.state)
    return tmp_path


def script_of(readme: str) -> str:
    return "\n".join(re.findall(r"```sh\n(.*?)```", (PROJECT / readme).read_text(), re.DOTALL))


@pytest.mark.stack
def test_the_main_job_works_by_curl_from_the_readme_alone(folder: Path) -> None:
    environment = {**os.environ, "MALL_STATE": str(folder / ".local")}
    played = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script_of("README.md")],  # noqa: S607 # people's bash is on their path
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=SHELL_SECONDS,
        check=False,
    )
    assert played.returncode == 0, played.stderr
    answers = list(objects_in(played.stdout))

    statuses = [answer["status"] for answer in answers if "status" in answer]
    assert statuses[:2] == ["credited", "duplicate"]
    assert statuses[-1] == "clawed_back"
    assert {"pending_review", "confirmed", "shipped"} <= set(statuses)
    assert any("code" in answer for answer in answers)
    balances = [answer for answer in answers if "available" in answer]
    assert balances[1]["held"] == 2600
    assert balances[-1]["available"] == 0
    assert any(
        found.get("kind") == "lapse" for answer in answers for found in answer.get("items", ())
    )
    assert not [answer for answer in answers if "type" in answer], "a problem"
    assert [answer["valid"] for answer in answers if "valid" in answer] == [True]
    published, rolled_back = (answer for answer in answers if "published_at" in answer)
    assert rolled_back["programme"] != published["programme"]
    assert answers[answers.index(published) + 1]["points"] == 9


def test_both_readmes_play_it_with_the_same_commands() -> None:
    english, chinese = (
        re.sub(r"  +# .*", "", script_of(readme)) for readme in ("README.md", "README.zh-CN.md")
    )
    assert chinese == english


def objects_in(text: str) -> Iterator[dict[str, Any]]:
    """Yield the JSON objects in a terminal's output."""
    decoder, place = json.JSONDecoder(), 0
    while (place := text.find("{", place)) >= 0:
        found, place = decoder.raw_decode(text, place)
        yield found
