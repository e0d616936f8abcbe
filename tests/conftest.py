"""What all tests share: no network for those that need none, one local stack for the others."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import moto.core.models  # noqa: F401 # it hooks only sessions of boto3 that are made after it
import pytest
from pytest_socket import disable_socket, enable_socket

from mall.bring_up import Wish, bring_up
from mall.emulator import Emulator
from mall.places import Places
from mall.processes import free_port
from mall.progress import SilentProgress
from mall.sandbox.running import PaymentSandbox
from stack import LocalStack

STATE = "MALL_TEST_STATE"
PORT = "MALL_TEST_PORT"

# Modules read nothing when they are imported, but libraries of AWS look here when they are used.
NOTHING_OF_THIS_MACHINE = {
    "STAGE": "test",
    "POWERTOOLS_SERVICE_NAME": "test",
    "POWERTOOLS_METRICS_NAMESPACE": "PointsMall",
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
}
os.environ.update(NOTHING_OF_THIS_MACHINE)
os.environ.pop("AWS_PROFILE", None)
os.environ.pop("AWS_ENDPOINT_URL", None)


def pytest_configure(config: pytest.Config) -> None:
    """Choose where this run's stack lives; workers inherit the choice."""
    if not hasattr(config, "workerinput"):
        os.environ[STATE] = tempfile.mkdtemp(prefix="mall-test-")
        os.environ[PORT] = str(free_port())


@pytest.hookimpl(tryfirst=True)  # before the groups are read
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the tests of the stack run on one worker: they share its clock."""
    for item in items:
        if item.get_closest_marker("stack") and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group("stack"))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Allow sockets to tests of the stack, or of an emulator, only."""
    if item.get_closest_marker("stack") or "emulator" in getattr(item, "fixturenames", ()):
        enable_socket()
    else:
        disable_socket(allow_unix_socket=True)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Stop this run's stack, whichever worker started it."""
    if not hasattr(session.config, "workerinput"):
        state = Path(os.environ[STATE])
        places = Places(state=state)
        PaymentSandbox(places).stop()
        Emulator(places, port=0).stop()
        shutil.rmtree(state, ignore_errors=True)


@pytest.fixture(scope="session")
def places() -> Places:
    """Where this run's stack lives."""
    return Places(state=Path(os.environ[STATE]))


@pytest.fixture(scope="session")
def running_stack(places: Places) -> Iterator[LocalStack]:
    """This run's stack, started when the first test asks for it; it enforces the roles."""
    wish = Wish(int(os.environ[PORT]), auth=True, stage="test")
    with _by_this_worker_alone(places.state):
        local = LocalStack(bring_up(places, wish, SilentProgress()))
        yield local
        local.close()


@contextmanager
def _by_this_worker_alone(state: Path) -> Iterator[None]:
    """Fail where two workers share the stack: each would move the other's clock."""
    with (state / "worker").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pytest.exit("Tests of the stack need one worker: pytest -n auto --dist loadgroup")
        yield


@pytest.fixture
def stack(running_stack: LocalStack) -> Iterator[LocalStack]:
    """The stack, its clock at real time before and after."""
    yield running_stack
    running_stack.clock.reset()


pytest_plugins = ["support.seeds"]
