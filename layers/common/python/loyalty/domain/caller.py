"""Who calls: a member, or an operator in the roles that a route admits."""

from dataclasses import dataclass
from enum import StrEnum

from loyalty.domain.audit import Operator
from loyalty.domain.errors import Forbidden


class Role(StrEnum):
    """What an operator may be; the names of the token's groups."""

    ADMIN = "admin"
    OPERATOR = "operator"
    REVIEWER = "reviewer"
    AUDITOR = "auditor"


@dataclass(frozen=True, slots=True)
class Caller:
    """Whose token came with the request; ``roles`` are those in which it was let in."""

    subject: str
    roles: frozenset[Role]
    request_id: str

    @property
    def role(self) -> str:
        """The roles as one word, as the audit keeps it."""
        return "+".join(sorted(self.roles))

    @property
    def operator(self) -> Operator:
        """The caller as the audit knows operators."""
        return Operator(self.subject, self.role, self.request_id)

    def acts_for_others(self, member_id: str) -> None:
        """Refuse an operator's act on what is the operator's own.

        Raises:
            Forbidden: the member is the operator.
        """
        if self.subject == member_id:
            raise Forbidden("Nobody acts on what is their own.")


@dataclass(frozen=True, slots=True)
class RequestKey:
    """What one ``Idempotency-Key`` of one caller stands for, now and for ever.

    ``act_id`` derives from caller, method, path and key; ``digest`` from what was asked, so that
    a repetition is told from another request under the same key.
    """

    act_id: str
    digest: str
