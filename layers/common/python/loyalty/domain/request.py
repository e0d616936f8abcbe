"""What a member asked for under an ``Idempotency-Key``, and what it did: kept for ever."""

import hashlib
import json
from dataclasses import dataclass

from loyalty.domain.entry import EntryKey


@dataclass(frozen=True, slots=True)
class Request:
    """One request. ``scope`` is caller, method and path, ``digest`` fingerprints the body."""

    scope: str
    key: str
    digest: str
    entry: EntryKey
    version: int = 1

    @property
    def request_id(self) -> str:
        """The id that scope and key stand for."""
        return hashlib.sha256(f"{self.scope}\n{self.key}".encode()).hexdigest()[:32]


def digest_of_body(body: object) -> str:
    """Return the fingerprint of a body, given as plain JSON."""
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:32]
