"""The atomic write in DynamoDB: writes become the actions of one transaction."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from loyalty.adapters.dynamodb.account_writes import AccountWrite, account_actions
from loyalty.adapters.dynamodb.actions import Action
from loyalty.adapters.dynamodb.activity_writes import ActivityWrite, activity_actions
from loyalty.adapters.dynamodb.anomalies import anomaly_actions
from loyalty.adapters.dynamodb.campaign_writes import CampaignWrite, campaign_actions
from loyalty.adapters.dynamodb.catalog_writes import CatalogWrite, catalog_actions
from loyalty.adapters.dynamodb.imports import ImportWrite, import_actions
from loyalty.adapters.dynamodb.items import Item
from loyalty.adapters.dynamodb.ledger_writes import LedgerWrite, ledger_actions
from loyalty.adapters.dynamodb.member_writes import MemberWrite, member_actions
from loyalty.adapters.dynamodb.order_writes import OrderWrite, order_actions
from loyalty.adapters.dynamodb.packets import PacketWrite, packet_actions
from loyalty.adapters.dynamodb.programme_writes import programme_actions
from loyalty.adapters.dynamodb.tables import Tables
from loyalty.adapters.dynamodb.tiers import TierWrite, tier_actions
from loyalty.adapters.dynamodb.transaction import PATIENCE_SECONDS, ConditionsFailed, transact
from loyalty.adapters.fence import require_fence
from loyalty.domain.writes import DecideCase, PublishProgramme, Write
from loyalty.ports import WriteRefused

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoStore:
    """Keeps `Store`'s promise."""

    def __init__(
        self,
        client: "DynamoDBClient",
        tables: Tables,
        *,
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> None:
        self._client = client
        self._tables = tables
        self._patience_seconds = patience_seconds

    def commit(self, writes: Iterable[Write]) -> None:
        """Make all of the writes true, or none."""
        writes = list(writes)
        require_fence(writes)
        planned = [(write, action) for write in writes for action in _actions(self._tables, write)]
        requests = [action.request for _, action in planned]
        try:
            transact(self._client, requests, self._patience_seconds)
        except ConditionsFailed as failed:
            raise WriteRefused(_found(planned, failed.found)) from failed


def _found(
    planned: Sequence[tuple[Write, Action]], items: Mapping[int, Item | None]
) -> list[tuple[Write, object | None]]:
    """Return each write that failed, once, with what stands at the first row that refused it."""
    found: list[tuple[Write, object | None]] = []
    for place, item in sorted(items.items()):
        write, action = planned[place]
        if not any(write is told for told, _ in found):
            found.append((write, action.read(item) if item else None))
    return found


_ACTIONS: tuple[tuple[Any, Callable[[Tables, Any], Iterator[Action]]], ...] = (
    (AccountWrite, account_actions),
    (LedgerWrite, ledger_actions),
    (OrderWrite, order_actions),
    (CatalogWrite, catalog_actions),
    (MemberWrite, member_actions),
    (ActivityWrite, activity_actions),
    (ImportWrite, import_actions),
    (PacketWrite, packet_actions),
    (PublishProgramme, programme_actions),
    (DecideCase, anomaly_actions),
    (CampaignWrite, campaign_actions),
    (TierWrite, tier_actions),
)
"""Who makes actions of which writes."""


def _actions(tables: Tables, write: Write) -> Iterator[Action]:
    make = next(make for kind, make in _ACTIONS if isinstance(write, kind))
    return make(tables, write)
