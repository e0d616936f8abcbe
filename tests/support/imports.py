"""Imports over HTTP, as an admin sends them."""

from collections.abc import Callable
from datetime import date
from typing import Any

from support.http import Answer, Http

IMPORTS = "/v1/admin/imports"
DAY, LATER = date(2027, 3, 15), date(2028, 1, 2)
WHO: dict[str, Any] = {"user": "boss", "groups": ["admin"]}

Arrange = Callable[[Callable[[], object]], None]


def line(number: int, points: object = 100, day: object = str(DAY), **who: str) -> dict[str, Any]:
    named = who or {"member_id": "lin"}
    return {"line": number, "points": points, "expires_on": day, **named}


def opened(http: Http, import_id: str = "old") -> None:
    """Open an import."""
    body = {"import_id": import_id, "reason": "We moved."}
    assert http.post(IMPORTS, body, key=f"open-{import_id}", **WHO).status == 201


def send(http: Http, *lines: object, key: str = "key-00001", **more: Any) -> Answer:
    """Send lines to be booked."""
    return http.post(f"{IMPORTS}/old/lines", {"lines": list(lines), **more}, key=key, **WHO)


def check(http: Http, *lines: object, **more: Any) -> Any:
    """Send lines to be tried."""
    body = {"import_id": "old", "lines": list(lines), **more}
    answer = http.post(f"{IMPORTS}/check", body, **WHO)
    assert answer.status == 200, answer.body
    return answer.body


def undo(http: Http, key: str = "undo-0001", **more: Any) -> Any:
    """Take the import back."""
    answer = http.post(f"{IMPORTS}/old/undo", {"reason": "Wrong.", **more}, key=key, **WHO)
    assert answer.status == 200, answer.body
    return answer.body


def became(body: Any) -> dict[int, str]:
    """Return what became of each line."""
    return {one["line"]: one["became"] for one in body["results"]}


def spend(http: Http, points: int) -> None:
    """Let lin have spent some points."""
    made = http.post(
        "/v1/admin/members/lin/adjustments",
        {"points": -points, "reason": "A gift."},
        user="o-1",
        groups=["operator"],
        key="spend-0001",
    )
    assert made.status == 201
