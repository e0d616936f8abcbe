"""The deployed adapters, with the deployed patience, behind a proxy that breaks things."""

from collections.abc import Iterator
from dataclasses import asdict, replace
from types import SimpleNamespace

import boto3
import botocore.endpoint
import pytest

from loyalty.adapters.dynamodb.programmes import DynamoProgrammes
from loyalty.adapters.memory.payments import MemoryPaymentProvider
from loyalty.adapters.memory.surroundings import (
    NOON,
    ONE_YUAN_A_POINT,
    MemoryCipher,
    MemoryClock,
    MemoryReviewFlow,
    MemorySecrets,
)
from loyalty.bootstrap import AwsMall
from loyalty.domain.programme import ReturnWindow
from loyalty.settings import Settings
from mall.seeds.activities import CHECK_INS, TASKS, WELCOME
from support.emulated import emulator
from support.proxy import Proxy, running_proxy
from support.tables import create_tables

__all__ = ["emulator"]

RULES = replace(
    ONE_YUAN_A_POINT,
    return_window=ReturnWindow(categories={"preorder": 14}),
    welcome=WELCOME,
    check_ins=CHECK_INS,
    tasks=TASKS,
)


class FrailMall(AwsMall):
    """The mall as functions have it; its time, secrets, codes and state machine are made up."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.clock = self.time = MemoryClock()
        self.cipher = MemoryCipher()
        self.payments = self.provider = MemoryPaymentProvider()
        self.review_flow = MemoryReviewFlow()
        self.secrets = MemorySecrets()


@pytest.fixture(scope="session")
def proxy(emulator: str) -> Iterator[Proxy]:
    """What stands between the mall and the emulator."""
    with running_proxy(emulator) as proxy:
        yield proxy


@pytest.fixture(scope="session")
def only_mall(emulator: str, proxy: Proxy) -> Iterator[FrailMall]:
    """One mall for all tests: each has members, items and orders of its own."""
    direct = boto3.client("dynamodb", endpoint_url=emulator)
    tables = create_tables(direct, "frail")
    DynamoProgrammes(direct, tables).publish(RULES)
    direct.close()
    names = {f"{context}_table": name for context, name in asdict(tables).items()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", proxy.endpoint)
        mall = FrailMall(Settings(stage="test", **names))
        client = mall._dynamodb  # made now: later tests must not find the proxy's address
    yield mall
    client.close()


@pytest.fixture
def mall(only_mall: FrailMall, monkeypatch: pytest.MonkeyPatch) -> FrailMall:
    """That mall at noon; nobody waits out the pauses that the SDK makes between its tries."""
    only_mall.time.set(NOON)
    monkeypatch.setattr(botocore.endpoint, "time", SimpleNamespace(sleep=lambda _: None))
    return only_mall
