import base64

import pytest

from loyalty.adapters.memory import MemoryMall
from loyalty.api.pagination import decode_cursor, encode_cursor
from loyalty.domain.errors import Invalid
from support.http import Http

PATH = "/v1/catalog/numbers"


def test_a_list_is_read_to_its_end_part_by_part(http: Http) -> None:
    seen, cursor = [], ""
    while cursor is not None:
        part = http.get(f"{PATH}?limit=3" + (f"&cursor={cursor}" if cursor else "")).body
        seen += part["items"]
        cursor = part["next_cursor"]

    assert seen == list(range(12))


def test_twenty_are_the_usual_part(http: Http) -> None:
    assert len(http.get(PATH).body["items"]) == 20


@pytest.mark.parametrize("limit", ["1", "100"])
def test_limits_from_1_to_100_are_good(http: Http, limit: str) -> None:
    assert len(http.get(f"{PATH}?limit={limit}").body["items"]) == int(limit)


@pytest.mark.parametrize("limit", ["0", "101", "-1", "1.5", "", "x", "1e1", "%D9%A1", "1,2", "+5"])
def test_other_limits_are_not(http: Http, limit: str) -> None:
    refused = http.get(f"{PATH}?limit={limit}")
    assert (refused.status, refused.body["errors"][0]["field"]) == (422, "limit")


def test_a_cursor_that_was_tampered_with_is_refused(http: Http) -> None:
    cursor = http.get(f"{PATH}?limit=3").body["next_cursor"]
    signed = bytearray(base64.urlsafe_b64decode(cursor + "=="))
    for place in (0, 15, 16, len(signed) - 1):
        changed = bytearray(signed)
        changed[place] ^= 1
        other = base64.urlsafe_b64encode(changed).decode().rstrip("=")
        assert http.get(f"{PATH}?cursor={other}").status == 422, place


@pytest.mark.parametrize("cursor", ["x", "%20", "é", "AAAA", "=====", "e30", "a" * 3000])
def test_what_never_was_a_cursor_is_refused(http: Http, cursor: str) -> None:
    refused = http.get(f"{PATH}?cursor={cursor}")
    assert (refused.status, refused.body["errors"][0]["field"]) == (422, "cursor")


def test_an_empty_cursor_is_the_beginning(http: Http) -> None:
    assert http.get(f"{PATH}?cursor=&limit=1").body["items"] == [0]


def test_a_cursor_belongs_to_its_list_and_its_reader(http: Http) -> None:
    cursor = http.get("/v1/me/numbers/a", user="lin").body["next_cursor"]

    assert http.get(f"/v1/me/numbers/a?cursor={cursor}", user="lin").status == 200
    assert http.get(f"/v1/me/numbers/b?cursor={cursor}", user="lin").status == 422
    assert http.get(f"/v1/me/numbers/a?cursor={cursor}", user="wang").status == 422


def test_a_new_key_ends_the_life_of_cursors(mall: MemoryMall) -> None:
    cursor = encode_cursor({"a": "b"}, "scope")
    assert decode_cursor(cursor, "scope") == {"a": "b"}

    mall.secrets.key = b"another"
    with pytest.raises(Invalid):
        decode_cursor(cursor, "scope")
