"""The inbox over HTTP."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from loyalty import bootstrap
from loyalty.adapters.memory import MemoryMall
from loyalty.domain.events import EventName
from notify.api_handler import lambda_handler
from notify.service import tell_member
from support.happenings import NOW, event
from support.http import Http

INBOX = "/v1/me/messages"
http = Http(lambda_handler)


@pytest.fixture
def mall() -> Iterator[MemoryMall]:
    mall = MemoryMall()
    bootstrap.use(mall)
    yield mall
    bootstrap.use(None)


def tell_of_shipments(mall: MemoryMall, many: int) -> None:
    shipped = event(EventName.REDEMPTION_SHIPPED)
    for n in range(many):
        at = NOW + timedelta(minutes=n)
        facts = {**shipped.facts, "redemption_id": f"rdm_{n}"}
        tell_member(mall, replace(shipped, event_id=f"e{n}", recorded_at=at, facts=facts))


def test_an_empty_inbox_is_an_empty_list(mall: MemoryMall) -> None:  # noqa: ARG001
    answer = http.get(INBOX, user="lin")
    assert (answer.status, answer.body) == (200, {"items": [], "next_cursor": None})


def test_a_message_shows_what_happened_and_what_it_is_about(mall: MemoryMall) -> None:
    tell_of_shipments(mall, 1)
    (message,) = http.get(INBOX, user="lin").body["items"]
    assert set(message) == {"message_id", "event", "title", "body", "reference", "created_at"}
    assert message["message_id"].startswith("msg_")
    assert message["event"] == "RedemptionShipped"
    assert message["title"] == "您的礼品已发货"
    assert "SF1234567890" in message["body"]
    assert message["reference"] == "rdm_0"
    assert message["created_at"] == "2026-11-21T08:30:00Z"


@pytest.mark.parametrize(
    ("wanted", "title"),
    [
        ("en", "Your order is on its way"),
        ("en-GB,zh;q=0.5", "Your order is on its way"),
        ("zh-CN", "您的礼品已发货"),
        ("fr", "您的礼品已发货"),
    ],
)
def test_messages_are_read_in_the_language_asked_for(
    mall: MemoryMall, wanted: str, title: str
) -> None:
    tell_of_shipments(mall, 1)
    answer = http.get(INBOX, user="lin", headers={"Accept-Language": wanted})
    assert answer.body["items"][0]["title"] == title


def test_the_newest_message_comes_first_and_the_cursor_goes_on(mall: MemoryMall) -> None:
    tell_of_shipments(mall, 5)
    seen, cursor = [], ""
    for _ in range(3):
        part = http.get(f"{INBOX}?limit=2&cursor={cursor}", user="lin").body
        seen.append([message["reference"] for message in part["items"]])
        cursor = part["next_cursor"]
    assert seen == [["rdm_4", "rdm_3"], ["rdm_2", "rdm_1"], ["rdm_0"]]
    assert cursor is None


def test_nobody_reads_another_members_inbox(mall: MemoryMall) -> None:
    tell_of_shipments(mall, 3)
    assert http.get(INBOX, user="wang").body["items"] == []
    cursor = http.get(f"{INBOX}?limit=1", user="lin").body["next_cursor"]
    stolen = http.get(f"{INBOX}?cursor={cursor}", user="wang")
    assert (stolen.status, stolen.problem) == (422, "invalid")


def test_unknown_parameters_and_machines_are_refused(mall: MemoryMall) -> None:  # noqa: ARG001
    assert http.get(f"{INBOX}?unread=true", user="lin").problem == "invalid"
    machine = {"sub": "client", "client_id": "client", "token_use": "access"}
    assert http.get(INBOX, claims=machine).problem == "forbidden"


def test_there_is_nothing_below_the_inbox(mall: MemoryMall) -> None:  # noqa: ARG001
    assert http.get(f"{INBOX}/msg_1", user="lin").problem == "not-found"
