"""One deed of each function, and a right that it cannot do without."""

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from loyalty.domain.account import Kind
from loyalty.domain.events import Event, EventName
from mall.sandbox.payment_callbacks import call_back
from mall.sandbox.payments_state import SandboxPayment
from stack import LocalStack
from support.happenings import NOW, event
from support.paying import cash_item, order_for_cash, provider
from support.streams import record
from support.visits import member_with, post, put_on_shelf, redeem, try_to_earn


@dataclass
class Visitor:
    """Somebody through whom each function can be made to work."""

    stack: LocalStack
    name: str
    operators_item: str
    reviewed_order: str

    def invoke(self, function: str, event: object) -> bool:
        """Wake a function as a queue, stream or schedule would; whether all went well."""
        answer = self.stack.aws.functions.invoke(
            FunctionName=self.stack.facts.functions[function], Payload=json.dumps(event)
        )
        said = json.loads(answer["Payload"].read() or b"null")
        left = said.get("batchItemFailures") if isinstance(said, dict) else None
        return "FunctionError" not in answer and not left

    def hears(self, function: str, name: EventName, **facts: object) -> bool:
        """Let a function hear news that nobody has told before."""
        told = Event(name, f"test:{uuid.uuid4().hex}", NOW, NOW, facts)
        body = {"detail-type": told.name, "source": told.name.source, "detail": told.detail}
        return self.takes(function, body)

    def takes(self, function: str, body: object) -> bool:
        """Hand a function one message of its queue."""
        message = {"messageId": "1", "body": json.dumps(body), "eventSource": "aws:sqs"}
        return self.invoke(function, {"Records": [message]})


def a_shop_tells_of_an_order(v: Visitor) -> bool:
    return try_to_earn(v.stack, v.name, 1).is_success


def a_provider_calls_back(v: Visitor) -> bool:
    name = member_with(v.stack, 100)
    order = order_for_cash(v.stack, name, cash_item(v.stack))
    known = provider(v.stack)
    paid = SandboxPayment(
        number=order["redemption_id"],
        asked_amount="6.50",
        payment_id=f"pay_{uuid.uuid4().hex}",
        amount="6.50",
        currency="CNY",
        description="",
        expires_at=NOW.isoformat(),
        url="",
        paid_at=NOW.isoformat(),
    )
    url = f"{v.stack.facts.api}/v1/payments/sandbox/callbacks"
    return call_back(url, known.callback_secret, paid) == HTTPStatus.OK


def a_customer_is_linked(v: Visitor) -> bool:
    who = {"member_id": v.stack.member_id(v.name), "source_name": "shopify"}
    return v.hears("EarnQueueFunction", EventName.CUSTOMER_LINKED, **who, customer_id="nobody")


def a_member_checks_in(v: Visitor) -> bool:
    return v.stack.http(v.stack.new_member()).post("/v1/me/check-ins").is_success


def an_operator_reads_the_rules(v: Visitor) -> bool:
    return v.stack.http("operator").get("/v1/admin/programme").is_success


def a_member_redeems(v: Visitor) -> bool:
    return redeem(v.stack.http(v.name), put_on_shelf(v.stack)).is_success


def the_machine_asks_the_rules(v: Visitor) -> bool:
    return v.invoke(
        "RedeemTaskFunction", {"task": "apply_rules", "redemption_id": v.reviewed_order}
    )


def an_order_is_submitted(v: Visitor) -> bool:
    who = {"member_id": v.stack.member_id(v.name), "redemption_id": v.reviewed_order}
    return v.hears("RedeemQueueFunction", EventName.REDEMPTION_SUBMITTED, **who)


def an_hour_passes_for_orders(v: Visitor) -> bool:
    return v.invoke("RedeemScheduleFunction", {})


def an_operator_imports_a_code(v: Visitor) -> bool:
    path = f"/v1/admin/items/{v.operators_item}/codes"
    return post(v.stack.http("operator"), path, {"codes": [uuid.uuid4().hex]}).is_success


def an_operator_adjusts(v: Visitor) -> bool:
    path = f"/v1/admin/members/{v.stack.member_id(v.name)}/adjustments"
    adjustment = {"points": 1, "reason": "A cup was chipped."}
    return post(v.stack.http("operator"), path, adjustment).is_success


def a_day_passes_for_the_books(v: Visitor) -> bool:
    return v.invoke("ReconcileScheduleFunction", {})


def some_accounts_are_compared(v: Visitor) -> bool:
    return v.takes("ReconcileQueueFunction", {"segment": 0, "of": 1000, "after": None})


def an_hour_passes_for_tiers(v: Visitor) -> bool:
    return v.invoke("TierScheduleFunction", {})


