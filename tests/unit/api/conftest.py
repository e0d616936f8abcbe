"""An application of a few routes, that has everything an HTTP function may have."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from loyalty import bootstrap
from loyalty.adapters.memory import MemoryMall
from loyalty.api import MallApp, create_app
from loyalty.api.auth import Admin, CurrentMember, Operator, Reader, Reviewer
from loyalty.api.idempotency import IdempotencyKey
from loyalty.api.pagination import Paging
from loyalty.api.schema import Instant, PointsAsked, Reason, Schema
from loyalty.ports import Page
from support.http import Http


class Gift(Schema):
    points: PointsAsked
    reason: Reason
    on: date | None = None


class Given(Schema):
    by: str
    points: int = 0
    key: str = ""
    at: Instant | None = None


class Numbers(Schema):
    items: list[int]
    next_cursor: str | None


@pytest.fixture(autouse=True)
def mall(monkeypatch: pytest.MonkeyPatch) -> Iterator[MemoryMall]:
    monkeypatch.setenv("STAGE", "test")
    bootstrap.settings.cache_clear()
    mall = MemoryMall()
    bootstrap.use(mall)
    yield mall
    bootstrap.use(None)
    bootstrap.settings.cache_clear()


@pytest.fixture
def app() -> MallApp:
    app = create_app("gifts", body_limit=1_000)

    @app.get("/v1/catalog/numbers")
    def list_numbers(paging: Paging, odd: bool = False) -> Numbers:
        step = 2 if odd else 1
        first = int((paging.position or {"first": "0"})["first"])
        last = first + paging.limit * step
        page = Page(range(first, last, step), {"first": str(last)} if last < 10 else None)
        return Numbers(items=list(page.items), next_cursor=paging.cursor_after(page))

    @app.get("/v1/me/numbers/<name>")
    def list_mine(name: str, caller: CurrentMember, paging: Paging) -> Numbers:
        page = Page([len(caller.subject + name)], {"first": "1"})
        return Numbers(items=list(page.items), next_cursor=paging.cursor_after(page))

    @app.get("/v1/me/gift")
    def show_mine(caller: CurrentMember) -> Given:
        return Given(by=caller.subject)

    @app.post("/v1/admin/gifts", status_code=201)
    def give(body: Gift, caller: Operator, key: IdempotencyKey) -> Given:
        return Given(by=caller.operator.role, points=body.points, key=key)

    @app.get("/v1/admin/read")
    def read(caller: Reader) -> Given:
        return Given(by=caller.operator.role)

    @app.post("/v1/admin/review")
    def review(caller: Reviewer) -> Given:
        return Given(by=caller.operator.role)

    @app.post("/v1/admin/rule")
    def rule(caller: Admin) -> Given:
        return Given(by=caller.operator.role)

    @app.get("/v1/catalog/wrong")
    def answer_wrongly() -> Given:
        wrong: Any = {"nothing": "of the kind"}
        return wrong  # type: ignore[no-any-return] # that is the point

    return app


@pytest.fixture
def http(app: MallApp) -> Http:
    return Http(app.resolve)
