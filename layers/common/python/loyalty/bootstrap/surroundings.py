"""What stands around the tables: keys, pictures, the engine, payments, mails, queues, the bus."""

from functools import cached_property

import boto3
from botocore.config import Config

from loyalty import ports
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
from loyalty.bootstrap.clients import client_config
from loyalty.settings import Settings


class AwsSurroundings:
    """Ports on the other services."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @cached_property
    def tier_queue(self) -> ports.TierQueue:
        """Members whose tier is to be looked at."""
        client = boto3.client("sqs", config=client_config())
        return SqsTierQueue(client, self.settings.require("tier_queue_url"))

    @cached_property
    def cipher(self) -> ports.CodeCipher:
        """Codes at rest."""
        client = boto3.client("kms", config=client_config())
        return KmsCipher(client, self.settings.require("codes_key_id"), self.secrets.cursor_key)

    @cached_property
    def pictures(self) -> ports.PictureStore:
        """Pictures of items."""
        # By path: forms then name the bucket's own region, and an emulator needs no host name.
        config = client_config().merge(Config(s3={"addressing_style": "path"}))
        client = boto3.client("s3", config=config)
        return S3PictureStore(client, self.settings.require("media_bucket"))

    @cached_property
    def review_flow(self) -> ports.ReviewFlow:
        """The state machine."""
        client = boto3.client("stepfunctions", config=client_config())
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
        client = boto3.client("events", config=client_config())
        return EventBridgeBus(client, self.settings.require("event_bus"))

    @cached_property
    def settlement_queue(self) -> ports.SettlementQueue:
        """Accounts to settle."""
        client = boto3.client("sqs", config=client_config())
        return SqsSettlementQueue(client, self.settings.require("expiry_queue_url"))

    @cached_property
    def reminder_queue(self) -> ports.ReminderQueue:
        """Members who may have to be reminded: the queue that settles accounts as well."""
        client = boto3.client("sqs", config=client_config())
        return SqsReminderQueue(client, self.settings.require("expiry_queue_url"))

    @cached_property
    def packet_queue(self) -> ports.PacketQueue:
        """Red packets whose time is over."""
        client = boto3.client("sqs", config=client_config())
        return SqsPacketQueue(client, self.settings.require("expiry_queue_url"))

    @cached_property
    def reconcile_queue(self) -> ports.ReconcileQueue:
        """Accounts to compare with their entries."""
        client = boto3.client("sqs", config=client_config())
        return SqsReconcileQueue(client, self.settings.require("reconcile_queue_url"))

    @cached_property
    def secrets(self) -> ports.Secrets:
        """Keys and shops' secrets."""
        return SecretsManagerSecrets(
            boto3.client("secretsmanager", config=client_config()),
            self.settings.cursor_secret_id,
            self.settings.webhook_sources_secret_id,
            self.settings.payment_secret_id,
        )
