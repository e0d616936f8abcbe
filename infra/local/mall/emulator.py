"""The local AWS: MiniStack in a process and an environment of its own."""

import shutil
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from mall.errors import MallError
from mall.places import Places
from mall.processes import LOOPBACK, ProcessRecord, holder_of, port_is_taken, stop

# Each concurrent invocation is a process of its own of some 60 MB.
CONCURRENT_INVOCATIONS = 32
IDLE_WORKER_SECONDS = 60
START_SECONDS = 60
SAVE_SECONDS = 60
TAIL_LINES = 15
LOG_BYTES = 20_000_000


@dataclass(frozen=True)
class Emulator:
    """One emulator: its folder, its port, and whether it enforces IAM."""

    places: Places
    port: int
    auth: bool = False

    @property
    def endpoint(self) -> str:
        """Where AWS clients send their calls."""
        return f"http://localhost:{self.port}"

    @property
    def record(self) -> ProcessRecord | None:
        """What was last started in this folder."""
        return ProcessRecord.read(self.places.emulator_record)

    @property
    def process(self) -> psutil.Process | None:
        """The running emulator of this folder."""
        return self.record.process() if self.record else None

    @property
    def runs_as_asked(self) -> bool:
        """Whether it runs, on this port and with this enforcement."""
        record = self.record
        return bool(
            record and record.process() and (record.port, record.auth) == (self.port, self.auth)
        )

    @property
    def was_killed(self) -> bool:
        """Whether it ended without the chance to save what it held."""
        return self.record is not None and self.process is None

    def start(self) -> None:
        """Start it and wait until it answers.

        Raises:
            MallError: the port is taken, or it ended at once.
        """
        if port_is_taken(self.port):
            raise MallError(
                f"Port {self.port} is taken by {holder_of(self.port)}.",
                "Stop that, or choose another port: MALL_PORT=4600 make up (mall up --port 4600).",
            )
        self._make_folders()
        # The shell ends at once, so the emulator is nobody's child, and outlives this command.
        shell = subprocess.run(
            ["/bin/sh", "-c", '"$0" </dev/null >>"$1" 2>&1 & echo $!', *self._program],
            env=self._environment(),
            cwd=self.places.state,
            stdout=subprocess.PIPE,
            start_new_session=True,
            check=True,
        )
        pid = int(shell.stdout)
        with suppress(psutil.NoSuchProcess):
            record = ProcessRecord(pid, psutil.Process(pid).create_time(), self.port, self.auth)
            record.write(self.places.emulator_record)
        self._wait_until_healthy()

    def stop(self) -> bool:
        """Let it save what it holds and end, with all its workers; False where none ran."""
        process = self.process
        if process:
            stop(process, SAVE_SECONDS)
        self.places.emulator_record.unlink(missing_ok=True)
        shutil.rmtree(self._temporary, ignore_errors=True)
        return process is not None

    def log_tail(self) -> str:
        """The last lines that it wrote."""
        try:
            lines = self.places.log.read_text(errors="replace").splitlines()
        except FileNotFoundError:
            return ""
        return "\n".join(lines[-TAIL_LINES:])

    @property
    def _program(self) -> tuple[str, str]:
        return str(self.places.emulator_environment / "bin" / "ministack"), str(self.places.log)

    @property
    def _temporary(self) -> Path:
        return self.places.state / "tmp"

    def _make_folders(self) -> None:
        self.places.state.mkdir(parents=True, exist_ok=True)
        self.places.state.chmod(0o700)
        if self.places.log.exists() and self.places.log.stat().st_size > LOG_BYTES:
            self.places.log.replace(self.places.log.with_suffix(".old.log"))
        shutil.rmtree(self._temporary, ignore_errors=True)
        self._temporary.mkdir()

    def _environment(self) -> dict[str, str]:
        """Nothing of this shell's leaks into the functions: they inherit what is said here."""
        state = self.places.state
        return {
            "PATH": f"{self.places.emulator_environment / 'bin'}:/usr/bin:/bin",
            "HOME": str(state),
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "TMPDIR": str(self._temporary),
            "BIND_HOST": LOOPBACK,
            "GATEWAY_PORT": str(self.port),
            "MINISTACK_HOST": "localhost",
            "PERSIST_STATE": "1",
            "STATE_DIR": str(state / "state"),
            "S3_PERSIST": "1",
            "S3_DATA_DIR": str(state / "s3"),
            "AUTH": str(self.auth).lower(),
            "LAMBDA_ACCOUNT_CONCURRENCY": str(CONCURRENT_INVOCATIONS),
            "LAMBDA_WARM_TTL_SECONDS": str(IDLE_WORKER_SECONDS),
            "SFTP_ENABLED": "0",
            "IOT_MTLS_ENABLED": "0",
            "LOG_LEVEL": "INFO",
        }

    def _wait_until_healthy(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while self.process and time.monotonic() < deadline:
            try:
                if httpx.get(f"{self.endpoint}/_ministack/health").is_success:
                    return
            except httpx.TransportError:
                time.sleep(0.05)
        raise MallError(
            f"The emulator did not start. The end of {self.places.log}:\n{self.log_tail()}",
            "If that does not tell why, `mall down --wipe` and `make up` begin anew.",
        )
