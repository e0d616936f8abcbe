"""Who may call a route. The gateway has verified the token; what it claims is judged here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Depends, Request

from loyalty.bootstrap import settings
from loyalty.domain import audit
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
    def operator(self) -> audit.Operator:
        """The caller as use cases and the audit know operators."""
        return audit.Operator(self.subject, "+".join(sorted(self.roles)), self.request_id)


Dependency = Callable[[Request], Caller]

ADMITTED: dict[Dependency, frozenset[Role]] = {}
"""The roles that a dependency lets in; none for members. The OpenAPI document tells them."""


def current_member(request: Request) -> Caller:
    """Return the member who calls.

    Raises:
        Forbidden: the token is a machine's, not a person's.
    """
    claims = claims_of(request)
    if is_machine(claims):
        raise Forbidden("A client's own token is no member.")
    return Caller(str(claims["sub"]), frozenset(), request_id_of(request))


ADMITTED[current_member] = frozenset()


@cache
def operator_with(*roles: Role) -> Dependency:
    """Return the dependency that lets in operators with one of some roles, and admins."""
    admitted = frozenset(roles) | {Role.ADMIN}

    def operator(request: Request) -> Caller:
        claims = claims_of(request)
        held = admitted & groups_in(claims.get(settings().groups_claim))
        if not held or is_machine(claims):
            raise Forbidden(f"This needs one of the roles {', '.join(sorted(admitted))}.")
        return Caller(str(claims["sub"]), frozenset(map(Role, held)), request_id_of(request))

    ADMITTED[operator] = admitted
    return operator


CurrentMember = Annotated[Caller, Depends(current_member)]
Reader = Annotated[Caller, Depends(operator_with(*Role))]
Reviewer = Annotated[Caller, Depends(operator_with(Role.REVIEWER))]
Operator = Annotated[Caller, Depends(operator_with(Role.OPERATOR))]
Admin = Annotated[Caller, Depends(operator_with())]


def claims_of(request: Request) -> Mapping[str, Any]:
    """Return what the verified token claims; nothing where no authorizer stands before."""
    context: Mapping[str, Any] = request.resolved_event["requestContext"]
    claims: Mapping[str, Any] = context.get("authorizer", {}).get("jwt", {}).get("claims") or {}
    return claims


def is_machine(claims: Mapping[str, Any]) -> bool:
    """Whether a token stands for a client program: it has no person behind it.

    Cognito names a user in each access token of a person; other issuers give a machine's token
    the client as its subject, or say how it was granted.
    """
    subject = claims.get("sub")
    nameless = claims.get("token_use") == "access" and not claims.get("username")
    clients = {claims.get("client_id"), claims.get("azp")}
    return (
        not subject or nameless or subject in clients or claims.get("gty") == "client-credentials"
    )


def groups_in(claim: object) -> frozenset[str]:
    """Read a groups claim: a list, or the text ``[a b]`` that an HTTP API makes of one.

    >>> sorted(groups_in("[admin reviewer]"))
    ['admin', 'reviewer']
    """
    if isinstance(claim, str):
        claim = claim.strip("[]").replace(",", " ").split()
    return frozenset(map(str, claim)) if isinstance(claim, list) else frozenset()


def request_id_of(request: Request) -> str:
    """Return the gateway's id of the request: it stands in logs, problems and the audit."""
    return str(request.resolved_event["requestContext"]["requestId"])
