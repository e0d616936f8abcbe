"""The composition root: the only place that knows which adapter stands behind which port.

Importing it does nothing: clients are made when a port is first used. Adapters and the SDK are
imported at once all the same, for before its first call a function has more of a processor than
after.
"""

import os
from functools import cache, cached_property
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

from loyalty import ports
from loyalty.adapters.dynamodb.accounts import DynamoAccounts
from loyalty.adapters.dynamodb.activities import DynamoActivities
from loyalty.adapters.dynamodb.adjustments import DynamoAdjustments
from loyalty.adapters.dynamodb.anomalies import DynamoAnomalies, DynamoTraces
from loyalty.adapters.dynamodb.campaigns import DynamoCampaigns
from loyalty.adapters.dynamodb.catalog import DynamoCatalog
from loyalty.adapters.dynamodb.imports import DynamoImports
from loyalty.adapters.dynamodb.ledger import DynamoLedger
from loyalty.adapters.dynamodb.members import DynamoMembers
from loyalty.adapters.dynamodb.messages import DynamoMessages
from loyalty.adapters.dynamodb.packets import DynamoPackets
from loyalty.adapters.dynamodb.programmes import DynamoProgrammes
from loyalty.adapters.dynamodb.redemptions import DynamoRedemptions
from loyalty.adapters.dynamodb.reminders import DynamoReminders
from loyalty.adapters.dynamodb.store import DynamoStore
from loyalty.adapters.dynamodb.tables import Tables
from loyalty.adapters.dynamodb.tiers import DynamoTiers
from loyalty.adapters.dynamodb.trail import DynamoTrail
from loyalty.adapters.eventbridge import EventBridgeBus
from loyalty.adapters.kms import KmsCipher
from loyalty.adapters.payments import HttpPaymentProvider
from loyalty.adapters.s3 import S3PictureStore
from loyalty.adapters.secrets import SecretsManagerSecrets
from loyalty.adapters.ses import SesMailer, make_client
from loyalty.adapters.sqs import (
    SqsPacketQueue,
    SqsReconcileQueue,
    SqsReminderQueue,
    SqsSettlementQueue,
    SqsTierQueue,
)
from loyalty.adapters.stepfunctions import StepFunctionsReviewFlow
from loyalty.adapters.system import SystemClock
from loyalty.settings import Settings

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_in_use: ports.Mall | None = None


def mall() -> ports.Mall:
    """Return everything outside, in one hand."""
    return _in_use or _aws_mall()


def use(other: ports.Mall | None) -> None:
    """Put another mall in the place of AWS (None: back to it); tests do."""
    global _in_use  # noqa: PLW0603 # an instance of a function has one mall
    _in_use = other


@cache
def settings() -> Settings:
    """Return what the environment tells this function."""
    return Settings.from_environment(os.environ)


@cache
def _aws_mall() -> "AwsMall":
    return AwsMall(settings())


