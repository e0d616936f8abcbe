"""What DynamoDB refuses for now is asked for again; in the end the caller is asked for patience.

A transaction that meets another one, or a table that is throttled, says nothing about points or
stock: it must never read like a refusal that means something.
"""

import uuid
from collections.abc import Iterator

import pytest

from fault.scene import Books, FrailMall, Scene
from loyalty import bootstrap
from loyalty.domain.errors import OutOfStock
from loyalty.domain.redemption import Status
from redeem.api_handler import lambda_handler as redeem_api
from support.counter import ADDRESS, put_on_shelf
from support.http import Answer, Http
from support.proxy import REPLY_CUT, WRITES, Proxy, Rule, cancelled, throttled

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("emulator")]

PASSING = {
    "a conflict": cancelled("None", "TransactionConflict", "None", "None"),
    "a conflict beside a failed condition": cancelled(
        "ConditionalCheckFailed", "TransactionConflict", "None", "None"
    ),
    "a throttled part": cancelled("None", "None", "ThrottlingError", "None"),
    "a throttled table": throttled(),
    "its own earlier try": {**throttled(), "error": {"code": "TransactionInProgressException"}},
}


@pytest.fixture
def scene(mall: FrailMall) -> Scene:
    """A member with 1,000 points before an item of 100, of which there are five."""
    scene = Scene(mall, f"patient-{uuid.uuid4().hex}")
    scene.earned()
    scene.shelf()
    return scene


@pytest.fixture
def http(mall: FrailMall) -> Iterator[Http]:
    """The door of redemptions, with this mall behind it."""
    bootstrap.use(mall)
    yield Http(redeem_api)
    bootstrap.use(None)


def ask(http: Http, scene: Scene) -> Answer:
    order = {"item_id": scene.item, "quantity": 2, "option": "points", "delivery": ADDRESS}
    return http.post("/v1/redemptions", order, user=scene.name, key="the-one-key")


@pytest.mark.parametrize("rule", PASSING.values(), ids=PASSING)
def test_what_passes_by_is_not_noticed(proxy: Proxy, scene: Scene, rule: Rule) -> None:
    with proxy.breaking({**rule, "times": 2}) as faults:
        assert scene.redeem().status is Status.CONFIRMED
        assert faults.count == 2
    books = Books.of(scene)
    assert sum(books.account.lots.values()) == 800
    assert books.stock and books.stock.on_hand == 3


@pytest.mark.parametrize("what", ["a conflict", "a throttled table"])
def test_what_does_not_pass_by_is_a_503_and_the_same_key_is_taken_later(
    proxy: Proxy, scene: Scene, http: Http, what: str
) -> None:
    before = Books.of(scene)
    with proxy.breaking(PASSING[what]) as faults:
        refused = ask(http, scene)
        assert faults.count > 2
    assert (refused.status, refused.problem) == (503, "busy")
    assert int(refused.headers["retry-after"]) > 0
    assert Books.of(scene) == before
    assert ask(http, scene).status == 201


def test_reads_that_are_throttled_are_a_503_and_take_nothing(
    proxy: Proxy, scene: Scene, http: Http
) -> None:
    before = Books.of(scene)
    with proxy.breaking(throttled("GetItem")):
        assert (ask(http, scene).status, ask(http, scene).problem) == (503, "busy")
    assert Books.of(scene) == before


def test_a_request_that_never_arrived_is_made_again(proxy: Proxy, scene: Scene, http: Http) -> None:
    with proxy.breaking({**WRITES, "reset": True, "times": 2}) as faults:
        assert ask(http, scene).status == 201
        assert faults.count == 2
    assert sum(Books.of(scene).account.lots.values()) == 800


def test_a_refusal_that_means_something_is_not_taken_for_contention(
    proxy: Proxy, scene: Scene
) -> None:
    put_on_shelf(scene.mall, f"{scene.item}-rare", stock=1)
    with proxy.breaking({**PASSING["a conflict"], "times": 1}), pytest.raises(OutOfStock):
        scene.counter.redeem(2, f"{scene.item}-rare")


def test_an_order_whose_answers_are_all_lost_is_found_before_patience_is_asked_for(
    proxy: Proxy, scene: Scene, http: Http
) -> None:
    with proxy.breaking(REPLY_CUT) as faults:
        first, again = ask(http, scene), ask(http, scene)
        assert faults.count >= 2
    assert first.status == again.status == 201
    assert first.body == again.body == ask(http, scene).body
    assert sum(Books.of(scene).account.lots.values()) == 800
