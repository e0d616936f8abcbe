"""Every way the mall says no, each with a stable slug and the facts that decided it.

The HTTP edge turns these into RFC 9457 problems; their statuses stand in one table there.
"""

from collections.abc import Mapping
from typing import Any, ClassVar


class LoyaltyError(Exception):
    """A rule was not met. ``facts`` travel to the caller as members of the problem."""

    slug: ClassVar[str] = "refused"
    title: ClassVar[str] = "Refused"

    def __init__(self, detail: str = "", **facts: Any) -> None:
        super().__init__(detail or self.title)
        self.facts: Mapping[str, Any] = facts


class NotFound(LoyaltyError):
    """Nothing stands there, or it is somebody else's."""

    slug, title = "not-found", "Not found"


class Forbidden(LoyaltyError):
    """The caller's role or scope does not allow this."""

    slug, title = "forbidden", "Your role does not allow this"


class Conflict(LoyaltyError):
    """The request is well formed, but what stands now does not allow it."""

    slug, title = "conflict", "This does not fit what stands now"


class InsufficientPoints(Conflict):
    """Facts: ``needed``, ``available``, ``short_by`` (points), ``ways_to_earn``."""

    slug, title = "insufficient-points", "Not enough points"


class OutOfStock(Conflict):
    """Facts: ``available`` (pieces)."""

    slug, title = "out-of-stock", "Out of stock"


class LimitReached(Conflict):
    """Facts: ``limit``, ``period`` (``order``, ``day`` or ``member``)."""

    slug, title = "limit-reached", "The limit is reached"


class AccountFrozen(Conflict):
    """Points can still be earned, but not spent, until operations unfreeze the account."""

    slug, title = "account-frozen", "The account is frozen"


class NotEligible(Conflict):
    """Facts: ``reasons``."""

    slug, title = "not-eligible", "Not eligible"


class QuoteChanged(Conflict):
    """What the member confirmed is no longer the price. Facts: ``quote``, the new one."""

    slug, title = "quote-changed", "The price has changed"


class NotAllowedNow(Conflict):
    """Facts: ``status``, ``allowed_actions``."""

    slug, title = "not-allowed-now", "Not possible in this status"


class AlreadyCheckedIn(Conflict):
    """Once a day. Facts: ``date``, ``points``, ``streak``, ``next_points``."""

    slug, title = "already-checked-in", "Already checked in today"


class AlreadyDecided(Conflict):
    """A review is decided once."""

    slug, title = "already-decided", "Already decided"


class AlreadyClaimed(Conflict):
    """A red packet gives each member one share. Facts: ``points``, of the one there was."""

    slug, title = "already-claimed", "You have had your share"


class AlreadyExists(Conflict):
    """Something of this name stands already."""

    slug, title = "already-exists", "Already exists"


class ChangedMeanwhile(Conflict):
    """Somebody else changed it since it was read: read again and repeat."""

    slug, title = "changed-meanwhile", "Changed by somebody else meanwhile"


class Invalid(LoyaltyError):
    """Facts: ``errors``, a list of ``{field, message}``."""

    slug, title = "invalid", "The request is not valid"

    @classmethod
    def at(cls, field: str, message: str) -> "Invalid":
        """Return the refusal of one field."""
        return cls(message, errors=[{"field": field, "message": message}])


class IdempotencyKeyReused(LoyaltyError):
    """The same key came with another request before."""

    slug, title = "idempotency-key-reused", "This Idempotency-Key was used for another request"


class IdempotencyKeyMissing(LoyaltyError):
    """A POST with an effect carries an Idempotency-Key of 8 to 64 characters."""

    slug, title = "idempotency-key-missing", "An Idempotency-Key header is required"


class MalformedBody(LoyaltyError):
    """The body is not what its content type says."""

    slug, title = "malformed", "The body cannot be read"


class TooLarge(LoyaltyError):
    """Facts: ``limit_bytes``."""

    slug, title = "too-large", "The body is too large"


class InvalidSignature(LoyaltyError):
    """No secret of this shop made this signature."""

    slug, title = "invalid-signature", "The signature does not fit the body"


class StaleTimestamp(LoyaltyError):
    """The message is older, or newer, than the tolerance allows."""

    slug, title = "stale-timestamp", "The timestamp is outside the tolerance"


class Busy(LoyaltyError):
    """The store asks for patience; nothing was done, or the same key finds what was done."""

    slug, title = "busy", "Busy, try again with the same key"
