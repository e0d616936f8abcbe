"""What a watcher sees: one thing that a member did, or tried in vain."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from loyalty.domain.origin import NOWHERE, Origin


class Seen(StrEnum):
    """What kind of thing it was."""

    EARNED = "earned"
    SPENT = "spent"
    GAVE = "gave"
    BROUGHT = "brought"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Sighting:
    """One thing; ``rule`` is why points moved, or what was tried.

    ``other``: who got what the member gave, or whom the member brought.
    """

    event_id: str
    seen: Seen
    member_id: str
    at: datetime
    rule: str
    points: int = 0
    origin: Origin = NOWHERE
    other: str | None = None
