"""Where calls come from: told apart by digests, never kept in plain words."""

from collections.abc import Mapping

import pytest

from loyalty import bootstrap
from loyalty.adapters.memory import MemoryMall
from loyalty.api import MallApp
from loyalty.api.auth import CurrentMember
from loyalty.api.schema import Schema
from loyalty.domain.origin import Origin, origin_in, without_origin
from support.http import Http, claims_of_person, event

PHONE = "a-phone-in-shanghai"


class Seen(Schema):
    ip: str | None
    device: str | None


@pytest.fixture
def http(app: MallApp) -> Http:
    @app.get("/v1/me/origin")
    def show_origin(caller: CurrentMember) -> Seen:
        return Seen(ip=caller.origin.ip, device=caller.origin.device)

    return Http(app.resolve)


def origin(http: Http, headers: Mapping[str, str] | None = None) -> Origin:
    body = http.get("/v1/me/origin", user="lin", headers=headers).body
    return Origin(body["ip"], body["device"])


def test_the_same_place_has_the_same_digest_and_another_has_another(http: Http) -> None:
    first, again = (origin(http, {"X-Device-Id": PHONE}) for _ in range(2))
    other = origin(http, {"X-Device-Id": PHONE + "-2"})

    assert first == again
    assert first.device and other.device and first.device != other.device
    assert first.ip == other.ip


def test_no_digest_tells_the_place(http: Http, mall: MemoryMall) -> None:
    seen = origin(http, {"X-Device-Id": PHONE})
    assert "192.0.2.1" not in str(seen) and PHONE not in str(seen)

    mall.secrets.key = b"another mall's key"
    elsewhere = origin(http, {"X-Device-Id": PHONE})
    assert elsewhere.ip != seen.ip and elsewhere.device != seen.device


@pytest.mark.parametrize("device", [None, "", "1234567", "x" * 65])
def test_a_device_that_is_not_named_well_is_none(http: Http, device: str | None) -> None:
    assert origin(http, {} if device is None else {"X-Device-Id": device}).device is None


@pytest.mark.parametrize(
    ("proxies", "forwarded", "same_as"),
    [
        (0, "198.51.100.7, 203.0.113.5", ""),
        (1, "198.51.100.7, 203.0.113.5", "203.0.113.5"),
        (1, "198.51.100.7, 203.0.113.5, 192.0.2.1", "203.0.113.5"),
        (1, "192.0.2.1", ""),
        (1, "", ""),
    ],
)
def test_the_address_is_what_our_outermost_proxy_saw(
    http: Http, monkeypatch: pytest.MonkeyPatch, proxies: int, forwarded: str, same_as: str
) -> None:
    plain = origin(http)
    monkeypatch.setenv("PROXIES_IN_FRONT", "1")
    bootstrap.settings.cache_clear()
    wanted = origin(http, {"X-Forwarded-For": same_as}) if same_as else plain
    monkeypatch.setenv("PROXIES_IN_FRONT", str(proxies))
    bootstrap.settings.cache_clear()

    assert origin(http, {"X-Forwarded-For": forwarded}).ip == wanted.ip
    assert (wanted.ip == plain.ip) is (not same_as)


def test_the_key_is_asked_for_only_where_the_origin_is_used(
    http: Http, mall: MemoryMall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mall, "secrets", None)

    assert http.get("/v1/me/gift", user="lin", headers={"X-Device-Id": PHONE}).status == 200


def test_a_request_without_an_address_comes_from_nowhere(http: Http) -> None:
    bare = event("GET", "/v1/me/origin", claims=claims_of_person("lin"))
    del bare["requestContext"]["http"]["sourceIp"]
    assert http.handler(bare, None)["body"] == '{"ip":null,"device":null}'


def test_an_explanation_keeps_what_was_told_and_members_do_not_read_it() -> None:
    seen = Origin(ip="5f0c", device=None)
    kept = {"item_id": "i1", **seen.facts}

    assert origin_in(kept) == seen
    assert without_origin(kept) == {"item_id": "i1"}
    assert Origin().facts == {} and origin_in({"item_id": "i1"}) == Origin()
