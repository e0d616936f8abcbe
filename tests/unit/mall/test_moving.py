"""Files come in line by line and go out again, and what goes out can come in."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from threading import Lock

import httpx
import pytest

from insight.api_handler import lambda_handler as insight
from loyalty import bootstrap
from loyalty.adapters.memory import MemoryMall
from loyalty.domain.account import Account
from loyalty.domain.calendar import NEVER
from loyalty.domain.writes import ChangeAccount
from mall.errors import MallError
from mall.moving.door import Door
from mall.moving.exporting import export_balances, export_entries
from mall.moving.importing import Importing, undo
from mall.moving.sheet import Sheet
from member.api_handler import lambda_handler as member
from support.books import account_of, bring
from support.http import NOTHING, Http
from support.shop import Shop

SOON, LATER = "2026-12-31", "2027-11-30"
HEAD = "member_id,phone,email,source,customer_id,points,expires_on,reference,note\r\n"


def door(*, busy: int = 0, group: str = "admin") -> Door:
    """The front door to a mall in memory, which is busy at first."""
    left, one_at_a_time = [busy], Lock()

    def handle(request: httpx.Request) -> httpx.Response:
        if left[0]:
            left[0] -= 1
            return httpx.Response(503, headers={"retry-after": "0"})
        with one_at_a_time:  # an instance of a function serves one call at a time
            return serve(request)

    def serve(request: httpx.Request) -> httpx.Response:
        function = insight if "/exports/" in request.url.path else member
        answer = Http(function).request(
            request.method,
            request.url.raw_path.decode(),
            user="boss",
            groups=[group],
            headers=dict(request.headers),
            body=request.content or NOTHING,
        )
        return httpx.Response(answer.status, json=answer.body)

    return Door(httpx.Client(base_url="https://api.test", transport=httpx.MockTransport(handle)))


@pytest.fixture(autouse=True)
def mall() -> Iterator[MemoryMall]:
    mall = MemoryMall()
    bootstrap.use(mall)
    yield mall
    bootstrap.use(None)


def sheet(tmp_path: Path, text: str) -> Sheet:
    path = tmp_path / "balances.csv"
    path.write_bytes(text.encode())
    return Sheet(path)


def nothing(_done: int, _more: int = 0) -> None:
    """See nothing."""


def test_a_line_carries_the_number_that_it_begins_at(tmp_path: Path) -> None:
    text = HEAD + 'lin,,,,,1,2027-01-01,,"two\r\nlines"\r\n\r\nwang,,,,,2,2027-01-02,,\r\n'
    first, second = sheet(tmp_path, "\ufeff" + text).lines()
    assert first == {
        "line": 2,
        "member_id": "lin",
        "points": "1",
        "expires_on": "2027-01-01",
        "note": "two\r\nlines",
    }
    assert (second["line"], second["member_id"]) == (5, "wang")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("who,points\r\nlin,1\r\n", "Not known: who"),
        ("member_id\r\nlin\r\n", "must name the columns"),
        ("", "must name the columns"),
        ("points,points\r\n1,2\r\n", "must name the columns"),
        ("member_id,points\r\nlin,1,2\r\n", "Line 2 has 3 fields"),
        ('member_id,points\r\n"lin"x,1\r\n', "no CSV"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(MallError) as refused:
        list(sheet(tmp_path, text).lines())
    assert said in f"{refused.value.message} {refused.value.remedy}"


def test_a_file_that_is_not_utf_8_says_so(tmp_path: Path) -> None:
    path = tmp_path / "balances.csv"
    path.write_bytes(HEAD.encode() + "lin,,,,,1,2027-01-01,,积分\r\n".encode("gb18030"))
    with pytest.raises(MallError, match="not UTF-8"):
        list(Sheet(path).lines())


def test_many_lines_come_in_several_calls_and_the_same_file_adds_nothing(
    tmp_path: Path, mall: MemoryMall
) -> None:
    bring(mall, {NEVER: 1})
    text = HEAD + "".join(f"lin,,,,,2,2027-01-01,R{n},\r\n" for n in range(250))
    source = sheet(tmp_path, text)
    calls: list[int] = []
    work = Importing(door(busy=2), source, source.import_id)
    tried = work.check(calls.append)
    assert (tried.imported, tried.points, calls) == (250, 500, [100, 100, 50])
    assert work.run("We moved.", nothing).points == 500
    again = work.run("We moved.", nothing)
    assert (again.imported, again.already, again.refused) == (0, 250, [])
    assert sum(account_of(mall).lots.values()) == 501

    reports = list(undo(door(), source.import_id, "Wrong."))
    assert [len(report["items"]) for report in reports] == [100, 100, 50]
    assert sum(report["taken_back"] for report in reports) == 500


def test_what_is_refused_is_told_with_its_number(tmp_path: Path, mall: MemoryMall) -> None:
    bring(mall, {NEVER: 1})
    text = HEAD + "lin,,,,,2,2027-01-01,,\r\nnobody,,,,,2,2027-01-01,,\r\n"
    tally = Importing(door(), sheet(tmp_path, text), "a-file").check(nothing)
    assert tally.refused == [(3, "There is no such member.")]


def test_what_the_mall_refuses_as_a_whole_is_said(tmp_path: Path, mall: MemoryMall) -> None:
    assert mall
    text = HEAD + "lin,,,,,2,2027-01-01,,\r\n"
    with pytest.raises(MallError, match="403"):
        Importing(door(group="operator"), sheet(tmp_path, text), "a-file").check(nothing)


def test_exported_balances_come_in_again_lot_by_lot(tmp_path: Path) -> None:
    old, new = MemoryMall(), MemoryMall()
    for number in range(40):
        bring(old, {NEVER: number + 1, old.clock.now().date(): 5}, f"m{number}")
    bring(old, {NEVER: 7}, "=cmd|' /C calc'!A0")
    owes = Account("owes", debt=12)
    old.store.commit([ChangeAccount(Account("owes"), owes)])
    bootstrap.use(old)
    file = io.StringIO(newline="")
    assert export_balances(door(), file, nothing) == 82

    bootstrap.use(new)
    source = sheet(tmp_path, file.getvalue())
    tally = Importing(door(), source, "moved", creates=True).run("Moving.", nothing)

    assert (tally.refused, tally.imported) == ([], 81)
    for member_id in [*(f"m{number}" for number in range(40)), "=cmd|' /C calc'!A0"]:
        assert account_of(new, member_id).lots == account_of(old, member_id).lots
    assert account_of(new, "owes").version == 0


def test_no_cell_of_an_export_is_a_formula(mall: MemoryMall) -> None:
    for text in ("=1+1", "+1", "-1", "@SUM(A1)"):
        bring(mall, {NEVER: 1}, text)
    file = io.StringIO(newline="")
    export_balances(door(), file, nothing)
    rows = list(csv.reader(io.StringIO(file.getvalue(), newline="")))
    assert {row[0][0] for row in rows[1:]} == {"'"}


def test_entries_are_exported_with_signed_numbers_and_their_lots(mall: MemoryMall) -> None:
    shop = Shop(mall)
    shop.pays("A1", 100)
    shop.refunds("A1", 30)
    file = io.StringIO(newline="")
    assert export_entries(door(), file, nothing, {}) == 2
    rows = list(csv.DictReader(io.StringIO(file.getvalue(), newline="")))
    told = {row["kind"]: (row["points"], row["lots"]) for row in rows}
    assert told == {"earn": ("100", f"{LATER}:100"), "claw_back": ("-30", f"{LATER}:-30")}
    assert export_entries(door(), io.StringIO(), nothing, {"to": "2026-11-20T00:00:00Z"}) == 0


def test_a_field_with_commas_quotes_and_line_breaks_survives(
    tmp_path: Path, mall: MemoryMall
) -> None:
    bring(mall, {NEVER: 7}, 'a,"b"\r\nc')
    file = io.StringIO(newline="")
    export_balances(door(), file, nothing)
    (line,) = sheet(tmp_path, file.getvalue()).lines()
    assert line["member_id"] == 'a,"b"\r\nc'
    assert json.dumps(line)
