"""The layer of third-party packages, for the interpreter that runs the functions here."""

import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

from mall.archives import zip_folder
from mall.errors import MallError
from mall.places import Places


def build_for_this_machine(places: Places) -> bytes:
    """The layer's zip; built once for each lock, interpreter and way of building.

    Raises:
        MallError: a package could not be installed.
    """
    kept = places.build / f"dependencies-{_digest(places)}.zip"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        unfinished = kept.with_suffix(".part")
        unfinished.write_bytes(_build(places))
        unfinished.replace(kept)
    return kept.read_bytes()


def _build(places: Places) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(_folder(places) / "build_layer.py")]
        command += ["--target-platform", "here", "--python", str(_interpreter(places))]
        built = subprocess.run(
            [*command, "--output", folder], capture_output=True, text=True, check=False
        )
        if built.returncode:
            raise MallError(
                f"The layer of third-party packages could not be built.\n{built.stderr.strip()}",
                "It is installed from a package index: is this machine connected to one?",
            )
        return zip_folder(Path(folder), with_caches=True)


def _digest(places: Places) -> str:
    sources = [places.project / "requirements" / "runtime.lock", *_folder(places).glob("*.py")]
    ask = "import platform, sys; print(sys.version, platform.platform())"
    version = subprocess.run(
        [str(_interpreter(places)), "-c", ask], capture_output=True, check=True
    ).stdout
    contents = b"".join(path.read_bytes() for path in sorted(sources))
    return hashlib.sha256(contents + version).hexdigest()[:16]


def _folder(places: Places) -> Path:
    return places.project / "layers" / "dependencies"


def _interpreter(places: Places) -> Path:
    return places.emulator_environment / "bin" / "python"
