"""What operators did: who, in which role, why, and what it changed."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from loyalty.domain.errors import Forbidden


@dataclass(frozen=True, slots=True)
class Operator:
    """Who acts, in which role, by which request."""

    subject: str
    role: str
    request_id: str

    def acts_for_others(self, member_id: str) -> None:
        """Refuse an act on what is the operator's own.

        Raises:
            Forbidden: the member is the operator.
        """
        if self.subject == member_id:
            raise Forbidden("Nobody acts on what is their own.")


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


def act_id_for(actor: str, act: str, subject: str, key: str) -> str:
    """Return the id of the act that an operator's key stands for, now and for ever."""
    return f"act_{digest_of([actor, act, subject, key])[:26]}"


def digest_of(request: object) -> str:
    """Return what tells one request from another: a digest of its content."""
    content = json.dumps(request, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()
