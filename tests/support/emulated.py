"""The store on a real emulator's DynamoDB: exact units, real transactions, real concurrency."""

import gc
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple
from pathlib import Path
from socket import socket

import boto3
import pytest
from botocore.config import Config

from loyalty.adapters.memory.payments import MemoryPaymentProvider
from loyalty.adapters.memory.reminders import MemoryReminderQueue
from loyalty.adapters.memory.surroundings import (
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
from loyalty.adapters.memory.tiers import MemoryTierQueue
from mall.emulator import Emulator
from mall.places import Places
from support.meter import Meter
from support.stored import StoredInDynamo
from support.tables import create_tables


class EmulatedMall(StoredInDynamo):
    """A mall whose rows are in the emulator, and whose surroundings are made up."""

    def __init__(self, endpoint: str) -> None:
        client = boto3.client(
            "dynamodb",
            endpoint_url=endpoint,
            region_name="eu-central-1",
            aws_access_key_id="test",
            aws_secret_access_key="test",
            config=Config(retries={"mode": "standard", "total_max_attempts": 3}),
        )
        super().__init__(client, create_tables(client, f"mall-{uuid.uuid4().hex[:8]}"))
        self.meter = Meter(client)
        self.clock = MemoryClock()
        self.cipher = MemoryCipher()
        self.pictures = MemoryPictureStore()
        self.review_flow = MemoryReviewFlow()
        self.mailer = MemoryMailer()
        self.payments = MemoryPaymentProvider()
        self.event_bus = MemoryEventBus()
        self.settlement_queue = MemorySettlementQueue()
        self.packet_queue = MemoryPacketQueue()
        self.reconcile_queue = MemoryReconcileQueue()
        self.reminder_queue = MemoryReminderQueue()
        self.tier_queue = MemoryTierQueue()
        self.secrets = MemorySecrets()

    def remove(self) -> None:
        """Remove the tables, and let go of the connections."""
        for name in astuple(self.tables):
            self.client.delete_table(TableName=name)
        self.client.close()


@pytest.fixture(scope="session")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The endpoint of an emulator of these tests' own."""
    with running_emulator(tmp_path_factory.mktemp("emulator")) as endpoint:
        yield endpoint


@contextmanager
def running_emulator(folder: Path) -> Iterator[str]:
    """Start an emulator of one's own for a while; yield its endpoint."""
    emulator = Emulator(Places(state=folder), _free_port())
    with warnings.catch_warnings():
        # It is meant to outlive the object that started it.
        warnings.simplefilter("ignore", ResourceWarning)
        emulator.start()
        gc.collect()
    try:
        yield emulator.endpoint
    finally:
        emulator.stop()


def _free_port() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
