"""The layer of third-party packages, for the interpreter that runs the functions here.

The emulator unpacks a function's layers for each process that it starts: two thousand files a
time. So the packages are built once into a folder, and the layer holds one line that leads there.
"""

import hashlib
import io
import subprocess
import sys
import zipfile
from pathlib import Path

from mall.archives import LONG_AGO
from mall.errors import MallError
from mall.places import Places

# A .pth file's line that begins with an import is carried out: the packages come before all else,
# as a layer's do.
LEAD = "import sys; sys.path.insert(0, {packages!r})\n"
ASK = (
    "import platform, sys; print('%d.%d' % sys.version_info[:2], sys.version, platform.platform())"
)


def build_for_this_machine(places: Places) -> bytes:
    """The layer's zip.

    Raises:
        MallError: a package could not be installed.
    """
    version = _ask_version(places).split()[0]
    return _layer_that_leads_to(build_packages(places) / "python", version)


def build_packages(places: Places) -> Path:
    """The folder of the packages; built once for each lock, interpreter and way of building.

    Raises:
        MallError: a package could not be installed.
    """
    built = places.build / f"dependencies-{_digest(places, _ask_version(places))}"
    if not built.exists():
        places.build.mkdir(parents=True, exist_ok=True)
        unfinished = built.with_name(f"unfinished-{built.name}")
        _build(places, unfinished)
        unfinished.rename(built)
    return built


def _layer_that_leads_to(packages: Path, version: str) -> bytes:
    path = f"python/lib/python{version}/site-packages/points_mall_dependencies.pth"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(zipfile.ZipInfo(path, LONG_AGO), LEAD.format(packages=str(packages)))
    return buffer.getvalue()


def _build(places: Places, folder: Path) -> None:
    command = [sys.executable, str(_sources(places) / "build_layer.py")]
    command += ["--target-platform", "here", "--python", str(_interpreter(places))]
    built = subprocess.run(
        [*command, "--output", str(folder)], capture_output=True, text=True, check=False
    )
    if built.returncode:
        raise MallError(
            f"The layer of third-party packages could not be built.\n{built.stderr.strip()}",
            "It is installed from a package index: is this machine connected to one?",
        )


def _digest(places: Places, version: str) -> str:
    files = [places.project / "requirements" / "runtime.lock", *_sources(places).glob("*.py")]
    contents = b"".join(path.read_bytes() for path in sorted(files))
    return hashlib.sha256(contents + version.encode()).hexdigest()[:16]


def _ask_version(places: Places) -> str:
    command = [str(_interpreter(places)), "-c", ASK]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _sources(places: Places) -> Path:
    return places.project / "layers" / "dependencies"


def _interpreter(places: Places) -> Path:
    return places.emulator_environment / "bin" / "python"
