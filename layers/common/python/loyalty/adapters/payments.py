"""A payment provider over HTTP, by the contract of docs/how-to/connect-a-payment-provider.md."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

import urllib3

from loyalty.domain.payment import Received
from loyalty.ports import PaymentOrder, PaymentSecrets, PaymentsUnavailable

NOT_FOUND = 404
# Each call may be repeated, so one whose answer was lost is: once, within a function's own time.
PATIENCE = urllib3.Retry(
    total=1, backoff_factor=0.1, allowed_methods=None, status_forcelist=(502, 503, 504)
)
TIMEOUT = urllib3.Timeout(connect=1.0, read=3.0)


class HttpPaymentProvider:
    """Keeps `PaymentProvider`'s promises."""

    def __init__(self, url: str, secrets: Callable[[], PaymentSecrets]) -> None:
        self._url = url.rstrip("/")
        self._secrets = secrets
        self._http = urllib3.PoolManager(timeout=TIMEOUT, retries=PATIENCE)

    def open(self, order: PaymentOrder) -> str:
        """Return the address of the hosted page on which a payment is made."""
        asked = {
            "number": order.number,
            "amount": order.amount,
            "currency": order.currency,
            "description": order.description,
            "expires_at": order.expires_at.isoformat(),
        }
        return str(self._told("POST", "/payments", asked)["url"])

    def received(self, number: str) -> Received | None:
        """Return what was paid under one of our numbers; None while nothing was."""
        told = self._ask("GET", f"/payments/{number}")
        return received_of(told) if told and told.get("paid_at") else None

    def refund(self, number: str) -> None:
        """Give all back that was paid under one of our numbers; given back before is fine."""
        self._told("POST", f"/payments/{number}/refund", {})

    def _told(self, method: str, path: str, body: Mapping[str, object]) -> Mapping[str, Any]:
        told = self._ask(method, path, body)
        if told is None:
            raise PaymentsUnavailable(f"{method} {path}: the provider knows nothing of it.")
        return told

    def _ask(
        self, method: str, path: str, body: Mapping[str, object] | None = None
    ) -> Mapping[str, Any] | None:
        headers = {
            "authorization": f"Bearer {self._secrets().api_key}",
            "content-type": "application/json",
        }
        content = None if body is None else json.dumps(body)
        try:
            answer = self._http.request(method, self._url + path, body=content, headers=headers)
            if answer.status == NOT_FOUND:
                return None
            if answer.status not in {200, 201}:
                raise PaymentsUnavailable(f"{method} {path} was answered {answer.status}.")
            told: Mapping[str, Any] = json.loads(answer.data)
        except (urllib3.exceptions.HTTPError, ValueError) as error:
            raise PaymentsUnavailable(f"{method} {path}: {type(error).__name__}") from error
        return told


def received_of(told: Mapping[str, Any]) -> Received:
    """Return what a provider says of a payment that was made."""
    return Received(
        number=str(told["number"]),
        reference=str(told["payment_id"]),
        amount=Decimal(str(told["amount"])),
        currency=str(told["currency"]),
        paid_at=datetime.fromisoformat(told["paid_at"]),
    )
