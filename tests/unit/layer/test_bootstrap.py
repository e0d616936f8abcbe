"""The composition root: every port has its adapter, made when it is first used and not before."""

import inspect
from typing import Any

import pytest

from loyalty import bootstrap, ports
from loyalty.adapters.memory import MemoryMall
from loyalty.bootstrap import AwsMall
from loyalty.settings import SettingMissing, Settings

ALL = {name.upper(): f"a-{name}" for name in Settings.model_fields} | {
    "STAGE": "prod",
    "PROXIES_IN_FRONT": "1",
    "CODES_KEY_ID": "arn:aws:kms:us-east-1:123456789012:key/1",
    "EXPIRY_QUEUE_URL": "https://sqs.us-east-1.amazonaws.com/123456789012/expiry",
}
PORTS = [name for name, it in vars(ports.Mall).items() if isinstance(it, property)]


def port_of(name: str) -> Any:
    annotation = inspect.signature(vars(ports.Mall)[name].fget).return_annotation
    return next(iter(getattr(annotation, "__args__", [annotation])))


def test_there_are_ports() -> None:
    assert {"clock", "store", "accounts", "secrets"} <= set(PORTS)


@pytest.mark.parametrize("name", PORTS)
@pytest.mark.parametrize("mall", [AwsMall(Settings.from_environment(ALL)), MemoryMall()])
def test_every_port_has_an_adapter_that_can_all_it_promises(
    mall: AwsMall | MemoryMall, name: str
) -> None:
    adapter = getattr(mall, name)
    promised = {member for member in vars(port_of(name)) if not member.startswith("_")}
    assert promised
    assert {member for member in promised if not callable(getattr(adapter, member))} == set()
    assert getattr(mall, name) is adapter


def test_without_a_sender_no_mail_is_sent() -> None:
    assert AwsMall(Settings.from_environment({**ALL, "MAIL_SENDER": ""})).mailer is None


def test_what_is_used_but_not_set_is_named() -> None:
    with pytest.raises(SettingMissing, match="EVENT_BUS"):
        _ = AwsMall(Settings.from_environment({"STAGE": "prod"})).event_bus


def test_tests_may_put_another_mall_in_the_place_of_aws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAGE", "test")
    mine = MemoryMall()

    bootstrap.use(mine)
    assert bootstrap.mall() is mine

    bootstrap.use(None)
    assert isinstance(bootstrap.mall(), AwsMall)
