"""For each function, the smallest event that takes it to the tables and back."""

import base64
import hmac
import json
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bench.aws import WEBHOOK_SECRET
from loyalty.adapters.dynamodb.member_rows import link_item
from loyalty.domain.member import CustomerLink

MEMBER = "bench-member"
Event = dict[str, Any]


def event_for(name: str) -> Event:
    """Return a function's event."""
    assert name in _EVENTS, f"bench/events.py has no event that takes {name} to its tables"
    made = _EVENTS[name]()
    assert isinstance(made, dict)
    return made


def _http(
    method: str,
    path: str,
    *,
    body: str = "",
    headers: Mapping[str, str] | None = None,
    groups: str = "",
) -> Event:
    claims = {"sub": MEMBER, "username": MEMBER, "client_id": "app", "token_use": "access"}
    claims |= {"cognito:groups": groups} if groups else {}
    return {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": "",
        "headers": {"content-type": "application/json", **(headers or {})},
        "requestContext": {
            "requestId": "bench",
            "stage": "$default",
            "timeEpoch": int(time.time() * 1000),
            "http": {"method": method, "path": path, "sourceIp": "192.0.2.1"},
            "authorizer": {"jwt": {"claims": claims, "scopes": None}},
        },
        "isBase64Encoded": False,
        "body": body,
    }


def _webhook() -> Event:
    now = datetime.now(UTC)
    order = {
        "order_id": "1001",
        "customer_id": "77",
        "currency": "CNY",
        "lines": [{"sku": "tea", "quantity": 1, "amount": "88.00"}],
        "paid_at": now.isoformat(),
    }
    return _signed("/v1/webhooks/bench/orders", "order.paid", now, order)


def _payment() -> Event:
    now = datetime.now(UTC)
    paid = {
        "number": "rdm_bench",
        "payment_id": "pay_1",
        "amount": "88.00",
        "currency": "CNY",
        "paid_at": now.isoformat(),
    }
    return _signed("/v1/payments/bench/callbacks", "payment.paid", now, paid)


def _signed(path: str, kind: str, now: datetime, data: Mapping[str, object]) -> Event:
    body = json.dumps({"type": kind, "timestamp": now.isoformat(), "data": data})
    sent_at = str(int(now.timestamp()))
    key = base64.b64decode(WEBHOOK_SECRET.removeprefix("whsec_"))
    signature = hmac.digest(key, f"msg_1.{sent_at}.{body}".encode(), "sha256")
    headers = {
        "webhook-id": "msg_1",
        "webhook-timestamp": sent_at,
        "webhook-signature": f"v1,{base64.b64encode(signature).decode()}",
    }
    return _http("POST", path, body=body, headers=headers)


def _queued(body: object) -> Event:
    record = {
        "messageId": "059f36b4-87a3-44ab-83d2-661975830a7d",
        "receiptHandle": "handle",
        "body": json.dumps(body),
        "attributes": {"ApproximateReceiveCount": "1"},
        "messageAttributes": {},
        "md5OfBody": "",
        "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:us-east-1:123456789012:queue",
        "awsRegion": "us-east-1",
    }
    return {"Records": [record]}


def _told(name: str, source: str, facts: Mapping[str, object]) -> Event:
    at = "2026-11-21T08:00:00Z"
    detail = {"version": 1, "event_id": "e-1", "occurred_at": at, "recorded_at": at, **facts}
    return _queued({"detail-type": name, "source": source, "detail": detail})


def _points_earned() -> Event:
    facts = {
        "member_id": MEMBER,
        "points": 88,
        "pending": 0,
        "debt": 0,
        "lots": [{"expires_on": "2027-11-21", "points": 88}],
        "usable_on": None,
        "reason": "purchase",
        "reference": "1001",
    }
    return _told("PointsEarned", "loyalty.account", facts)


def _linked() -> Event:
    facts = {"member_id": MEMBER, "source_name": "bench", "customer_id": "77"}
    return _told("CustomerLinked", "loyalty.member", facts)


def _changed() -> Event:
    linked_at = datetime(2026, 11, 21, 8, tzinfo=UTC)
    row = link_item(CustomerLink("bench", "77", MEMBER, linked_at, "operator"))
    stream = {
        "ApproximateCreationDateTime": 1_795_248_000,
        "Keys": {"pk": row["pk"], "sk": row["sk"]},
        "NewImage": row,
        "SequenceNumber": "1",
    }
    arn = "arn:aws:dynamodb:us-east-1:123456789012:table/MembersTable/stream/1"
    record = {"eventID": "1", "eventName": "INSERT", "eventSource": "aws:dynamodb"}
    return {"Records": [{**record, "eventSourceARN": arn, "dynamodb": stream}]}


_EVENTS = {
    "WebhookFunction": _webhook,
    "EarnQueueFunction": _linked,
    "EarnApiFunction": lambda: _http("GET", "/v1/admin/programme", groups="[auditor]"),
    "ActivityApiFunction": lambda: _http("POST", "/v1/me/check-ins"),
    "RedeemApiFunction": lambda: _http("GET", "/v1/redemptions"),
    "RedeemTaskFunction": lambda: {"task": "apply_rules", "redemption_id": "rdm_bench"},
    "RedeemQueueFunction": lambda: _told(
        "RedemptionConfirmed", "loyalty.redeem", {"redemption_id": "rdm_bench"}
    ),
    "RedeemScheduleFunction": dict,
    "PaymentWebhookFunction": _payment,
    "CatalogApiFunction": lambda: _http("GET", "/v1/catalog/items"),
    "MemberApiFunction": lambda: _http("GET", "/v1/me/points"),
    "ReconcileScheduleFunction": dict,
    "ReconcileQueueFunction": lambda: _queued({"segment": 0, "of": 1}),
    "TierScheduleFunction": dict,
    "TierQueueFunction": lambda: _queued({"assess": MEMBER}),
    "InsightApiFunction": lambda: _http("GET", "/v1/admin/audit", groups="[auditor]"),
    "AuditScheduleFunction": dict,
    "AnomalyQueueFunction": _points_earned,
    "NotifyApiFunction": lambda: _http("GET", "/v1/me/messages"),
    "NotifyQueueFunction": _points_earned,
    "ExpiryScheduleFunction": dict,
    "ExpiryQueueFunction": lambda: _queued({"settle": MEMBER}),
    "RelayFunction": _changed,
}
