import base64
import json

import pytest

from loyalty.api import create_app
from support.http import Answer, Http

GIFT = {"points": 5, "reason": "birthday"}


def give(http: Http, body: object, key: str | None = "key-00001", **about: object) -> Answer:
    about = {"user": "o1", "groups": ["operator"], "key": key, **about}
    return http.post("/v1/admin/gifts", body, **about)


def fields(answer: Answer) -> set[str]:
    assert (answer.status, answer.problem) == (422, "invalid")
    return {error["field"] for error in answer.body["errors"]}


def test_a_good_request_is_answered_as_the_route_says(http: Http) -> None:
    given = give(http, GIFT)

    assert given.status == 201
    assert given.body == {"by": "operator", "points": 5, "key": "key-00001", "at": None}
    assert given.headers["cache-control"] == "no-store"


def test_every_wrong_field_is_named_at_once(http: Http) -> None:
    assert fields(give(http, {"points": 0, "on": "soon", "colour": "red"})) == {
        "points",
        "reason",
        "on",
        "colour",
    }


@pytest.mark.parametrize("body", [[], "5", "null", "", "true"])
def test_a_body_that_is_no_object_is_refused(http: Http, body: object) -> None:
    assert fields(give(http, body)) == {"body"}


@pytest.mark.parametrize("points", ["5", 5.5, True, None, 10**12, -1])
def test_points_are_whole_numbers_that_make_sense(http: Http, points: object) -> None:
    assert fields(give(http, {**GIFT, "points": points})) == {"points"}


@pytest.mark.parametrize(
    "body",
    ["{", "{'points': 5}", '{"points": NaN}', '{"points": 1} {}', "[" * 900, b"\xff\xfe{}"],
)
def test_what_is_no_json_is_malformed(http: Http, body: str | bytes) -> None:
    refused = give(http, body)
    assert (refused.status, refused.problem) == (400, "malformed")


def test_a_number_of_a_thousand_digits_does_no_harm(http: Http) -> None:
    assert give(http, '{"points": 1' + "0" * 900 + "}").status in {400, 422}


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_a_body_that_calls_itself_something_else_is_malformed(http: Http, kind: str) -> None:
    refused = give(http, json.dumps(GIFT), headers={"Content-Type": kind})
    assert (refused.status, refused.problem) == (400, "malformed")


def test_json_may_come_with_a_charset_or_unnamed_or_in_base64(http: Http) -> None:
    for kind in ("application/json; charset=utf-8", "Application/JSON", ""):
        assert give(http, GIFT, headers={"Content-Type": kind}).status == 201
    assert give(http, json.dumps(GIFT).encode()).status == 201
    assert give(http, base64.b64encode(b"{}")).status == 400


def test_a_large_body_is_refused_with_the_limit(http: Http) -> None:
    refused = give(http, {**GIFT, "reason": "x" * 1_000})
    assert (refused.status, refused.problem) == (413, "too-large")
    assert refused.body["limit_bytes"] == 1_000


def test_an_act_needs_a_key(http: Http) -> None:
    for key in (None, "", "  "):
        refused = give(http, GIFT, key=key)
        assert (refused.status, refused.problem) == (400, "idempotency-key-missing")


def test_a_key_has_8_to_64_characters(http: Http) -> None:
    for key in ("1234567", "x" * 65):
        assert fields(give(http, GIFT, key=key)) == {"Idempotency-Key"}
    for key in ("12345678", "x" * 64, "a,b,c,d,e"):
        assert give(http, GIFT, key=key).body["key"] == key


def test_a_query_parameter_that_nobody_knows_is_refused_and_not_ignored(http: Http) -> None:
    refused = http.get("/v1/catalog/numbers?limt=5&odd=true&page=2")
    assert fields(refused) == {"limt", "page"}


def test_webhooks_may_bring_query_parameters_of_their_own() -> None:
    app = create_app("hooks", refuses_unknown=False)

    @app.post("/v1/webhooks/<source>")
    def take(source: str) -> dict[str, str]:
        return {"source": source}

    assert Http(app.resolve).post("/v1/webhooks/shop?hmac=x", "raw").body == {"source": "shop"}


def test_nothing_stands_at_an_unknown_path(http: Http) -> None:
    for path in ("/", "/v1/nowhere?x=1", "/v1/admin/gifts/", "/v1/me/numbers/a/b"):
        missing = http.get(path)
        assert (missing.status, missing.problem) == (404, "not-found")


def test_a_name_in_the_path_that_is_longer_than_any_is_not_found(http: Http) -> None:
    assert http.get(f"/v1/me/numbers/{'x' * 200}", user="lin").status == 200
    missing = http.get(f"/v1/me/numbers/{'x' * 201}", user="lin")
    assert (missing.status, missing.problem) == (404, "not-found")


def test_half_a_character_is_no_text(http: Http) -> None:
    assert fields(give(http, '{"points": 5, "reason": "\\ud800"}')) == {"reason"}


def test_a_known_path_tells_which_methods_it_knows(http: Http) -> None:
    refused = http.request("DELETE", "/v1/me/numbers/a")

    assert (refused.status, refused.problem) == (405, "method-not-allowed")
    assert refused.headers["allow"] == "GET"
    assert refused.body["allowed_methods"] == ["GET"]
