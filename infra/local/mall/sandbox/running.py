"""The sandbox payment provider beside the local AWS: started, found again, stopped."""

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from mall.errors import MallError
from mall.places import PROJECT, Places
from mall.processes import ProcessRecord, free_port, port_is_taken, stop
from mall.sandbox.payments_state import Sandbox

START_SECONDS = 20
STOP_SECONDS = 5


@dataclass(frozen=True)
class PaymentSandbox:
    """The payment provider of one local stack; it outlives the command that starts it."""

    places: Places

    @property
    def url(self) -> str:
        """Where it answers."""
        record = self._record
        return f"http://localhost:{record.port}" if record else ""

    @property
    def is_running(self) -> bool:
        """Whether it runs."""
        record = self._record
        return bool(record and record.process())

    def start(self) -> None:
        """Start it, on the port that it had before if that is free; running already is fine.

        Raises:
            MallError: it did not start.
        """
        if self.is_running:
            return
        former = self._record
        port = former.port if former and not port_is_taken(former.port) else free_port()
        program = [sys.executable, "-m", "mall.sandbox.payments", str(self._state), str(port)]
        log = str(self.places.state / "payments.log")
        # The shell ends at once, so the provider is nobody's child, and outlives this command.
        shell = subprocess.run(
            ["/bin/sh", "-c", 'log="$0"; "$@" </dev/null >>"$log" 2>&1 & echo $!', log, *program],
            env={"PYTHONPATH": str(PROJECT / "infra" / "local"), "PATH": "/usr/bin:/bin"},
            stdout=subprocess.PIPE,
            start_new_session=True,
            check=True,
        )
        pid = int(shell.stdout)
        try:
            born = psutil.Process(pid).create_time()
        except psutil.NoSuchProcess:
            raise MallError("The sandbox of payments ended at once.", f"See: {log}") from None
        ProcessRecord(pid, born, port, auth=False).write(self._file)
        self._wait_until_it_answers(log)

    def stop(self) -> None:
        """Stop it; its port is kept for the next time."""
        record = self._record
        process = record.process() if record else None
        if process:
            stop(process, STOP_SECONDS)

    def known(self) -> Sandbox:
        """Return what it knows: its keys among it."""
        return Sandbox.read(self._state, 0)

    def call_back_at(self, url: str) -> None:
        """Tell it where the mall takes callbacks."""
        key = {"authorization": f"Bearer {self.known().api_key}"}
        httpx.put(f"{self.url}/callback", json={"url": url}, headers=key).raise_for_status()

    def _wait_until_it_answers(self, log: str) -> None:
        deadline = time.monotonic() + START_SECONDS
        while self.is_running and time.monotonic() < deadline:
            try:
                httpx.get(f"{self.url}/knobs")
                return
            except httpx.TransportError:
                time.sleep(0.05)
        raise MallError("The sandbox of payments did not start.", f"See: {log}")

    @property
    def _record(self) -> ProcessRecord | None:
        return ProcessRecord.read(self._file)

    @property
    def _file(self) -> Path:
        return self.places.state / "payments-process.json"

    @property
    def _state(self) -> Path:
        return self.places.state / "payments.json"
