"""The sandbox payment provider: `python -m mall.sandbox.payments <state file> <port>`."""

import html
import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from uuid import uuid4

from mall.processes import LOOPBACK
from mall.sandbox.payment_callbacks import tell_mall
from mall.sandbox.payments_state import Sandbox, SandboxPayment

PAGE = """<!doctype html>
<html lang="zh"><meta charset="utf-8"><title>沙盒支付 Sandbox payment</title>
<body style="font-family:sans-serif;max-width:30rem;margin:4rem auto">
<h1>沙盒支付 <small>Sandbox payment</small></h1>
<p>{description}</p><p><b>{amount} {currency}</b></p>
{act}</body></html>"""
FORM = '<form method="post"><button style="font-size:1.2rem">支付 Pay</button></form>'
DONE = "<p>已支付 Paid</p>"
OVER = "<p>已过期 Expired</p>"


class Refused(Exception):
    """A request that is answered with a status of its own."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Provider:
    """What it does when it is asked; ``sandbox`` is what it knows."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    def open(self, asked: dict[str, Any]) -> SandboxPayment:
        """Open a payment; under the same number there is one for ever."""
        with self.sandbox.changing() as sandbox:
            found = sandbox.payments.get(asked["number"])
            if found is None:
                payment_id = f"pay_{uuid4().hex}"
                url = f"http://localhost:{sandbox.port}/pay/{payment_id}"
                found = SandboxPayment(
                    payment_id=payment_id, url=url, asked_amount=asked["amount"], **asked
                )
                sandbox.payments[found.number] = found
            if (found.asked_amount, found.currency) != (asked["amount"], asked["currency"]):
                raise Refused(409)
            return found

    def payment(self, number: str) -> SandboxPayment:
        """Return what became of a payment."""
        found = self.sandbox.payments.get(number)
        if found is None:
            raise Refused(404)
        return found

    def refund(self, number: str) -> SandboxPayment:
        """Give everything back, once."""
        found = self.payment(number)
        with self.sandbox.changing():
            if not found.paid_at:
                raise Refused(409)
            found.refunded_at = found.refunded_at or _now()
        return found

    def pay(self, payment_id: str) -> SandboxPayment:
        """Let the member pay on the page, and tell the mall of it."""
        found = self.page(payment_id)
        with self.sandbox.changing() as sandbox:
            if found.paid_at:
                return found
            found.amount = sandbox.knobs.wrong_amount or found.amount
            found.paid_at = _now()
        tell_mall(self.sandbox, found)
        return found

    def page(self, payment_id: str) -> SandboxPayment:
        """Return the payment that a page is for."""
        found = self.sandbox.paid_by(payment_id)
        if found is None:
            raise Refused(404)
        return found


class Door(BaseHTTPRequestHandler):
    """Its HTTP side: an API for the mall, a page for members, knobs for testers."""

    provider: Provider

    def do_GET(self) -> None:
        """Answer what became of a payment, the page, or the knobs."""
        self._answer(self._get)

    def do_POST(self) -> None:
        """Open, refund, or pay."""
        self._answer(self._post)

    def do_PUT(self) -> None:
        """Turn knobs, or learn where the mall takes callbacks."""
        self._answer(self._put)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: its state file tells what happened."""

    def _get(self, area: str, rest: list[str]) -> object:
        if area == "pay":
            return _page(self.provider.page(rest[0]))
        self._require_key()
        if area == "knobs":
            return asdict(self.provider.sandbox.knobs)
        return asdict(self.provider.payment(rest[0]))

    def _post(self, area: str, rest: list[str]) -> object:
        if area == "pay":
            return _page(self.provider.pay(rest[0]))
        self._require_key()
        if rest:
            return asdict(self.provider.refund(rest[0]))
        return asdict(self.provider.open(self._body()))

    def _put(self, area: str, _rest: list[str]) -> object:
        self._require_key()
        with self.provider.sandbox.changing() as sandbox:
            if area == "knobs":
                sandbox.turn(self._body())
            else:
                sandbox.callback_url = self._body()["url"]
        return asdict(sandbox.knobs)

    def _answer(self, act: Any) -> None:
        area, *rest = self.path.strip("/").split("/")
        try:
            found: object = act(area, rest)
            status = 200
        except Refused as refused:
            found, status = {"status": refused.status}, refused.status
        except (KeyError, IndexError, TypeError, ValueError):
            found, status = {"status": 422}, 422
        if area == "payments" and self.command == "POST":
            with self.provider.sandbox.changing() as sandbox:
                if sandbox.loses("lost_replies"):
                    self.close_connection = True
                    return
        is_page = isinstance(found, str)
        body = (found if isinstance(found, str) else json.dumps(found)).encode()
        self.send_response(status)
        kind = "text/html; charset=utf-8" if is_page else "application/json"
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _body(self) -> dict[str, Any]:
        length = int(self.headers.get("content-length", "0"))
        read: dict[str, Any] = json.loads(self.rfile.read(length) or b"{}")
        return read

    def _require_key(self) -> None:
        if self.headers.get("authorization") != f"Bearer {self.provider.sandbox.api_key}":
            raise Refused(401)


def serve(sandbox: Sandbox) -> ThreadingHTTPServer:
    """Return a server that answers for a provider; port 0 takes a free one."""
    door = type("SandboxDoor", (Door,), {"provider": Provider(sandbox)})
    server = ThreadingHTTPServer((LOOPBACK, sandbox.port), door)
    sandbox.port = int(server.server_address[1])
    with sandbox.changing():
        return server


def _page(payment: SandboxPayment) -> str:
    is_over = datetime.fromisoformat(payment.expires_at) < datetime.now(UTC)
    act = DONE if payment.paid_at else FORM
    note = OVER if is_over and not payment.paid_at else ""
    return PAGE.format(
        description=html.escape(payment.description),
        amount=html.escape(payment.amount),
        currency=html.escape(payment.currency),
        act=note + act,
    )


def _now() -> str:
    return datetime.now(UTC).isoformat()


if __name__ == "__main__":
    serve(Sandbox.read(Path(sys.argv[1]), int(sys.argv[2]))).serve_forever()
