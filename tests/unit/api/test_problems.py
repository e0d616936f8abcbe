from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from loyalty.api import MallApp
from loyalty.api.problems import STATUSES, TYPE_PREFIX, Circumstance, status_of
from loyalty.api.titles import TITLES_ZH
from loyalty.domain.errors import (
    Busy,
    Conflict,
    InsufficientPoints,
    Invalid,
    LoyaltyError,
    NotAllowedNow,
    NotFound,
)
from loyalty.domain.redemption import Status
from support.http import Http


def kinds(base: type[LoyaltyError]) -> Iterator[type[LoyaltyError]]:
    for kind in base.__subclasses__():
        yield kind
        yield from kinds(kind)


KINDS = sorted(kinds(LoyaltyError), key=lambda kind: kind.slug)


def raising(app: MallApp, error: Exception) -> Http:
    @app.get("/v1/catalog/fall")
    def fall() -> dict[str, str]:
        raise error

    return Http(app.resolve)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_every_error_has_a_status_a_slug_of_its_own_and_titles_in_both_languages(
    kind: type[LoyaltyError],
) -> None:
    assert 400 <= status_of(kind) <= 503
    assert TITLES_ZH[kind.slug]
    assert kind.title.isascii() and kind.title
    assert [other for other in KINDS if other.slug == kind.slug] == [kind]


def test_there_are_no_titles_of_errors_that_are_gone() -> None:
    assert set(TITLES_ZH) == {kind.slug for kind in KINDS}
    assert set(STATUSES) <= set(KINDS)


def test_an_error_takes_the_status_of_the_nearest_class_above_it() -> None:
    class Rarer(InsufficientPoints):
        slug, title = "rarer", "Rarer"

    assert status_of(Rarer) == status_of(InsufficientPoints) == status_of(Conflict) == 409
    assert status_of(NotFound) == 404


def test_a_problem_carries_the_facts_that_decided(app: MallApp) -> None:
    error = InsufficientPoints("520 are needed.", needed=520, available=20, short_by=500)

    answer = raising(app, error).get("/v1/catalog/fall")

    assert answer.status == 409
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.body == {
        "type": TYPE_PREFIX + "insufficient-points",
        "title": "Not enough points",
        "status": 409,
        "detail": "520 are needed.",
        "request_id": "request-1",
        "needed": 520,
        "available": 20,
        "short_by": 500,
    }


def test_facts_of_every_kind_become_json(app: MallApp) -> None:
    facts: dict[str, Any] = {
        "status": Status.CONFIRMED,
        "allowed_actions": [Status.SHIPPED],
        "on": date(2026, 11, 21),
        "at": datetime(2026, 11, 21, 4, tzinfo=UTC),
        "price": Decimal("6.00"),
        "rates": {"CNY": Decimal(1)},
    }

    body = raising(app, NotAllowedNow("Too late.", **facts)).get("/v1/catalog/fall").body

    assert {name: body[name] for name in facts if name != "status"} == {
        "allowed_actions": ["shipped"],
        "on": "2026-11-21",
        "at": "2026-11-21T04:00:00Z",
        "price": "6.00",
        "rates": {"CNY": "1"},
    }


def test_a_fact_named_like_a_member_of_every_problem_stands_beside_it(app: MallApp) -> None:
    error = NotAllowedNow("Too late.", status=Status.COMPLETED, allowed_actions=[])

    body = raising(app, error).get("/v1/catalog/fall").body

    assert (body["status"], body["current_status"]) == (409, "completed")


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en-GB,zh;q=0.5", "en"),
        ("fr, zh;q=0.1", "zh"),
        ("zh;q=0, fr", "en"),
        ("", "en"),
        ("zh;q=x, ;;;", "en"),
    ],
)
def test_titles_are_told_in_the_callers_language(app: MallApp, wanted: str, language: str) -> None:
    answer = raising(app, Busy()).get("/v1/catalog/fall", headers={"Accept-Language": wanted})

    assert answer.headers["content-language"] == language
    assert answer.body["title"] == (TITLES_ZH["busy"] if language == "zh" else Busy.title)
    assert Circumstance("r", wanted).language == language


def test_who_is_asked_for_patience_is_told_how_much(app: MallApp) -> None:
    busy = raising(app, Busy()).get("/v1/catalog/fall")
    assert (busy.status, busy.headers["retry-after"]) == (503, "1")


def test_a_fault_of_ours_tells_nothing_of_the_inside(
    app: MallApp, caplog: pytest.LogCaptureFixture
) -> None:
    answer = raising(app, RuntimeError("table prod-accounts")).get("/v1/catalog/fall")

    assert (answer.status, answer.problem) == (500, "internal-error")
    assert "prod-accounts" not in str(answer.body)
    assert answer.body["request_id"] == "request-1"
    fault = next(record for record in caplog.records if record.message == "fault")
    assert "prod-accounts" in str(fault.exc_info)
    assert vars(fault)["request_id"] == "request-1"


def test_an_answer_that_is_not_what_the_route_promises_is_a_fault_of_ours(http: Http) -> None:
    assert http.get("/v1/catalog/wrong").status == 500


def test_errors_of_one_field_name_it() -> None:
    assert Invalid.at("limit", "Too many.").facts == {
        "errors": [{"field": "limit", "message": "Too many."}]
    }
