import pytest

from loyalty.api import MallApp
from support.http import Http

PATH = "/v1/me/gift"


@pytest.mark.parametrize("offered", ["{}", "W/{}", '"old", {}', "*", ' "a",W/{} '])
def test_who_has_the_answer_already_is_told_so(http: Http, offered: str) -> None:
    first = http.get(PATH, user="lin")
    tag = first.headers["etag"]

    again = http.get(PATH, user="lin", headers={"If-None-Match": offered.format(tag)})

    assert (again.status, again.body) == (304, "")
    assert again.headers["etag"] == tag
    assert "content-type" not in again.headers


@pytest.mark.parametrize("offered", ['"old"', "", "nonsense", '""'])
def test_who_has_another_answer_gets_this_one(http: Http, offered: str) -> None:
    answer = http.get(PATH, user="lin", headers={"If-None-Match": offered})
    assert (answer.status, answer.body["by"]) == (200, "lin")


def test_other_answers_have_other_tags(http: Http) -> None:
    tags = {http.get(PATH, user=user).headers["etag"] for user in ("lin", "wang", "lin")}
    assert len(tags) == 2


def test_a_members_answer_is_kept_by_nobody_else_and_always_asked_for(http: Http) -> None:
    assert http.get(PATH, user="lin").headers["cache-control"] == "private, no-cache"


def test_refusals_have_no_tag_and_are_not_kept(http: Http) -> None:
    refused = http.get(PATH, headers={"If-None-Match": "*"})
    assert refused.status == 403
    assert "etag" not in refused.headers
    assert refused.headers["cache-control"] == "no-store"


def test_who_may_keep_an_answer_may_go_on_keeping_it(app: MallApp) -> None:
    @app.get("/v1/catalog/shared", cache_control="public, max-age=15")
    def shared() -> dict[str, str]:
        return {"a": "b"}

    http = Http(app.resolve)
    first = http.get("/v1/catalog/shared")
    again = http.get("/v1/catalog/shared", headers={"If-None-Match": first.headers["etag"]})

    assert (first.status, again.status) == (200, 304)
    assert first.headers["cache-control"] == again.headers["cache-control"] == "public, max-age=15"
