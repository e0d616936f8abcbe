from collections.abc import Iterator

import pytest

from catalog.api_handler import lambda_handler
from loyalty import bootstrap
from loyalty.adapters.memory import MemoryMall
from support.catalogue import Operations
from support.http import Http


@pytest.fixture(autouse=True)
def mall(monkeypatch: pytest.MonkeyPatch) -> Iterator[MemoryMall]:
    monkeypatch.setenv("STAGE", "test")
    monkeypatch.setenv("MEDIA_URL", "https://media.example.com/")
    bootstrap.settings.cache_clear()
    mall = MemoryMall()
    bootstrap.use(mall)
    yield mall
    bootstrap.use(None)
    bootstrap.settings.cache_clear()


@pytest.fixture
def http() -> Http:
    return Http(lambda_handler)


@pytest.fixture
def operations(http: Http) -> Operations:
    return Operations(http)
