"""The review's state machine fits its task function and the template."""

import json
import re
from pathlib import Path
from typing import Any

from mall.template import load_template
from redeem import task_handler

ROOT = Path(__file__).resolve().parents[2]
PROPERTIES = load_template(ROOT / "template.yaml")["Resources"]["ReviewStateMachine"]["Properties"]


def definition() -> dict[str, Any]:
    text = (ROOT / PROPERTIES["DefinitionUri"]).read_text()
    values = dict.fromkeys(PROPERTIES["DefinitionSubstitutions"], "1")
    parsed: dict[str, Any] = json.loads(re.sub(r"\$\{(\w+)\}", lambda m: values[m[1]], text))
    return parsed


STATES: dict[str, dict[str, Any]] = definition()["States"]


def successors(state: dict[str, Any]) -> set[str]:
    ways = [state, *state.get("Choices", []), *state.get("Catch", [])]
    return {way[key] for way in ways for key in ("Next", "Default") if key in way}


def test_every_state_leads_somewhere_and_is_reached() -> None:
    reached = {definition()["StartAt"]}.union(*map(successors, STATES.values()))
    assert reached == set(STATES)
    for state in STATES.values():
        assert successors(state) or state.get("End") or state["Type"] == "Fail"


def test_every_task_is_one_that_the_function_knows_and_back() -> None:
    payloads = [state["Arguments"]["Payload"] for state in STATES.values() if "Arguments" in state]
    assert {payload["task"] for payload in payloads} == set(task_handler.TASKS)


def test_every_task_is_tried_again_and_then_left_to_the_sweep() -> None:
    for state in STATES.values():
        if state["Type"] == "Task":
            assert state["Retry"][-1]["ErrorEquals"] == ["States.ALL"]
            assert state["Catch"][-1] == {"ErrorEquals": ["States.ALL"], "Next": "LeaveToSweep"}


def test_only_the_wait_for_a_person_is_told_the_token() -> None:
    told = [name for name, state in STATES.items() if "Task.Token" in json.dumps(state)]
    assert told == ["AwaitPerson"]
    assert PROPERTIES["Logging"]["IncludeExecutionData"] is False
