import importlib
from collections.abc import Iterator
from typing import Any

import pytest

from loyalty import bootstrap
from mall.places import PROJECT
from mall.template import FUNCTION, load_template, resources_of
from mall.warm_up import NOTHING_HAPPENED

FUNCTIONS = resources_of(load_template(PROJECT / "template.yaml"), FUNCTION)
WARMED = [
    (name, event)
    for name in FUNCTIONS
    for kind, event in NOTHING_HAPPENED.items()
    if name.endswith(kind)
]


class _Context:
    function_name = "warm-up"
    function_version = "1"
    memory_limit_in_mb = 256
    aws_request_id = "warm-up"
    invoked_function_arn = "arn:aws:lambda:us-east-1:000000000000:function:warm-up"


@pytest.fixture
def settings_without_tables(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("STAGE", "test")
    monkeypatch.setenv("EVENT_BUS", "bus")
    _forget()
    yield
    _forget()


def _forget() -> None:
    bootstrap.settings.cache_clear()
    bootstrap._aws_mall.cache_clear()


@pytest.mark.usefixtures("settings_without_tables")
@pytest.mark.parametrize(("name", "event"), WARMED, ids=[name for name, _ in WARMED])
def test_warming_a_function_up_neither_fails_nor_touches_anything(
    name: str, event: dict[str, Any]
) -> None:
    module, _, attribute = FUNCTIONS[name]["Properties"]["Handler"].rpartition(".")
    answer = getattr(importlib.import_module(module), attribute)(event, _Context())
    assert answer in (None, {"batchItemFailures": []}) or answer["statusCode"] == 404


def test_every_function_that_somebody_waits_for_is_warmed_up() -> None:
    cold = FUNCTIONS.keys() - {name for name, _ in WARMED}
    swept = ("Redeem", "Expiry", "Reconcile", "Tier", "Audit")
    scheduled = {f"{what}ScheduleFunction" for what in swept}
    assert cold == {"RedeemTaskFunction", *scheduled}
