import io
import json
from typing import Any
from uuid import uuid4

import pytest
from pydantic import BaseModel, ValidationError

from loyalty.observability import HIDDEN, make_logger, scrubbed


class Form(BaseModel):
    email: int


def log(message: str, **extra: Any) -> str:
    stream = io.StringIO()
    # Loggers of one name share the first one's stream.
    make_logger(stream, str(uuid4())).info(message, **extra)
    return stream.getvalue()


@pytest.mark.parametrize(
    "personal",
    [
        "lin@example.com",
        "lin.x+mall@mail.example.co.uk",
        "+8613800138000",
        "+44 20 7946 0958",
        "13800138000",
        "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJsaW4ifQ.c2lnbmF0dXJl",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    ],
)
def test_what_belongs_to_a_person_never_reaches_the_log(personal: str) -> None:
    for line in (
        log(f"sent to {personal}, again"),
        log("sent", note=personal, inside={"list": [personal]}),
    ):
        assert personal not in line
        assert HIDDEN in line


@pytest.mark.parametrize("name", ["phone", "email", "code", "codes", "token", "task_token"])
def test_what_is_named_like_a_secret_is_hidden_whatever_it_is(name: str) -> None:
    assert scrubbed({name: "ABC-123", "points": 5}) == {name: HIDDEN, "points": 5}
    assert "ABC-123" not in log("sent", inside=[{name: ["ABC-123"]}])


@pytest.mark.parametrize(
    "harmless",
    [
        "order:standard:A100/paid",
        "2026-11-21T04:00:00.123456Z",
        "1763712345678",
        "2611211234567890",
        "rdm_13800138000aaaaaaaaaaaaaaa",
        "arn:aws:sqs:us-east-1:123456789012:queue",
        "9f1c3a4e-13f0-4d0c-9a51-0a1b2c3d4e5f",
    ],
)
def test_ids_instants_and_numbers_stay_readable(harmless: str) -> None:
    assert scrubbed(harmless) == harmless


def test_a_trace_is_scrubbed_too() -> None:
    stream = io.StringIO()
    try:
        Form.model_validate({"email": "lin@example.com"})
    except ValidationError:
        make_logger(stream, str(uuid4())).exception("fault")

    assert "ValidationError" in stream.getvalue()
    assert "lin@example.com" not in stream.getvalue()


def test_a_line_is_one_json_object() -> None:
    line = log("call", status=200, odd={1, 2}, other=object())

    assert line.count("\n") == 1
    assert json.loads(line)["status"] == 200
