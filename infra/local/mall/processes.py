"""Processes: which one is ours, who holds a port, and how one of ours is stopped."""

import json
import socket
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class ProcessRecord:
    """A started process; its time of birth tells it from a later one with the same number."""

    pid: int
    born: float
    port: int
    auth: bool

    def process(self) -> psutil.Process | None:
        """The process itself, where it still runs."""
        try:
            process = psutil.Process(self.pid)
            alive = process.create_time() == self.born and process.status() != psutil.STATUS_ZOMBIE
        except psutil.NoSuchProcess:
            return None
        return process if alive else None

    def write(self, path: Path) -> None:
        """Keep the record in a file."""
        path.write_text(json.dumps(asdict(self)))

    @classmethod
    def read(cls, path: Path) -> "ProcessRecord | None":
        """The record in a file; none where there is no file or it is not one of ours."""
        try:
            return cls(**json.loads(path.read_text()))
        except (FileNotFoundError, ValueError, TypeError):
            return None


def port_is_taken(port: int) -> bool:
    """Whether something answers on this port of this machine."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((LOOPBACK, port)) == 0


def holder_of(port: int) -> str:
    """Who holds a port, as far as this user may know."""
    try:
        for connection in psutil.net_connections("inet"):
            listens = connection.status == psutil.CONN_LISTEN and connection.laddr
            if listens and listens.port == port and connection.pid:
                process = psutil.Process(connection.pid)
                return f"process {process.pid}, {' '.join(process.cmdline())[:80]}"
    except psutil.Error:
        pass
    return "a process that this user may not see"


def free_port() -> int:
    """A port that nothing uses now."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def stop(process: psutil.Process, patience_seconds: float) -> None:
    """Ask a process to end, wait, then end what is left of it and of its children."""
    family = [process, *process.children(recursive=True)]
    process.terminate()
    psutil.wait_procs([process], timeout=patience_seconds)
    for member in family:
        if member.is_running():
            member.kill()
    psutil.wait_procs(family, timeout=5)


def memory_bytes(process: psutil.Process) -> int:
    """The memory of a process and its children; pages that they share count once each."""
    total = 0
    for member in [process, *process.children(recursive=True)]:
        try:
            total += member.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total