def an_order_is_counted(v: Visitor) -> bool:
    return v.takes("TierQueueFunction", {"assess": v.stack.member_id(v.name)})


def an_auditor_reads_the_audit(v: Visitor) -> bool:
    return v.stack.http("auditor").get("/v1/admin/audit").is_success


def an_hour_passes_for_the_audit(v: Visitor) -> bool:
    return v.invoke("AuditScheduleFunction", {})


def something_is_watched(v: Visitor) -> bool:
    facts = {**event(EventName.POINTS_EARNED).facts, "member_id": v.stack.member_id(v.name)}
    return v.hears("AnomalyQueueFunction", EventName.POINTS_EARNED, **facts)


def a_member_reads_messages(v: Visitor) -> bool:
    return v.stack.http(v.name).get("/v1/me/messages").is_success


def a_member_is_told(v: Visitor) -> bool:
    facts = {**event(EventName.POINTS_EARNED).facts, "member_id": v.stack.member_id(v.name)}
    return v.hears("NotifyQueueFunction", EventName.POINTS_EARNED, **facts)


def an_hour_passes_for_points(v: Visitor) -> bool:
    return v.invoke("ExpiryScheduleFunction", {})


def an_account_is_settled(v: Visitor) -> bool:
    return v.takes("ExpiryQueueFunction", {"settle": v.stack.member_id(v.name)})


def a_row_is_relayed(v: Visitor) -> bool:
    statement = v.stack.http(v.name).get("/v1/me/points/entries").json()["items"]
    entry_id = next(entry["entry_id"] for entry in statement if entry["kind"] == Kind.EARN)
    pk, sk = entry_id.rsplit("/", 1)
    row = v.stack.aws.dynamodb.get_item(
        TableName=v.stack.facts.tables["LedgerTable"], Key={"pk": {"S": pk}, "sk": {"S": sk}}
    )["Item"]
    return v.invoke("RelayFunction", {"Records": [record("LedgerTable", new=row)]})


@dataclass(frozen=True)
class Need:
    """A right that a function cannot do without, and the act that shows it."""

    action: str
    resource: str
    act: Callable[[Visitor], bool]


NEEDS = {
    "WebhookFunction": Need("dynamodb:PutItem", "LedgerTable", a_shop_tells_of_an_order),
    "EarnQueueFunction": Need("dynamodb:Query", "MembersTable", a_customer_is_linked),
    "EarnApiFunction": Need("dynamodb:GetItem", "ProgrammesTable", an_operator_reads_the_rules),
    "ActivityApiFunction": Need("dynamodb:PutItem", "ActivitiesTable", a_member_checks_in),
    "RedeemApiFunction": Need("dynamodb:UpdateItem", "CatalogTable", a_member_redeems),
    "RedeemTaskFunction": Need("dynamodb:GetItem", "OrdersTable", the_machine_asks_the_rules),
    "RedeemQueueFunction": Need("states:StartExecution", "", an_order_is_submitted),
    "PaymentWebhookFunction": Need("dynamodb:PutItem", "LedgerTable", a_provider_calls_back),
    "RedeemScheduleFunction": Need("dynamodb:Query", "OrdersTable", an_hour_passes_for_orders),
    "CatalogApiFunction": Need("kms:Encrypt", "", an_operator_imports_a_code),
    "MemberApiFunction": Need("dynamodb:PutItem", "AuditTable", an_operator_adjusts),
    "ReconcileScheduleFunction": Need(
        "sqs:SendMessageBatch", "ReconcileQueue", a_day_passes_for_the_books
    ),
    "ReconcileQueueFunction": Need("dynamodb:Scan", "AccountsTable", some_accounts_are_compared),
    "TierScheduleFunction": Need("dynamodb:Query", "MembersTable", an_hour_passes_for_tiers),
    "TierQueueFunction": Need("dynamodb:GetItem", "MembersTable", an_order_is_counted),
    "InsightApiFunction": Need("dynamodb:Query", "AuditTable", an_auditor_reads_the_audit),
    "AnomalyQueueFunction": Need("dynamodb:PutItem", "AnomaliesTable", something_is_watched),
    "AuditScheduleFunction": Need("dynamodb:Query", "AuditTable", an_hour_passes_for_the_audit),
    "NotifyApiFunction": Need("dynamodb:Query", "MembersTable", a_member_reads_messages),
    "NotifyQueueFunction": Need("ses:SendEmail", "", a_member_is_told),
    "ExpiryScheduleFunction": Need("dynamodb:Query", "AccountsTable", an_hour_passes_for_points),
    "ExpiryQueueFunction": Need("dynamodb:GetItem", "AccountsTable", an_account_is_settled),
    "RelayFunction": Need("events:PutEvents", "", a_row_is_relayed),
}
