"""Ten thousand signed webhooks, shuffled and repeated, against what each order is worth."""

import random
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt

from earn import shops
from earn.service import take_news
from loyalty.domain.errors import Busy
from mall.shops import signed
from mall.stack_file import Shop
from support.emulated import EmulatedMall

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("disorder")]

SECRET = "whsec_" + "bWFkZSB1cCBmb3IgdGhlIHRlc3Rz"
SHOP = Shop(type="standard", secret=SECRET)
DELIVERIES = 10_000
MEMBERS = 40
THREADS = 4
"""Deliveries at once: as on AWS, where each has a process of its own."""


@dataclass
class Order:
    """A shop's order as a story in its own order, and what it leaves its member with."""

    member_id: str
    news: list[dict[str, Any]]
    points: int


def an_order(draw: random.Random, number: int, now: datetime) -> Order:
    """Draw an order: paid, perhaps edited, refunded in parts, or cancelled."""
    order_id, member_id = f"A{number}", f"m{number % MEMBERS}"
    paid_at = now - timedelta(hours=draw.randint(2, 40))
    yuan = draw.randint(1, 300)
    news = [_told("order.paid", _purchase(order_id, member_id, yuan, paid_at), paid_at)]
    if draw.random() < 0.3:
        yuan = draw.randint(1, 300)
        edited_at = paid_at + timedelta(minutes=5)
        edit = _purchase(order_id, member_id, yuan, paid_at)
        news.append(_told("order.updated", edit, edited_at))
    refunded = 0
    for part in range(draw.choice([0, 0, 0, 1, 2])):
        amount = draw.randint(1, 120)
        refunded += amount
        news.append(_refund(order_id, part, amount, paid_at))
    if draw.random() < 0.1:
        gone = {"order_id": order_id, "cancelled_at": _written(paid_at + timedelta(hours=1))}
        news.append(_told("order.cancelled", gone, paid_at + timedelta(hours=1)))
        refunded = yuan
    return Order(member_id, news, yuan - min(refunded, yuan))


def _purchase(order_id: str, member_id: str, yuan: int, paid_at: datetime) -> dict[str, Any]:
    return {
        "order_id": order_id,
        "member_id": member_id,
        "currency": "CNY",
        "lines": [{"sku": "S1", "category": "tea", "quantity": 1, "amount": f"{yuan}.00"}],
        "paid_at": _written(paid_at),
    }


def _refund(order_id: str, part: int, amount: int, paid_at: datetime) -> dict[str, Any]:
    at = paid_at + timedelta(minutes=30 + part)
    data = {"order_id": order_id, "refund_id": f"R{part}", "amount": f"{amount}.00"}
    return _told("order.refunded", {**data, "refunded_at": _written(at)}, at)


def _told(kind: str, data: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    return {"type": kind, "timestamp": _written(at), "data": data}


def _written(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


def deliveries(draw: random.Random, orders: list[Order]) -> list[dict[str, Any]]:
    """All news, some twice or thrice, in no order at all."""
    once = [news for order in orders for news in order.news]
    repeated = draw.choices(once, k=DELIVERIES - len(once))
    everything = once + repeated
    draw.shuffle(everything)
    return everything


def deliver(mall: EmulatedMall, news: Mapping[str, Any]) -> str:
    """Do what the webhook's door does: verify, translate, book; asked for patience, try again."""
    now = datetime.now(UTC)
    body, headers = signed(SHOP, news, sent_at=now)
    shops.verify(SHOP.type, (SHOP.secret,), headers, body, now)
    (event,) = shops.translate(SHOP.type, headers, body, test_orders=False)
    patiently = Retrying(retry=retry_if_exception_type(Busy), stop=stop_after_attempt(5))
    return str(patiently(take_news, mall, "standard", event).status)


def test_ten_thousand_webhooks_in_disorder_leave_what_the_orders_are_worth(
    emulated: EmulatedMall,
) -> None:
    seed = random.SystemRandom().getrandbits(32)
    print(f"seed {seed}")
    draw = random.Random(seed)  # noqa: S311 # a story, and no secret
    now = emulated.clock.now()
    orders = [an_order(draw, number, now) for number in range(DELIVERIES * 4 // 10)]

    with ThreadPoolExecutor(THREADS) as pool:
        told = list(pool.map(partial(deliver, emulated), deliveries(draw, orders)))

    assert len(told) == DELIVERIES
    assert Counter(told)["duplicate"] > DELIVERIES // 10
    worth: Counter[str] = Counter()
    for order in orders:
        worth[order.member_id] += order.points
    accounts = {member_id: emulated.accounts.account(member_id) for member_id in worth}
    left = {who: sum(it.lots.values()) - it.debt for who, it in accounts.items()}
    assert left == dict(worth)
