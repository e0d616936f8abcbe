"""Where an act came from, as far as a points mall needs to know: told apart, but not by name."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass

DIGEST_BYTES = 8


@dataclass(frozen=True, slots=True)
class Origin:
    """Keyed digests of a network address and of a device; None where nothing was told.

    The same place has the same digest, and nobody without the key finds the place behind it.
    """

    ip: str | None = None
    device: str | None = None

    @property
    def facts(self) -> dict[str, object]:
        """What an entry's explanation keeps of it; nothing where nothing was told.

        >>> Origin(ip="5f0c", device=None).facts
        {'origin': {'ip': '5f0c'}}
        """
        known = {"ip": self.ip, "device": self.device}
        told = {name: digest for name, digest in known.items() if digest}
        return {"origin": told} if told else {}


NOWHERE = Origin()
"""Where acts come from that no person asked for just now: shops' news, schedules."""


def origin_in(explanation: Mapping[str, object]) -> Origin:
    """Return the origin that an entry's explanation keeps."""
    told = explanation.get("origin")
    return Origin(told.get("ip"), told.get("device")) if isinstance(told, Mapping) else NOWHERE


FOR_OPERATORS = frozenset({"origin", "friend", "friends_order"})
"""What of an explanation is not for its member: where calls came from, and what friends bought."""


def without_origin(explanation: Mapping[str, object]) -> dict[str, object]:
    """Return an explanation as its member may read it: who watches whom is not for them."""
    return {name: fact for name, fact in explanation.items() if name not in FOR_OPERATORS}


def digest_of_place(key: bytes, kind: str, place: str) -> str | None:
    """Return the digest of an address or a device; None where there is none."""
    if not place:
        return None
    # The words before it keep this apart from whatever else the key signs.
    message = f"origin: {kind}\n{place}".encode()
    return hmac.digest(key, message, hashlib.sha256)[:DIGEST_BYTES].hex()
