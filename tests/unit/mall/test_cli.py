from pathlib import Path

import pytest
from typer.testing import CliRunner

from mall import processes
from mall.cli import app
from mall.commands import people
from unit.mall.examples import a_stack

run = CliRunner().invoke


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MALL_STATE", str(tmp_path))
    return tmp_path


def test_without_a_command_the_commands_are_listed() -> None:
    answer = run(app, [])
    for command in ("up", "down", "status", "token", "clock", "sweep", "mails", "logs", "demo"):
        assert f" {command} " in answer.output


@pytest.mark.parametrize(
    "command", [["token", "lin"], ["clock"], ["clock", "reset"], ["sweep"], ["mails"], ["demo"]]
)
def test_before_the_first_up_every_command_says_how_to_begin(command: list[str]) -> None:
    answer = run(app, command)
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert "make up" in answer.stderr


def test_a_token_is_all_that_is_printed(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_stack().write(state / "stack.json")
    monkeypatch.setattr(people, "access_token", lambda _, user: f"token of {user}")
    answer = run(app, ["token", "lin"])
    assert (answer.exit_code, answer.stdout) == (0, "token of lin\n")


def test_who_is_not_known_gets_the_names_that_are(state: Path) -> None:
    a_stack().write(state / "stack.json")
    answer = run(app, ["token", "nobody"])
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert "There are: lin" in answer.stderr


def test_the_clock_of_a_stage_with_real_members_is_refused(state: Path) -> None:
    a_stack("prod").write(state / "stack.json")
    answer = run(app, ["clock", "set", "2027-01-01"])
    assert answer.exit_code == 1
    assert "does not travel" in answer.stderr


def test_down_says_when_nothing_ran_and_forgets_on_request(state: Path) -> None:
    a_stack().write(state / "stack.json")
    assert "was not running" in run(app, ["down"]).output
    assert (state / "stack.json").exists()
    run(app, ["down", "--wipe"])
    assert not state.exists()


def test_status_fails_where_nothing_runs() -> None:
    answer = run(app, ["status"])
    assert answer.exit_code == 1
    assert "make up" in answer.output


def test_a_function_may_be_named_by_a_part_that_fits_one_only(state: Path) -> None:
    a_stack().write(state / "stack.json")
    for name in ("nothing", "Function"):
        answer = run(app, ["logs", name])
        assert answer.exit_code == 1
        assert "WebhookFunction" in answer.stderr


def test_up_on_a_taken_port_names_another_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mall.emulator.port_is_taken", lambda _: True)
    monkeypatch.setattr("mall.emulator.holder_of", lambda _: "process 7, nginx")
    monkeypatch.setenv("MALL_PORT", "4999")
    answer = run(app, ["up"])
    assert answer.exit_code == 1
    assert "Port 4999 is taken by process 7, nginx." in answer.stderr
    assert "MALL_PORT" in answer.stderr


def test_nobody_is_suspected_of_holding_a_free_port() -> None:
    assert processes.holder_of(1) == "a process that this user may not see"
