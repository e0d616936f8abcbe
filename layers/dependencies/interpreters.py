"""Find the Python that the layer is compiled with."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

LAMBDA_VERSION = "3.13"


def find_lambda_python(chosen: Path | None) -> Path:
    """Return a Python of Lambda's version that really runs; a version manager's shim may not.

    Raises:
        SystemExit: if there is none, with what to do about it.
    """
    for candidate in [chosen] if chosen else _candidates():
        if _version_of(candidate) == LAMBDA_VERSION:
            return candidate
    sys.exit(
        f"Building for AWS needs a Python {LAMBDA_VERSION}, the functions' runtime, to compile the "
        "packages: without compiled files every cold start takes 2.5 times as long.\n"
        f"{chosen or 'None that was found'} is not one. Install one, for example with "
        f"'pyenv install {LAMBDA_VERSION}', or name it: "
        "python layers/dependencies/build_layer.py --python /path/to/python3.13 --output …"
    )


def _candidates() -> Iterator[Path]:
    name = f"python{LAMBDA_VERSION}"
    yield Path(sys.executable)
    if on_path := shutil.which(name):
        yield Path(on_path)
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    yield from pyenv.glob(f"versions/{LAMBDA_VERSION}*/bin/{name}")
    yield from (Path(at, name) for at in ("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"))


def _version_of(python: Path) -> str | None:
    ask = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        answer = subprocess.run(
            [str(python), "-c", ask], capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return answer.stdout.strip() if answer.returncode == 0 else None
