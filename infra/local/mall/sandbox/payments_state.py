"""What the sandbox payment provider knows: payments, and how it is told to misbehave."""

import base64
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from threading import RLock
from typing import Any


@dataclass
class Knobs:
    """How it misbehaves towards the mall.

    ``late_seconds``: callbacks come later. ``repeats``: and so many times more. ``lost_callbacks``
    and ``lost_replies``: the next so many never come, though what they tell is done. ``forged``:
    callbacks carry a signature of nobody's. ``wrong_amount``: this is what members are made to pay.
    """

    late_seconds: float = 0
    repeats: int = 0
    lost_callbacks: int = 0
    lost_replies: int = 0
    forged: bool = False
    wrong_amount: str | None = None


@dataclass
class SandboxPayment:
    """One payment, under the merchant's number; ``amount`` is what is, or was, really paid."""

    number: str
    asked_amount: str
    payment_id: str
    amount: str
    currency: str
    description: str
    expires_at: str
    url: str
    paid_at: str | None = None
    refunded_at: str | None = None


@dataclass
class Sandbox:
    """Its whole state, kept in a file after each change."""

    file: Path
    api_key: str
    callback_secret: str
    port: int
    callback_url: str = ""
    payments: dict[str, SandboxPayment] = field(default_factory=dict)
    knobs: Knobs = field(default_factory=Knobs)

    def __post_init__(self) -> None:
        self._lock = RLock()

    @classmethod
    def read(cls, file: Path, port: int) -> "Sandbox":
        """Return what a file holds, or a new provider with keys of its own."""
        if not file.exists():
            key = f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"
            return cls(file, secrets.token_urlsafe(24), key, port)
        kept: dict[str, Any] = json.loads(file.read_text())
        payments = {number: SandboxPayment(**row) for number, row in kept["payments"].items()}
        knobs = Knobs(**kept["knobs"])
        known = {name: kept[name] for name in ("api_key", "callback_secret", "callback_url")}
        return cls(file, **known, port=port, payments=payments, knobs=knobs)

    @contextmanager
    def changing(self) -> Iterator["Sandbox"]:
        """Change it, alone, and keep what it has become."""
        with self._lock:
            yield self
            self._keep()

    def turn(self, settings: dict[str, Any]) -> None:
        """Turn knobs; what is not named stays."""
        for knob in fields(Knobs):
            if knob.name in settings:
                setattr(self.knobs, knob.name, settings[knob.name])

    def loses(self, knob: str) -> bool:
        """Tell whether the next one is lost, and count it."""
        left = int(getattr(self.knobs, knob))
        setattr(self.knobs, knob, max(left - 1, 0))
        return left > 0

    def paid_by(self, payment_id: str) -> SandboxPayment | None:
        """Return the payment of a hosted page."""
        return next((p for p in self.payments.values() if p.payment_id == payment_id), None)

    def _keep(self) -> None:
        names = ("api_key", "callback_secret", "callback_url")
        kept = {name: getattr(self, name) for name in names}
        kept["payments"] = {number: asdict(row) for number, row in self.payments.items()}
        kept["knobs"] = asdict(self.knobs)
        written = self.file.with_suffix(".new")
        written.touch(mode=0o600)
        written.write_text(json.dumps(kept, indent=1))
        written.replace(self.file)
