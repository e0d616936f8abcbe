"""What every payment provider keeps to: the fake, and the sandbox behind the HTTP adapter."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import httpx
import pytest

from loyalty.adapters.memory.payments import MemoryPaymentProvider
from loyalty.adapters.payments import HttpPaymentProvider
from loyalty.ports import PaymentOrder, PaymentProvider, PaymentSecrets, PaymentsUnavailable
from mall.sandbox.payments import serve
from mall.sandbox.payments_state import Sandbox

DUE = datetime(2026, 11, 21, 4, 30, tzinfo=UTC)
ORDER = PaymentOrder("rdm_1", "13.00", "CNY", "2611210123456789", DUE)


@dataclass
class Counter:
    """A provider, a member who pays at it, and a way to take it down."""

    provider: PaymentProvider
    pay: Callable[[PaymentOrder], object]
    go_down: Callable[[], object]


@pytest.fixture
def memory() -> Counter:
    provider = MemoryPaymentProvider()

    def go_down() -> None:
        provider.is_down = True

    return Counter(provider, lambda order: provider.pay(order.number, DUE), go_down)


@pytest.fixture
def sandbox(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Sandbox, Counter]]:
    request.getfixturevalue("socket_enabled")
    known = Sandbox.read(tmp_path / "payments.json", 0)
    server = serve(known)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def secrets() -> PaymentSecrets:
        return PaymentSecrets("sandbox", known.api_key, (known.callback_secret,))

    def go_down() -> None:
        server.shutdown()
        server.server_close()

    provider = HttpPaymentProvider(f"http://127.0.0.1:{known.port}", secrets)

    def pay(order: PaymentOrder) -> None:
        page = provider.open(order).replace("localhost", "127.0.0.1")
        assert order.amount in httpx.get(page).text
        httpx.post(page).raise_for_status()

    yield known, Counter(provider, pay, go_down)
    go_down()


@pytest.fixture(params=["memory", "sandbox"])
def counter(request: pytest.FixtureRequest) -> Counter:
    found = request.getfixturevalue(request.param)
    counter: Counter = found if request.param == "memory" else found[1]
    return counter


def test_a_number_opens_one_page_for_ever(counter: Counter) -> None:
    page = counter.provider.open(ORDER)
    assert counter.provider.open(ORDER) == page
    with pytest.raises(PaymentsUnavailable):
        counter.provider.open(replace(ORDER, amount="1.00"))
    assert counter.provider.open(replace(ORDER, number="rdm_2")) != page


def test_what_was_paid_is_told_and_nothing_else(counter: Counter) -> None:
    assert counter.provider.received(ORDER.number) is None
    counter.provider.open(ORDER)
    assert counter.provider.received(ORDER.number) is None
    counter.pay(ORDER)
    found = counter.provider.received(ORDER.number)
    assert found is not None
    assert (found.number, found.amount, found.currency) == ("rdm_1", Decimal("13.00"), "CNY")
    assert found.reference and found.paid_at.tzinfo
    counter.pay(ORDER)
    assert counter.provider.received(ORDER.number) == found


def test_money_goes_back_once_however_often_it_is_asked_for(counter: Counter) -> None:
    with pytest.raises(PaymentsUnavailable):
        counter.provider.refund(ORDER.number)
    counter.provider.open(ORDER)
    with pytest.raises(PaymentsUnavailable):
        counter.provider.refund(ORDER.number)
    counter.pay(ORDER)
    counter.provider.refund(ORDER.number)
    counter.provider.refund(ORDER.number)


def test_a_provider_that_is_down_is_told_from_one_that_says_no(counter: Counter) -> None:
    counter.provider.open(ORDER)
    counter.go_down()
    with pytest.raises(PaymentsUnavailable):
        counter.provider.open(ORDER)
    with pytest.raises(PaymentsUnavailable):
        counter.provider.received(ORDER.number)


def test_a_lost_reply_is_asked_for_again(sandbox: tuple[Sandbox, Counter]) -> None:
    known, counter = sandbox
    known.knobs.lost_replies = 1
    page = counter.provider.open(ORDER)
    assert [payment.url for payment in known.payments.values()] == [page]


def test_the_sandbox_knows_after_a_restart_what_it_knew(
    sandbox: tuple[Sandbox, Counter],
) -> None:
    known, counter = sandbox
    counter.pay(ORDER)
    again = Sandbox.read(known.file, known.port)
    assert (again.payments, again.api_key) == (known.payments, known.api_key)


def test_a_stranger_learns_nothing_of_the_sandbox(sandbox: tuple[Sandbox, Counter]) -> None:
    known, counter = sandbox
    counter.provider.open(ORDER)
    stranger = HttpPaymentProvider(
        f"http://127.0.0.1:{known.port}", lambda: PaymentSecrets("sandbox", "guessed", ())
    )
    with pytest.raises(PaymentsUnavailable):
        stranger.received(ORDER.number)
