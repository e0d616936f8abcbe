"""Calls that the emulator turns away are made again; those that the mall refuses are not."""

import httpx
import pytest

from mall import api_client

BUSY_EMULATOR = {"message": "Too Many Requests"}


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[httpx.Response]:
    """What the API will answer, in order; nobody waits."""
    answers: list[httpx.Response] = []
    monkeypatch.setattr(
        httpx.HTTPTransport, "handle_request", lambda _transport, _request: answers.pop(0)
    )
    monkeypatch.setattr("mall.api_client.time.sleep", lambda _seconds: None)
    return answers


def test_a_call_that_is_turned_away_is_made_again(answers: list[httpx.Response]) -> None:
    answers += [httpx.Response(429, json=BUSY_EMULATOR), httpx.Response(200, text="in")]
    with api_client.client("http://api.test") as http:
        assert http.get("/").text == "in"


def test_a_refusal_of_the_malls_own_stands(answers: list[httpx.Response]) -> None:
    problem = {"content-type": "application/problem+json"}
    answers += [httpx.Response(429, headers=problem, text="{}"), httpx.Response(200)]
    with api_client.client("http://api.test") as http:
        assert http.get("/").status_code == 429


def test_who_is_turned_away_every_time_can_read_why(answers: list[httpx.Response]) -> None:
    answers += [httpx.Response(429, json=BUSY_EMULATOR) for _ in range(api_client.TRIES)]
    with api_client.client("http://api.test") as http:
        assert http.get("/").json() == BUSY_EMULATOR
    assert not answers
