"""Everything goes wrong at once, on several threads: in the end the books are exact."""

import random
import secrets
import uuid
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from fault.scene import FrailMall, Scene, persistently
from loyalty.domain.errors import InsufficientPoints, OutOfStock
from loyalty.domain.redemption import Redemption
from support.books import assert_explained
from support.counter import ADDRESS, put_on_shelf
from support.proxy import REPLY_CUT, WRITES, Proxy, cancelled, throttled

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("emulator")]

MEMBERS, ORDERS, REDEMPTIONS, STOCK, PRICE, THREADS = 3, 60, 60, 40, 30, 8
WEATHER = (
    {**REPLY_CUT, "probability": 0.15},
    {**cancelled("TransactionConflict", "None"), "probability": 0.15},
    {**throttled(), "probability": 0.1},
    {**throttled("GetItem"), "probability": 0.1},
    {**WRITES, "reset": True, "probability": 0.05},
)


class Plan:
    """What will be asked, most of it more than once, and what has to come of it."""

    def __init__(self, mall: FrailMall, chance: random.Random) -> None:
        self.members = [Scene(mall, f"storm-{uuid.uuid4().hex}") for _ in range(MEMBERS)]
        self.item = f"itm_{uuid.uuid4().hex}"
        self.earned: Counter[str] = Counter()
        self.asks: list[Callable[[], object]] = []
        put_on_shelf(mall, self.item, points=PRICE, stock=STOCK)
        for number in range(ORDERS):
            self._order(chance.choice(self.members), f"{number}-{uuid.uuid4().hex}", chance)
        for number in range(REDEMPTIONS):
            who = chance.choice(self.members)
            self._ask(chance, partial(_redeem, who, self.item, f"storm-key-{number}"))
        chance.shuffle(self.asks)

    def _order(self, who: Scene, order_id: str, chance: random.Random) -> None:
        points, refunded = chance.randint(20, 80), chance.choice((0, 0, 7, 20))
        self.earned[who.name] += points - refunded
        self._ask(chance, partial(who.shop.pays, order_id, points))
        if refunded:
            self._ask(chance, partial(who.shop.refunds, order_id, refunded))

    def _ask(self, chance: random.Random, ask: Callable[[], object]) -> None:
        self.asks += [ask] * chance.choice((1, 1, 2, 3))


def _redeem(who: Scene, item: str, key: str) -> Redemption | None:
    try:
        return who.counter.redeem(1, item, key=key, delivery=ADDRESS)
    except (InsufficientPoints, OutOfStock):
        return None


def test_the_books_are_exact_after_a_storm(mall: FrailMall, proxy: Proxy) -> None:
    seed = secrets.randbits(32)
    print(f"the storm's seed: {seed}")
    plan = Plan(mall, random.Random(seed))  # noqa: S311 # a plan, no secret

    with proxy.breaking(*WEATHER) as faults, ThreadPoolExecutor(THREADS) as pool:
        answers = list(pool.map(partial(persistently, patience=50), plan.asks))
        assert faults.count > 50

    orders = {a.redemption_id: a.member_id for a in answers if isinstance(a, Redemption)}
    stock = mall.catalog.stock(plan.item)
    assert stock and stock.on_hand == STOCK - len(orders) >= 0
    for member in plan.members:
        account = mall.accounts.account(member.name)
        bought = list(orders.values()).count(member.name)
        kept = sum(account.lots.values()) - account.debt
        assert kept == plan.earned[member.name] - bought * PRICE
        assert len(mall.redemptions.of_member(member.name, limit=100).items) == bought
        assert_explained(mall, member.name)
