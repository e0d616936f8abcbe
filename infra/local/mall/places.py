"""Where things lie: the project's files, and the local stack's own folder."""

import os
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Places:
    """The folder of one local stack; a second stack (a test's) has another one."""

    state: Path = PROJECT / ".local"
    project: Path = PROJECT

    @classmethod
    def of_this_machine(cls) -> "Places":
        """The stack that the command line speaks of; `MALL_STATE` names another folder."""
        return cls(state=Path(os.environ.get("MALL_STATE") or PROJECT / ".local").resolve())

    @property
    def template(self) -> Path:
        """The one template: what runs on AWS runs here."""
        return self.project / "template.yaml"

    @property
    def build(self) -> Path:
        """Built artifacts, shared by all local stacks."""
        return self.project / ".build"

    @property
    def emulator_environment(self) -> Path:
        """The emulator's own Python environment."""
        return self.project / ".venv-emulator"

    @property
    def stack_file(self) -> Path:
        """What people and tests read about the running stack."""
        return self.state / "stack.json"

    @property
    def emulator_record(self) -> Path:
        """Which process the emulator is."""
        return self.state / "emulator.json"

    @property
    def log(self) -> Path:
        """What the emulator and the functions in it said."""
        return self.state / "emulator.log"
