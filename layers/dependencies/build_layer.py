"""Build the layer of third-party packages: install, prune, compile.

Two targets from one lock: `lambda`, the platform of the functions on AWS, and `here`, the
interpreter that runs them on a laptop. Standard library only, so that it runs before anything is
installed; pip comes with the interpreter that runs this.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from interpreters import find_lambda_python
from lockfile import requirements_to_ship
from prune import prune

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements" / "runtime.lock"
# Where Lambda mounts a layer: tracebacks name files by this.
MOUNTED_AT = "/opt/python"
# Wheels that run on Amazon Linux 2023 (glibc 2.34) on arm64; pip wants each tag by name.
LAMBDA_PLATFORM = [
    *("--platform", "manylinux_2_28_aarch64"),
    *("--platform", "manylinux_2_17_aarch64"),
    *("--platform", "manylinux2014_aarch64"),
    *("--implementation", "cp", "--python-version", "3.13"),
]


def pip_install(requirements: str, packages: Path, interpreter: Path | None) -> None:
    """Install exactly these pinned and hashed requirements into a folder.

    Args:
        requirements: a requirements file's text, with hashes.
        packages: the folder, made if it is missing.
        interpreter: whose platform the wheels are for; None for Lambda's.
    """
    pip = [sys.executable, "-m", "pip"]
    pip += ["--python", str(interpreter), "install"] if interpreter else ["install"]
    pip += [] if interpreter else LAMBDA_PLATFORM
    pip += ["--quiet", "--disable-pip-version-check", "--no-input", "--no-compile"]
    pip += ["--no-deps", "--require-hashes", "--only-binary=:all:"]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "requirements.txt")
        file.write_text(requirements)
        subprocess.run([*pip, "--requirement", file, "--target", packages], check=True)


def compile_all(packages: Path, python: Path) -> None:
    """Compile ahead: a cold start without .pyc takes 2.5 times as long.

    The .pyc are `unchecked-hash`, for packing does not keep the sources' times.
    """
    options = ["-q", "-j", "0", "--invalidation-mode", "unchecked-hash"]
    paths = ["-s", str(packages), "-p", MOUNTED_AT, str(packages)]
    subprocess.run([str(python), "-m", "compileall", *options, *paths], check=True)


def build(output: Path, *, platform: str, python: Path | None, pruned: bool = True) -> None:
    """Make `output/python` hold the packages, ready to run and nothing else."""
    packages = output / "python"
    shutil.rmtree(packages, ignore_errors=True)
    on_lambda = platform == "lambda"
    compiler = find_lambda_python(python) if on_lambda else python or Path(sys.executable)
    requirements = requirements_to_ship(LOCK.read_text())
    pip_install(requirements, packages, None if on_lambda else compiler)
    if pruned:
        prune(packages)
    compile_all(packages, compiler)


def main() -> None:
    """Read the command line and build."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--target-platform", choices=["lambda", "here"], default="lambda")
    parser.add_argument("--python", type=Path, help="the interpreter that compiles (and runs)")
    parser.add_argument("--output", type=Path, required=True, help="folder that gets `python/`")
    parser.add_argument("--unpruned", action="store_true", help="keep all, to measure pruning")
    given = parser.parse_args()
    if not LOCK.exists():
        sys.exit(f"{LOCK} is not there. Build in the source tree: sam build --build-in-source")
    build(
        given.output,
        platform=given.target_platform,
        python=given.python,
        pruned=not given.unpruned,
    )


if __name__ == "__main__":
    main()
