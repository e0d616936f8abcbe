"""A file comes in through the front door of the running mall, and goes out again."""

import csv
from pathlib import Path

import pytest
from typer.testing import CliRunner

from loyalty.adapters.dynamodb.keys.accounts import account_key
from mall.cli import app
from mall.places import Places
from stack import LocalStack
from support.visits import balance, member_with

pytestmark = pytest.mark.stack

HEAD = "member_id,points,expires_on,reference\r\n"


@pytest.fixture
def mall(stack: LocalStack, places: Places, monkeypatch: pytest.MonkeyPatch) -> LocalStack:
    """The stack, where the command line finds it."""
    monkeypatch.setenv("MALL_STATE", str(places.state))
    monkeypatch.setenv("COLUMNS", "200")
    return stack


def run(*words: object) -> tuple[int, str]:
    answer = CliRunner().invoke(app, [str(word) for word in words])
    return answer.exit_code, answer.output


def test_a_file_is_tried_imported_sent_again_and_taken_back(
    mall: LocalStack, tmp_path: Path
) -> None:
    name = mall.new_member()
    member_id, before = mall.member_id(name), balance(mall, name)
    file = tmp_path / "old.csv"
    lots = [(f"2031-{month:02}-{day:02}", 7) for month in range(1, 13) for day in range(1, 13)]
    rows = "".join(f"{member_id},{points},{day},R-{day}\r\n" for day, points in lots)
    file.write_text(HEAD + rows + "nobody,5,2031-01-01,\r\n", newline="")

    code, said = run("import", file, "--dry-run")
    assert (code, "144 lines would be imported" in said) == (1, True), said
    assert "146" in said and "There is no such member." in said
    code, said = run("import", file)
    assert (code, "Nothing was imported." in said) == (1, True), said
    assert balance(mall, name) == before

    code, said = run("import", file, "--skip-errors", "--reason", "We moved.")
    assert (code, "144 lines imported" in said) == (0, True), said
    code, said = run("import", file, "--skip-errors", "--reason", "We moved.")
    assert (code, "144 were before" in said) == (0, True), said
    stands = balance(mall, name)
    assert stands["available"] == before["available"] + 144 * 7
    has = {lot["expires_on"]: lot["points"] for lot in stands["lots"]}
    assert {day: has[day] for day, _ in lots} == dict(lots)

    out = tmp_path / "balances.csv"
    assert run("export", "balances", out)[0] == 0
    with out.open(encoding="utf-8", newline="") as sheet:
        mine = [row for row in csv.DictReader(sheet) if row["member_id"] == member_id]
    assert {row["expires_on"]: int(row["points"]) for row in mine} == has
    entries = tmp_path / "entries.csv"
    assert run("export", "entries", entries)[0] == 0
    with entries.open(encoding="utf-8", newline="") as sheet:
        kinds = [row["kind"] for row in csv.DictReader(sheet) if row["member_id"] == member_id]
    assert kinds.count("import") == 144

    import_id = entry_of(mall, name)["explanation"]["import_id"]
    code, said = run("import", "--undo", import_id, "--reason", "The wrong file.")
    assert (code, "1,008 points taken back" in said) == (0, True), said
    assert balance(mall, name) == before
    assert run("import", file, "--skip-errors")[0] == 1
    path = f"/v1/admin/members/{member_id}/reconciliation"
    assert mall.http("auditor").get(path).json()["is_equal"]


def entry_of(mall: LocalStack, name: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = (
        mall.http(name).get("/v1/me/points/entries").json()["items"][0]
    )
    return found


def test_accounts_that_something_has_written_to_are_rebuilt_all_at_once(mall: LocalStack) -> None:
    names = [member_with(mall, 100) for _ in range(2)]
    for name in names:
        mall.aws.dynamodb.update_item(
            TableName=mall.facts.tables["AccountsTable"],
            Key=account_key(mall.member_id(name)),
            UpdateExpression="SET held = :n",
            ExpressionAttributeValues={":n": {"N": "999"}},
        )
    code, said = run("reconcile")
    assert (code, "2 of " in said) == (1, True), said
    code, said = run("reconcile", "--rebuild", "A script wrote there.")
    assert (code, "2 accounts were rebuilt" in said) == (0, True), said
    assert run("reconcile")[0] == 0
    assert [balance(mall, name)["held"] for name in names] == [0, 0]
