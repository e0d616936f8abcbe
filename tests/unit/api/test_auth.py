from typing import Any

import pytest

from loyalty import bootstrap
from loyalty.api.auth import groups_in, is_machine
from support.http import Http, claims_of_person

PERSON = claims_of_person("lin")


def test_the_member_is_the_tokens_subject(http: Http) -> None:
    assert http.get("/v1/me/gift", user="lin").body["by"] == "lin"


def test_without_a_token_nobody_is_a_member(http: Http) -> None:
    refused = http.get("/v1/me/gift")
    assert (refused.status, refused.problem) == (403, "forbidden")


@pytest.mark.parametrize(
    "claims",
    [
        {"sub": "c1", "client_id": "c1", "token_use": "access", "scope": "mall/offsets"},
        {"sub": "u1", "client_id": "c1", "token_use": "access", "scope": "mall/offsets"},
        {"sub": "c1", "azp": "c1"},
        {"sub": "c1@clients", "azp": "c1", "gty": "client-credentials"},
        {"username": "lin"},
        {},
    ],
)
def test_a_machines_token_is_no_member_and_no_operator(http: Http, claims: dict[str, Any]) -> None:
    assert is_machine(claims)
    for path in ("/v1/me/gift", "/v1/admin/read"):
        groups = {"cognito:groups": "[admin]"}
        assert http.get(path, claims={**claims, **groups}).status == 403


@pytest.mark.parametrize(
    "claims", [PERSON, {"sub": "u1", "azp": "app"}, {"sub": "u1", "cognito:username": "lin"}]
)
def test_a_persons_token_of_any_issuer_is_a_member(claims: dict[str, Any]) -> None:
    assert not is_machine(claims)


@pytest.mark.parametrize(
    ("claim", "groups"),
    [
        ("[admin reviewer]", {"admin", "reviewer"}),
        ("[admin]", {"admin"}),
        ("admin,reviewer", {"admin", "reviewer"}),
        (["admin", "reviewer"], {"admin", "reviewer"}),
        ("[]", set()),
        ("", set()),
        (None, set()),
    ],
)
def test_groups_are_read_as_the_gateway_hands_them_over(claim: object, groups: set[str]) -> None:
    assert groups_in(claim) == groups


ROUTES = {
    "read": ("GET", "/v1/admin/read", {"admin", "operator", "reviewer", "auditor"}),
    "review": ("POST", "/v1/admin/review", {"admin", "reviewer"}),
    "rule": ("POST", "/v1/admin/rule", {"admin"}),
}


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("group", ["admin", "operator", "reviewer", "auditor", "Admin", "guest"])
def test_each_role_may_what_it_may_and_no_more(http: Http, route: str, group: str) -> None:
    method, path, admitted = ROUTES[route]

    answer = http.request(method, path, user="someone", groups=[group])

    assert answer.status == (200 if group in admitted else 403)


def test_the_audit_hears_of_the_roles_that_opened_the_door(http: Http) -> None:
    groups = ["reviewer", "auditor", "operator", "guest"]
    assert http.post("/v1/admin/review", user="x", groups=groups).body["by"] == "reviewer"


def test_the_groups_claim_has_the_name_that_the_settings_give(
    http: Http, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GROUPS_CLAIM", "https://shop.example/roles")
    bootstrap.settings.cache_clear()
    claims = {**PERSON, "cognito:groups": "[admin]"}

    assert http.get("/v1/admin/read", claims=claims).status == 403
    claims |= {"https://shop.example/roles": "[auditor]"}
    assert http.get("/v1/admin/read", claims=claims).status == 200


def test_strangers_are_refused_before_what_they_bring_is_looked_at(http: Http) -> None:
    for body in ("{", {"nothing": "right"}):
        refused = http.post("/v1/admin/gifts?x=1", body, user="lin", groups=["auditor"])
        assert (refused.status, refused.problem) == (403, "forbidden")
