import pytest

from loyalty.adapters.memory import MemoryMall
from support.catalogue import Operations, item_form
from support.http import Answer, Http

READS = ["", "/{item}"]
CHANGES = [
    ("POST", "", item_form()),
    ("PATCH", "/{item}", {"points": 5}),
    ("PUT", "/{item}", {"points": 5}),
    ("POST", "/{item}/shelf", {"status": "off_shelf"}),
    ("POST", "/{item}/stock", {"delta": 5, "reason": "delivery"}),
    ("POST", "/{item}/codes", {"codes": ["A"]}),
    ("POST", "/{item}/pictures", {"content_type": "image/png"}),
]


@pytest.fixture
def item(operations: Operations) -> str:
    return str(operations.create(kind="virtual")["item_id"])


@pytest.mark.parametrize("role", ["auditor", "reviewer", "operator", "admin"])
@pytest.mark.parametrize("path", READS)
def test_every_role_reads_items(http: Http, item: str, role: str, path: str) -> None:
    answer = http.get(f"/v1/admin/items{path.format(item=item)}", user="someone", groups=[role])
    assert answer.status == 200


@pytest.mark.parametrize("groups", [(), ("customers",)])
@pytest.mark.parametrize("path", READS)
def test_nobody_else_reads_them(http: Http, item: str, groups: tuple[str, ...], path: str) -> None:
    answer = http.get(f"/v1/admin/items{path.format(item=item)}", user="lin", groups=groups)
    assert (answer.status, answer.problem) == (403, "forbidden")


@pytest.mark.parametrize("role", ["operator", "admin"])
@pytest.mark.parametrize(("method", "path", "body"), CHANGES)
def test_operators_and_admins_change_items(
    http: Http, item: str, role: str, method: str, path: str, body: object
) -> None:
    answer = _ask(http, method, path.format(item=item), body, role)
    assert answer.status in {200, 201}, answer.body


@pytest.mark.parametrize("role", ["auditor", "reviewer", "customers"])
@pytest.mark.parametrize(("method", "path", "body"), CHANGES)
def test_nobody_else_changes_them(
    http: Http, mall: MemoryMall, item: str, role: str, method: str, path: str, body: object
) -> None:
    answer = _ask(http, method, path.format(item=item), body, role)
    assert (answer.status, answer.problem) == (403, "forbidden")
    assert len(mall.audit) == 1


def _ask(http: Http, method: str, path: str, body: object, role: str) -> Answer:
    return http.request(
        method,
        f"/v1/admin/items{path}",
        body=body,
        user="someone",
        groups=[role],
        key="a-key-of-theirs" if method == "POST" else None,
    )
