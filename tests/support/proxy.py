"""microburst between an AWS client and the emulator: faults in the form that AWS gives them."""

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import boto3
import httpx
from botocore.config import Config

from mall.processes import free_port

START_SECONDS = 20
Rule = Mapping[str, Any]

WRITES = {"service": "dynamodb", "operation": "TransactWriteItems"}

REPLY_CUT: Rule = {**WRITES, "response": {"abort_bytes": 0}}
"""The write is carried out, and the connection breaks before its answer."""

REPLY_GARBLED: Rule = {**WRITES, "response": {"corrupt_bytes": 1}}
"""The write is carried out, and its answer is no text: one byte of it has all bits turned."""


def cancelled(*codes: str) -> Rule:
    """A transaction that DynamoDB gives up, with a reason for each of its actions."""
    reasons = [{"Code": code, "Message": "made up"} for code in codes]
    fields = {"CancellationReasons": reasons}
    return {**WRITES, "error": {"code": "TransactionCanceledException", "fields": fields}}


def throttled(operation: str = "TransactWriteItems") -> Rule:
    """A request that DynamoDB refuses for now."""
    error = {"code": "ProvisionedThroughputExceededException"}
    return {"service": "dynamodb", "operation": operation, "error": error}


@dataclass(frozen=True)
class Proxy:
    """A running proxy."""

    endpoint: str

    @contextmanager
    def breaking(self, *rules: Rule) -> Iterator["Faults"]:
        """Let rules break what comes by, until the block ends; each may say how many `times`."""
        self._say("DELETE", "fired")
        self._say("POST", "rules", list(rules))
        try:
            yield Faults(self)
        finally:
            self._say("POST", "rules", [])

    def fired(self) -> list[dict[str, Any]]:
        """What was broken, oldest first."""
        found: list[dict[str, Any]] = self._say("GET", "fired").json()
        return found

    def _say(self, method: str, path: str, body: object = None) -> httpx.Response:
        address = f"{self.endpoint}/_microburst/{path}"
        return httpx.request(method, address, json=body).raise_for_status()


@dataclass(frozen=True)
class Faults:
    """What a block has broken."""

    proxy: Proxy

    @property
    def count(self) -> int:
        """How many requests it was."""
        return len(self.proxy.fired())


@contextmanager
def running_proxy(upstream: str) -> Iterator[Proxy]:
    """Run a proxy of one's own before an endpoint."""
    port = free_port()
    command = [sys.executable, "-m", "microburst", "--upstream", upstream, "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        proxy = Proxy(f"http://127.0.0.1:{port}")
        try:
            _wait_until_healthy(proxy)
            _warm_up(proxy)
            yield proxy
        finally:
            process.kill()


def _wait_until_healthy(proxy: Proxy) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            httpx.get(f"{proxy.endpoint}/_microburst/health").raise_for_status()
        except httpx.HTTPError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def _warm_up(proxy: Proxy) -> None:
    """Let it read what it must know of DynamoDB now, and not while somebody's patience runs out."""
    patient = Config(read_timeout=60)
    client = boto3.client("dynamodb", endpoint_url=proxy.endpoint, config=patient)
    client.list_tables()
    client.close()
