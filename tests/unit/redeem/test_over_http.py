from collections.abc import Iterator

import pytest

from loyalty import bootstrap
from loyalty.adapters.memory import MemoryMall
from loyalty.domain.account import Kind
from loyalty.domain.origin import origin_in
from member.schemas import EntryView
from redeem.api_handler import lambda_handler
from redeem.schemas import QuoteView
from support.http import Http

redeem = Http(lambda_handler)


@pytest.fixture(autouse=True)
def in_use(mall: MemoryMall) -> Iterator[None]:
    bootstrap.use(mall)
    yield
    bootstrap.use(None)


def test_a_changed_price_is_told_as_the_quote_that_would_be_asked_for() -> None:
    order = {"item_id": "itm_tea", "quantity": 2, "option": "points"}
    refused = redeem.post(
        "/v1/redemptions", {**order, "expected_points": 18}, user="lin", key="key-of-lin-1"
    )

    assert refused.problem == "quote-changed"
    quote = redeem.post("/v1/redemptions/quotes", order, user="lin").body
    told = QuoteView.model_validate(refused.body["quote"])
    assert (told.points, told.lines[0].points) == (quote["points"], quote["lines"][0]["points"])
    assert told.eligible


def test_too_few_points_say_how_to_get_more() -> None:
    order = {"item_id": "itm_tea", "quantity": 1, "option": "points"}
    refused = redeem.post("/v1/redemptions", order, user="nobody-yet", key="key-of-nobody")

    assert refused.problem == "insufficient-points"
    facts = ("needed", "available", "short_by")
    assert tuple(refused.body[fact] for fact in facts) == (10, 0, 10)
    assert refused.body["ways_to_earn"] == [
        {"way": "purchase", "points": 1, "per": "1", "currency": "CNY"}
    ]


def test_where_an_order_came_from_stands_in_its_entry_and_is_not_shown_to_its_member(
    mall: MemoryMall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STAGE", "test")
    bootstrap.settings.cache_clear()
    order = {"item_id": "itm_tea", "quantity": 1, "option": "points"}
    phone = {"X-Device-Id": "the-phone-of-lin"}
    redeem.post("/v1/redemptions", order, user="lin", key="key-of-lin-2", headers=phone)

    (entry,) = mall.ledger.statement("lin", kind=Kind.SPEND).items
    assert set(entry.explanation) == {"item_id", "quantity", "origin"}
    seen = origin_in(entry.explanation)
    assert seen.ip and seen.device and "phone" not in seen.device
    shown = EntryView.of(entry).explanation
    assert set(shown) == {"item_id", "quantity"}
