"""A whole mall in memory, for tests: every port, kept as strictly as the real ones keep it."""

from datetime import datetime

from loyalty.adapters.memory.accounts import MemoryAccounts
from loyalty.adapters.memory.activities import MemoryActivities
from loyalty.adapters.memory.adjustments import MemoryAdjustments
from loyalty.adapters.memory.anomalies import MemoryAnomalies, MemoryTraces
from loyalty.adapters.memory.campaigns import MemoryCampaigns
from loyalty.adapters.memory.catalog import MemoryCatalog
from loyalty.adapters.memory.imports import MemoryImports
from loyalty.adapters.memory.ledger import MemoryLedger
from loyalty.adapters.memory.members import MemoryMembers, MemoryMessages
from loyalty.adapters.memory.packets import MemoryPackets
from loyalty.adapters.memory.payments import MemoryPaymentProvider
from loyalty.adapters.memory.programmes import MemoryProgrammes
from loyalty.adapters.memory.redemptions import MemoryRedemptions
from loyalty.adapters.memory.reminders import MemoryReminderQueue, MemoryReminders
from loyalty.adapters.memory.rows import Rows
from loyalty.adapters.memory.store import MemoryStore
from loyalty.adapters.memory.surroundings import (
    NOON,
    ONE_YUAN_A_POINT,
    MemoryCipher,
    MemoryClock,
    MemoryEventBus,
    MemoryMailer,
    MemoryPacketQueue,
    MemoryPictureStore,
    MemoryReconcileQueue,
    MemoryReviewFlow,
    MemorySecrets,
    MemorySettlementQueue,
)
from loyalty.adapters.memory.tiers import MemoryTierQueue, MemoryTiers
from loyalty.adapters.memory.trail import MemoryTrail
from loyalty.domain.audit import AuditRecord
from loyalty.domain.programme import Programme


class MemoryMall:
    """Keeps `Mall`'s promises; what tests steer and look at are attributes of its parts."""

    def __init__(self, programme: Programme = ONE_YUAN_A_POINT, now: datetime = NOON) -> None:
        rows = Rows()
        self._rows = rows
        self.clock = MemoryClock(now)
        self.store = MemoryStore(rows)
        self.programmes = MemoryProgrammes(rows, programme)
        self.accounts = MemoryAccounts(rows)
        self.ledger = MemoryLedger(rows)
        self.redemptions = MemoryRedemptions(rows)
        self.catalog = MemoryCatalog(rows)
        self.campaigns = MemoryCampaigns(rows)
        self.members = MemoryMembers(rows)
        self.adjustments = MemoryAdjustments(rows)
        self.activities = MemoryActivities(rows)
        self.imports = MemoryImports(rows)
        self.tiers = MemoryTiers(rows)
        self.tier_queue = MemoryTierQueue()
        self.packets = MemoryPackets(rows)
        self.trail = MemoryTrail(rows)
        self.messages = MemoryMessages(rows)
        self.traces = MemoryTraces(rows)
        self.anomalies = MemoryAnomalies(rows)
        self.reminders = MemoryReminders(rows)
        self.reminder_queue = MemoryReminderQueue()
        self.cipher = MemoryCipher()
        self.pictures = MemoryPictureStore()
        self.review_flow = MemoryReviewFlow()
        self.payments = MemoryPaymentProvider()
        self.mailer = MemoryMailer()
        self.event_bus = MemoryEventBus()
        self.settlement_queue = MemorySettlementQueue()
        self.packet_queue = MemoryPacketQueue()
        self.reconcile_queue = MemoryReconcileQueue()
        self.secrets = MemorySecrets()

    @property
    def audit(self) -> list[AuditRecord]:
        """What operators did, oldest first."""
        return sorted(self._rows.under(AuditRecord, "audit"), key=lambda record: record.at)
