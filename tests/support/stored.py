"""The ports behind which rows are kept, in memory and in DynamoDB."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

import boto3
from moto import mock_aws

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
from loyalty.domain.programme import Programme
from support.tables import create_tables

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class StoredProgrammes(ports.Programmes, Protocol):
    """Rules that can be published."""

    def publish(self, programme: Programme) -> None:
        """Put other rules in force."""
        ...


class Stored(Protocol):
    """The part of a mall that keeps rows."""

    @property
    def store(self) -> ports.Store: ...
    @property
    def accounts(self) -> ports.Accounts: ...
    @property
    def ledger(self) -> ports.Ledger: ...
    @property
    def redemptions(self) -> ports.Redemptions: ...
    @property
    def catalog(self) -> ports.Catalog: ...
    @property
    def campaigns(self) -> ports.Campaigns: ...
    @property
    def members(self) -> ports.Members: ...
    @property
    def adjustments(self) -> ports.Adjustments: ...
    @property
    def activities(self) -> ports.Activities: ...
    @property
    def imports(self) -> ports.Imports: ...
    @property
    def tiers(self) -> ports.Tiers: ...
    @property
    def packets(self) -> ports.Packets: ...
    @property
    def trail(self) -> ports.AuditTrail: ...
    @property
    def messages(self) -> ports.Messages: ...
    @property
    def reminders(self) -> ports.Reminders: ...
    @property
    def traces(self) -> ports.Traces: ...
    @property
    def anomalies(self) -> ports.Anomalies: ...
    @property
    def programmes(self) -> StoredProgrammes: ...


class StoredInDynamo:
    """The adapters of DynamoDB, on one client."""

    def __init__(self, client: "DynamoDBClient", tables: Tables) -> None:
        self.client = client
        self.tables = tables
        self.store = DynamoStore(client, tables)
        self.accounts = DynamoAccounts(client, tables)
        self.ledger = DynamoLedger(client, tables)
        self.redemptions = DynamoRedemptions(client, tables)
        self.catalog = DynamoCatalog(client, tables)
        self.campaigns = DynamoCampaigns(client, tables)
        self.members = DynamoMembers(client, tables)
        self.adjustments = DynamoAdjustments(client, tables)
        self.activities = DynamoActivities(client, tables)
        self.imports = DynamoImports(client, tables)
        self.tiers = DynamoTiers(client, tables)
        self.packets = DynamoPackets(client, tables)
        self.trail = DynamoTrail(client, tables)
        self.messages = DynamoMessages(client, tables)
        self.reminders = DynamoReminders(client, tables)
        self.traces = DynamoTraces(client, tables)
        self.anomalies = DynamoAnomalies(client, tables)
        self.programmes = DynamoProgrammes(client, tables)


@contextmanager
def stored_in_moto() -> Iterator[StoredInDynamo]:
    """Keep rows in moto's DynamoDB: one thread, few rows, no capacity."""
    with mock_aws():
        client = boto3.client("dynamodb", region_name="eu-central-1")
        yield StoredInDynamo(client, create_tables(client))