class AwsMall:
    """The mall on AWS, or on an emulator of it where ``AWS_ENDPOINT_URL`` names one."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @cached_property
    def clock(self) -> ports.Clock:
        """The time; the clock that travels is not even imported where members are real."""
        if not self.settings.may_travel_in_time:
            return SystemClock()
        from loyalty.adapters.dynamodb.clock import TravellingClock

        return TravellingClock(self._dynamodb, self.settings.require("programmes_table"))

    @cached_property
    def store(self) -> ports.Store:
        """The atomic write."""
        return DynamoStore(self._dynamodb, self._tables)

    @cached_property
    def programmes(self) -> ports.Programmes:
        """The published rules."""
        return DynamoProgrammes(self._dynamodb, self._tables)

    @cached_property
    def accounts(self) -> ports.Accounts:
        """Balances."""
        return DynamoAccounts(self._dynamodb, self._tables)

    @cached_property
    def ledger(self) -> ports.Ledger:
        """Entries."""
        return DynamoLedger(self._dynamodb, self._tables)

    @cached_property
    def redemptions(self) -> ports.Redemptions:
        """Orders for points."""
        return DynamoRedemptions(self._dynamodb, self._tables)

    @cached_property
    def catalog(self) -> ports.Catalog:
        """Items, stock and codes."""
        return DynamoCatalog(self._dynamodb, self._tables)

    @cached_property
    def campaigns(self) -> ports.Campaigns:
        """Campaigns, their budgets and counters."""
        return DynamoCampaigns(self._dynamodb, self._tables)

    @cached_property
    def members(self) -> ports.Members:
        """Profiles and links."""
        return DynamoMembers(self._dynamodb, self._tables)

    @cached_property
    def adjustments(self) -> ports.Adjustments:
        """Adjustments that wait for a reviewer."""
        return DynamoAdjustments(self._dynamodb, self._tables)

    @cached_property
    def activities(self) -> ports.Activities:
        """What members do besides buying."""
        return DynamoActivities(self._dynamodb, self._tables)

    @cached_property
    def imports(self) -> ports.Imports:
        """Balances that came from another system."""
        return DynamoImports(self._dynamodb, self._tables)

    @cached_property
    def tiers(self) -> ports.Tiers:
        """What members climb by."""
        return DynamoTiers(self._dynamodb, self._tables)

    @cached_property
    def tier_queue(self) -> ports.TierQueue:
        """Members whose tier is to be looked at."""
        client = boto3.client("sqs", config=_config())
        return SqsTierQueue(client, self.settings.require("tier_queue_url"))

    @cached_property
    def packets(self) -> ports.Packets:
        """Red packets."""
        return DynamoPackets(self._dynamodb, self._tables)

    @cached_property
    def trail(self) -> ports.AuditTrail:
        """What operators did."""
        return DynamoTrail(self._dynamodb, self._tables)

    @cached_property
    def messages(self) -> ports.Messages:
        """The inbox."""
        return DynamoMessages(self._dynamodb, self._tables)

    @cached_property
    def traces(self) -> ports.Traces:
        """What watchers remember."""
        return DynamoTraces(self._dynamodb, self._tables)

    @cached_property
    def anomalies(self) -> ports.Anomalies:
        """Cases of what looks wrong."""
        return DynamoAnomalies(self._dynamodb, self._tables)

    @cached_property
    def reminders(self) -> ports.Reminders:
        """What members were told of points that expire."""
        return DynamoReminders(self._dynamodb, self._tables)

    @cached_property
    def cipher(self) -> ports.CodeCipher:
        """Codes at rest."""
        client = boto3.client("kms", config=_config())
        return KmsCipher(client, self.settings.require("codes_key_id"), self.secrets.cursor_key)

    @cached_property
    def pictures(self) -> ports.PictureStore:
        """Pictures of items."""
        # By path: forms then name the bucket's own region, and an emulator needs no host name.
        config = _config().merge(Config(s3={"addressing_style": "path"}))
        client = boto3.client("s3", config=config)
        return S3PictureStore(client, self.settings.require("media_bucket"))

    @cached_property
    def review_flow(self) -> ports.ReviewFlow:
        """The state machine."""
        client = boto3.client("stepfunctions", config=_config())
        return StepFunctionsReviewFlow(client, self.settings.require("review_state_machine_arn"))

    @cached_property
    def payments(self) -> ports.PaymentProvider | None:
        """Where members pay money; none where no provider is named."""
        url = self.settings.payment_provider_url
        return HttpPaymentProvider(url, self.secrets.payments) if url else None

    @cached_property
    def mailer(self) -> ports.Mailer | None:
        """E-mail; none where nobody is named as its sender."""
        if not self.settings.mail_sender:
            return None
        return SesMailer(make_client(), self.settings.mail_sender)

    @cached_property
    def event_bus(self) -> ports.EventBus:
        """Where others hear what happened."""
        client = boto3.client("events", config=_config())
        return EventBridgeBus(client, self.settings.require("event_bus"))

    @cached_property
    def settlement_queue(self) -> ports.SettlementQueue:
        """Accounts to settle."""
        client = boto3.client("sqs", config=_config())
        return SqsSettlementQueue(client, self.settings.require("expiry_queue_url"))

    @cached_property
    def reminder_queue(self) -> ports.ReminderQueue:
        """Members who may have to be reminded: the queue that settles accounts as well."""
        client = boto3.client("sqs", config=_config())
        return SqsReminderQueue(client, self.settings.require("expiry_queue_url"))

    @cached_property
    def packet_queue(self) -> ports.PacketQueue:
        """Red packets whose time is over."""
        client = boto3.client("sqs", config=_config())
        return SqsPacketQueue(client, self.settings.require("expiry_queue_url"))

    @cached_property
    def reconcile_queue(self) -> ports.ReconcileQueue:
        """Accounts to compare with their entries."""
        client = boto3.client("sqs", config=_config())
        return SqsReconcileQueue(client, self.settings.require("reconcile_queue_url"))

    @cached_property
    def secrets(self) -> ports.Secrets:
        """Keys and shops' secrets."""
        return SecretsManagerSecrets(
            boto3.client("secretsmanager", config=_config()),
            self.settings.cursor_secret_id,
            self.settings.webhook_sources_secret_id,
            self.settings.payment_secret_id,
        )

    @cached_property
    def _dynamodb(self) -> "DynamoDBClient":
        return boto3.client("dynamodb", config=_config())

    @cached_property
    def _tables(self) -> Tables:
        return Tables(
            accounts=self.settings.accounts_table,
            ledger=self.settings.ledger_table,
            orders=self.settings.orders_table,
            catalog=self.settings.catalog_table,
            members=self.settings.members_table,
            programmes=self.settings.programmes_table,
            audit=self.settings.audit_table,
            campaigns=self.settings.campaigns_table,
            activities=self.settings.activities_table,
            anomalies=self.settings.anomalies_table,
        )


@cache
def _config() -> Config:
    """Return how long clients wait: a caller is told `Busy` before the gateway gives up."""
    return Config(
        connect_timeout=2,
        read_timeout=4,
        retries={"mode": "standard", "total_max_attempts": 3},
        tcp_keepalive=True,
    )
