"""What operators did: who, in which role, why, and what it changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """One operator act, written in the same transaction as the act itself.

    Its id derives from the caller and the key, so it is also what refuses a repetition;
    ``request_digest`` tells a repetition from another request under the same key.
    """

    act_id: str
    act: str
    actor: str
    role: str
    subject: str
    at: datetime
    request_id: str
    reason: str | None = None
    request_digest: str | None = None
    before: Mapping[str, object] = field(default_factory=dict)
    after: Mapping[str, object] = field(default_factory=dict)
