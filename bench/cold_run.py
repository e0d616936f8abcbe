"""One cold start: a fresh process, its first invocation, some warm ones, and what it cost."""

import os
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypeAlias

from bench.events import event_for
from bench.functions import Function
from bench.layouts import BenchPlaces, Layout
from bench.runtime_api import FunctionFailed, RuntimeApi

WARM_INVOCATIONS = 20

Process: TypeAlias = "subprocess.Popen[bytes]"


@dataclass(frozen=True)
class ColdRun:
    """What one run showed; ``said`` came on stderr, up to ``said_at_init`` before any invocation.

    ``…_cpu_ms`` is what the process computed meanwhile: other load of the machine moves it less.
    """

    init_ms: float
    init_cpu_ms: float
    first_ms: float
    first_cpu_ms: float
    warm_ms: float
    warm_cpu_ms: float
    peak_mb: float
    said: str
    said_at_init: int


def run_cold(
    places: BenchPlaces, layout: Layout, function: Function, *, times_imports: bool = False
) -> ColdRun:
    """Start a function as Lambda does, and invoke it.

    Raises:
        FunctionFailed: it could not be started, or an invocation raised.
    """
    event = event_for(function.name)
    with RuntimeApi() as api, tempfile.TemporaryFile() as said:
        environment = _environment(layout, function, api.address, times_imports=times_imports)
        command = [str(places.interpreter), "-m", "awslambdaric", function.handler]
        started = time.perf_counter()
        process = subprocess.Popen(
            command,
            env=environment,
            cwd=layout.task_root(function),
            stdout=subprocess.DEVNULL,
            stderr=said,
        )
        try:
            ready, init_cpu_ms, said_at_init = api.wait_until_ready(), _cpu_ms(process), _size(said)
            first = api.invoke(event)
            cold_cpu_ms = _cpu_ms(process)
            warm = [api.invoke(event) for _ in range(WARM_INVOCATIONS)]
            return ColdRun(
                init_ms=1000 * (ready - started),
                init_cpu_ms=init_cpu_ms,
                first_ms=1000 * first,
                first_cpu_ms=cold_cpu_ms - init_cpu_ms,
                warm_ms=1000 * min(warm),
                warm_cpu_ms=(_cpu_ms(process) - cold_cpu_ms) / WARM_INVOCATIONS,
                peak_mb=_peak_mb(process),
                said=_text(said),
                said_at_init=said_at_init,
            )
        except FunctionFailed as failure:
            raise FunctionFailed(f"{function.name}: {failure}\n{_text(said)}") from failure
        finally:
            process.kill()
            process.wait()


def _environment(
    layout: Layout, function: Function, address: str, *, times_imports: bool
) -> dict[str, str]:
    return {
        **function.environment,
        "PATH": os.environ["PATH"],
        "PYTHONPATH": layout.python_path(function),
        # /var/task and /opt cannot be written to: what is not compiled, each start compiles anew.
        "PYTHONDONTWRITEBYTECODE": "1",
        **({"PYTHONPROFILEIMPORTTIME": "1"} if times_imports else {}),
        "_HANDLER": function.handler,
        "AWS_LAMBDA_RUNTIME_API": address,
        "AWS_LAMBDA_FUNCTION_NAME": function.name,
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory_mb),
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "LAMBDA_TASK_ROOT": str(layout.task_root(function)),
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "bench",
        "AWS_SECRET_ACCESS_KEY": "bench",
        "AWS_ENDPOINT_URL": f"http://{address}",
    }


def _cpu_ms(process: Process) -> float:
    """What the main thread has computed; nothing in a function runs in another one."""
    return int(_kernel(process, "schedstat").split()[0]) / 1e6


def _peak_mb(process: Process) -> float:
    """The most memory that a process has held."""
    lines = _kernel(process, "status").splitlines()
    peak = next(line for line in lines if line.startswith("VmHWM:"))
    return int(peak.split()[1]) / 1024


def _kernel(process: Process, book: str) -> str:
    return Path(f"/proc/{process.pid}/{book}").read_text()


def _size(file: IO[bytes]) -> int:
    return os.fstat(file.fileno()).st_size


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode(errors="replace")
