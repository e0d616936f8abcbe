"""The atomic write of the fakes: all conditions first, then all changes, under one lock."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from loyalty.adapters.fence import require_fence
from loyalty.adapters.memory.account_writes import AccountWrite, account_changes
from loyalty.adapters.memory.activities import ActivityWrite, activity_changes
from loyalty.adapters.memory.anomalies import anomaly_changes
from loyalty.adapters.memory.campaigns import CampaignWrite, campaign_changes
from loyalty.adapters.memory.catalog_writes import CatalogWrite, catalog_changes
from loyalty.adapters.memory.imports import ImportWrite, import_changes
from loyalty.adapters.memory.ledger_writes import LedgerWrite, ledger_changes
from loyalty.adapters.memory.member_writes import MemberWrite, member_changes
from loyalty.adapters.memory.order_writes import OrderWrite, order_changes
from loyalty.adapters.memory.packets import PacketWrite, packet_changes
from loyalty.adapters.memory.programmes import programme_changes
from loyalty.adapters.memory.rows import Change, Rows
from loyalty.adapters.memory.tiers import TierWrite, tier_changes
from loyalty.domain.errors import Busy
from loyalty.domain.writes import DecideCase, PublishProgramme, Write
from loyalty.ports import WriteRefused

MOST_ACTIONS = 100


class MemoryStore:
    """Keeps `Store`'s promises; tests make others win races, and replies get lost."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._before_commit: list[Callable[[], object]] = []
        self._replies_to_lose = 0
        self._commits_to_refuse = 0

    def commit(self, writes: Iterable[Write]) -> None:
        """Make all of the writes true, or none."""
        writes = list(writes)
        require_fence(writes)
        while self._before_commit:
            self._before_commit.pop(0)()
        if self._commits_to_refuse:
            self._commits_to_refuse -= 1
            raise Busy
        with self._rows.lock:
            self._apply(writes)
        if self._replies_to_lose:
            self._replies_to_lose -= 1
            raise Busy

    def before_next_commit(self, act: Callable[[], object]) -> None:
        """Let somebody else act between the reading of the next use case and its write."""
        self._before_commit.append(act)

    def lose_next_reply(self) -> None:
        """Write the next commit, and let its caller believe that the store was busy."""
        self._replies_to_lose += 1

    def be_busy(self, times: int = 1) -> None:
        """Refuse the next commits for lack of time, nothing written."""
        self._commits_to_refuse += times

    def forget_arrangements(self) -> None:
        """Arrange nothing any more: what has not happened by now does not happen."""
        self._before_commit.clear()
        self._replies_to_lose = self._commits_to_refuse = 0

    def _apply(self, writes: list[Write]) -> None:
        changes = [(write, list(_changes(self._rows, write))) for write in writes]
        rows = [change for _, of_write in changes for change in of_write]
        assert 0 < len(rows) <= MOST_ACTIONS, f"{len(rows)} actions do not fit into one write"
        keys = [change.key for change in rows]
        assert len(set(keys)) == len(keys), f"one write touches a row twice: {sorted(keys)}"
        broken = [
            (write, next(change.found for change in of_write if not change.holds))
            for write, of_write in changes
            if not all(change.holds for change in of_write)
        ]
        if broken:
            raise WriteRefused(broken)
        for change in rows:
            self._rows.put(change.key, change.becomes)


_CHANGES: tuple[tuple[Any, Callable[[Rows, Any], Iterator[Change]]], ...] = (
    (AccountWrite, account_changes),
    (LedgerWrite, ledger_changes),
    (OrderWrite, order_changes),
    (CatalogWrite, catalog_changes),
    (MemberWrite, member_changes),
    (ActivityWrite, activity_changes),
    (ImportWrite, import_changes),
    (PacketWrite, packet_changes),
    (PublishProgramme, programme_changes),
    (DecideCase, anomaly_changes),
    (CampaignWrite, campaign_changes),
    (TierWrite, tier_changes),
)
"""Who knows what which writes change."""


def _changes(rows: Rows, write: Write) -> Iterator[Change]:
    make = next(make for kind, make in _CHANGES if isinstance(write, kind))
    return make(rows, write)
