"""AWS as it looks on the first day: rules are published, secrets set, one thing is redeemed.

All else that is asked for is not there, and all writes hold.
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from loyalty.adapters.dynamodb.order_rows import redemption_item
from loyalty.domain.item import ItemKind
from loyalty.domain.payment import Payment
from loyalty.domain.redemption import Redemption, Status

WEBHOOK_SECRET = "whsec_YmVuY2htYXJrLWJlbmNobWFyay1iZW5jaA=="  # noqa: S105 (made up)

_SECRETS = {
    "WebhookSourcesSecret": json.dumps(
        {"bench": {"type": "standard", "secrets": [WEBHOOK_SECRET]}}
    ),
    "PaymentSecret": json.dumps(
        {"provider": "bench", "api_key": "made-up", "callback_secrets": [WEBHOOK_SECRET]}
    ),
    "CursorSecret": "a-key-that-signs-nothing-but-cursors",
}
_PROGRAMME = {
    "version": {"N": "1"},
    "document": {
        "S": json.dumps({"programme": {"version": 1, "rates": {}, "check_ins": {"ladder": [1]}}})
    },
}
_MORNING = datetime(2026, 11, 21, 8, tzinfo=UTC)
_REDEMPTION = Redemption(
    redemption_id="rdm_bench",
    member_id="bench-member",
    request_digest="0" * 64,
    item_id="itm_bench",
    item_name={"zh": "茶", "en": "Tea"},
    item_kind=ItemKind.PHYSICAL,
    quantity=1,
    points=88,
    draws={date(2027, 11, 21): 88},
    status=Status.CONFIRMED,
    created_at=_MORNING,
    cash="88.00",
    currency="CNY",
    payment=Payment(_MORNING, "pay_1", _MORNING),
)


def answer_of(target: str, request: dict[str, Any]) -> dict[str, Any]:
    """Return what AWS answers to one call; ``target`` names service and operation."""
    match target.rpartition(".")[2]:
        case "GetItem" if row := _row(request["TableName"]):
            return {"Item": {**row, **request["Key"]}}
        case "Query" | "Scan":
            return {"Items": [], "Count": 0, "ScannedCount": 0}
        case "BatchGetItem":
            return {"Responses": {}, "UnprocessedKeys": {}}
        case "GetSecretValue":
            return {"Name": request["SecretId"], "SecretString": _SECRETS[request["SecretId"]]}
        case "PutEvents":
            told = [{"EventId": str(place)} for place, _ in enumerate(request["Entries"])]
            return {"FailedEntryCount": 0, "Entries": told}
        case _:
            return {}


def _row(table: str) -> Mapping[str, Any]:
    if table == "ProgrammesTable":
        return _PROGRAMME
    return redemption_item(_REDEMPTION) if table == "OrdersTable" else {}
