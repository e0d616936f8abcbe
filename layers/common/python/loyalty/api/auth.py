"""Who may call a route. The gateway has verified the token; what it claims is judged here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Depends, Request

from loyalty.api.origin import Whereabouts, whereabouts_of
from loyalty.bootstrap import settings
from loyalty.domain import audit
from loyalty.domain.errors import Forbidden
from loyalty.domain.origin import Origin


class Role(StrEnum):
    """What an operator may be; the names of the token's groups."""

    ADMIN = "admin"
    OPERATOR = "operator"
    REVIEWER = "reviewer"
    AUDITOR = "auditor"


class Scope(StrEnum):
    """What a merchant's own systems may be granted; a token's scope may be ``<server>/<name>``."""

    OFFSETS = "offsets"
    MEMBERS = "members"
    TASKS = "tasks"


MEMBER, MERCHANT = "member", "merchant"
"""Who calls that is no operator."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Whose token came with the request; ``roles`` are those in which it was let in."""

    subject: str
    roles: frozenset[Role]
    request_id: str
    is_program: bool = False
    whereabouts: Whereabouts = field(default=Whereabouts(), repr=False)

    @property
    def member_id(self) -> str | None:
        """The member who calls, or None where a merchant's program does."""
        return None if self.is_program else self.subject

    @property
    def origin(self) -> Origin:
        """Where the call came from, as entries may keep it."""
        return self.whereabouts.digested()

    @property
    def operator(self) -> audit.Operator:
        """The caller as use cases and the audit know operators."""
        return audit.Operator(self.subject, "+".join(sorted(self.roles)), self.request_id)


Dependency = Callable[[Request], Caller]

ADMITTED: dict[Dependency, frozenset[str]] = {}
"""Whom a dependency lets in. The OpenAPI document tells them."""


def current_member(request: Request) -> Caller:
    """Return the member who calls.

    Raises:
        Forbidden: the token is a machine's, not a person's.
    """
    claims = claims_of(request)
    if is_machine(claims):
        raise Forbidden("A client's own token is no member.")
    subject, request_id = str(claims["sub"]), request_id_of(request)
    return Caller(subject, frozenset(), request_id, whereabouts=whereabouts_of(request))


ADMITTED[current_member] = frozenset({MEMBER})


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


@cache
def program_with(scope: Scope) -> Dependency:
    """Return the dependency that lets in a merchant's own program to which a scope was granted."""

    def program(request: Request) -> Caller:
        claims = claims_of(request)
        if not is_machine(claims) or scope not in scopes_in(claims.get("scope")):
            raise Forbidden(f"This needs a client's own token with the scope {scope}.")
        subject = str(claims.get("sub") or claims["client_id"])
        return Caller(subject, frozenset(), request_id_of(request), is_program=True)

    ADMITTED[program] = frozenset({MERCHANT})
    return program


@cache
def member_or_program_with(scope: Scope) -> Dependency:
    """Return the dependency that lets in members, and a merchant's programs with a scope."""
    as_program = program_with(scope)

    def member_or_program(request: Request) -> Caller:
        is_client = is_machine(claims_of(request))
        return as_program(request) if is_client else current_member(request)

    ADMITTED[member_or_program] = frozenset({MEMBER, MERCHANT})
    return member_or_program


CurrentMember = Annotated[Caller, Depends(current_member)]
Reader = Annotated[Caller, Depends(operator_with(*Role))]
Reviewer = Annotated[Caller, Depends(operator_with(Role.REVIEWER))]
Operator = Annotated[Caller, Depends(operator_with(Role.OPERATOR))]
Admin = Annotated[Caller, Depends(operator_with())]
ShopWithTasks = Annotated[Caller, Depends(program_with(Scope.TASKS))]
MemberOrShop = Annotated[Caller, Depends(member_or_program_with(Scope.MEMBERS))]


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


def scopes_in(claim: object) -> frozenset[str]:
    """Read a scope claim, with or without the names of resource servers.

    >>> sorted(scopes_in("points-mall/members points-mall/tasks"))
    ['members', 'tasks']
    """
    return frozenset(scope.rpartition("/")[2] for scope in str(claim or "").split())


def request_id_of(request: Request) -> str:
    """Return the gateway's id of the request: it stands in logs, problems and the audit."""
    return str(request.resolved_event["requestContext"]["requestId"])
