"""What stands in tables: every port whose rows DynamoDB keeps."""

from functools import cached_property
from typing import TYPE_CHECKING

import boto3

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
from loyalty.adapters.system import SystemClock
from loyalty.bootstrap.clients import client_config
from loyalty.settings import Settings

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoRows:
    """Ports on DynamoDB."""

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
    def _dynamodb(self) -> "DynamoDBClient":
        return boto3.client("dynamodb", config=client_config())

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
