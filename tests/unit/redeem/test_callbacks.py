"""Callbacks at the front door: only the provider is believed, and only what it asks for is done."""

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from loyalty import bootstrap
from loyalty.adapters.memory import MemoryMall
from loyalty.adapters.memory.surroundings import CALLBACK_SECRET
from loyalty.domain.pricing.offers import CASH_OPTION, CashOption
from loyalty.domain.redemption import Redemption, Status
from mall.sandbox.payment_callbacks import signed_headers
from redeem.payment_handler import lambda_handler
from support.counter import Counter, put_on_shelf
from support.http import Answer, Http

door = Http(lambda_handler)
NOBODYS = "whsec_bm9ib2R5IGF0IGFsbA=="


@pytest.fixture
def order(mall: MemoryMall, counter: Counter) -> Iterator[Redemption]:
    """An order of 6.50 yuan that waits for its money."""
    put_on_shelf(mall, "itm_cup", cash_option=CashOption(6, "6.50", "CNY"))
    bootstrap.use(mall)
    yield counter.redeem(1, "itm_cup", option=CASH_OPTION)
    bootstrap.use(None)


def tell(
    order: Redemption,
    secret: str = CALLBACK_SECRET,
    provider: str = "sandbox",
    kind: str = "payment.paid",
    seconds_ago: int = 0,
    **changes: Any,
) -> Answer:
    data = {
        "number": order.redemption_id,
        "payment_id": "pay_1",
        "amount": "6.50",
        "currency": "CNY",
        "paid_at": "2026-11-21T04:05:00Z",
        **changes,
    }
    body = json.dumps({"type": kind, "data": data, "more": "is ignored"})
    headers = signed_headers(secret, "pay_1", body.encode(), int(time.time()) - seconds_ago)
    return door.post(f"/v1/payments/{provider}/callbacks", body, headers=headers)


def status_of(mall: MemoryMall, order: Redemption) -> Status:
    found = mall.redemptions.redemption(order.redemption_id)
    assert found is not None
    return found.status


def test_the_providers_word_confirms_the_order_once(mall: MemoryMall, order: Redemption) -> None:
    for _ in range(2):
        answer = tell(order)
        assert (answer.status, answer.body) == (200, {"status": "taken"})
    assert status_of(mall, order) is Status.CONFIRMED


@pytest.mark.parametrize(
    ("about", "status", "problem"),
    [
        ({"secret": NOBODYS}, 401, "invalid-signature"),
        ({"seconds_ago": 301}, 401, "stale-timestamp"),
        ({"provider": "stranger"}, 404, "not-found"),
        ({"number": "rdm_none"}, 404, "not-found"),
        ({"amount": "0.01"}, 422, "invalid"),
        ({"currency": "USD"}, 422, "invalid"),
        ({"paid_at": "yesterday"}, 422, "invalid"),
    ],
)
def test_what_is_not_so_confirms_nothing(
    mall: MemoryMall, order: Redemption, about: dict[str, Any], status: int, problem: str
) -> None:
    answer = tell(order, **about)
    assert (answer.status, answer.problem) == (status, problem)
    assert status_of(mall, order) is Status.PENDING_PAYMENT


def test_other_news_are_ignored(mall: MemoryMall, order: Redemption) -> None:
    answer = tell(order, kind="payment.opened")
    assert (answer.status, answer.body) == (200, {"status": "ignored"})
    assert status_of(mall, order) is Status.PENDING_PAYMENT
