"""Folders as Lambda mounts them: each function's code and the two layers, built as deployed."""

import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bench.functions import Function
from mall.artifacts import build_function
from mall.layer import build_packages
from mall.places import Places

CACHES = "__pycache__"


@dataclass(frozen=True)
class BenchPlaces(Places):
    """The project, where functions run in the bench's environment instead of the emulator's."""

    @property
    def emulator_environment(self) -> Path:
        """The environment that holds Lambda's runtime client and nothing else."""
        return self.project / ".venv-bench"

    @property
    def interpreter(self) -> Path:
        """What runs the functions."""
        return self.emulator_environment / "bin" / "python"


@dataclass(frozen=True)
class Layout:
    """One way of building: a folder for each function's code, and one for each layer."""

    tasks: Path
    common: Path
    dependencies: Path

    def task_root(self, function: Function) -> Path:
        """What would be mounted as /var/task."""
        return self.tasks / function.name

    def python_path(self, function: Function) -> str:
        """Where a function's modules are found, in Lambda's order."""
        layers = (self.common / "python", self.dependencies / "python")
        return ":".join(map(str, (self.task_root(function), *layers)))


def build_as_deployed(places: BenchPlaces, functions: Iterable[Function], folder: Path) -> Layout:
    """Build what a deployment uploads, for this machine's interpreter."""
    layout = Layout(folder / "tasks", folder / "common", build_packages(places))
    for function in functions:
        task = layout.task_root(function)
        task.mkdir(parents=True)
        build_function(function.name, places.project / function.code_uri, task)
    common = places.project / "layers" / "common"
    shutil.copytree(common, layout.common, ignore=shutil.ignore_patterns(CACHES))
    return layout


def build_unpruned(places: BenchPlaces, folder: Path) -> Path:
    """Build the layer of packages with all that their wheels hold."""
    builder = places.project / "layers" / "dependencies" / "build_layer.py"
    command = [sys.executable, str(builder), "--target-platform", "here", "--unpruned"]
    command += ["--python", str(places.interpreter), "--output", str(folder)]
    subprocess.run(command, check=True)
    return folder


def without_compiled(layer: Path, folder: Path) -> Path:
    """Copy a layer, but for its compiled files."""
    shutil.copytree(layer, folder, ignore=shutil.ignore_patterns(CACHES))
    return folder


def with_compiled(places: BenchPlaces, source: Path, folder: Path) -> Path:
    """Copy code and compile it, as the layer of packages is."""
    shutil.copytree(source, folder)
    options = ["-q", "--invalidation-mode", "unchecked-hash"]
    command = [str(places.interpreter), "-m", "compileall", *options, str(folder)]
    subprocess.run(command, check=True)
    return folder
