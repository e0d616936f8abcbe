"""Writes of members, their links, the operators' adjustments and audit."""

from dataclasses import dataclass

from loyalty.domain.adjustment import WaitingAdjustment
from loyalty.domain.audit import AuditRecord
from loyalty.domain.member import CustomerLink, Member, WaitingEvent


@dataclass(frozen=True, slots=True)
class AddMember:
    """Put a member's profile; holds while there is none."""

    member: Member


@dataclass(frozen=True, slots=True)
class ChangeMember:
    """Replace a profile; holds while the row's version is one less."""

    member: Member


@dataclass(frozen=True, slots=True)
class AddLink:
    """Link a shop's customer; holds while nobody is linked to it."""

    link: CustomerLink


@dataclass(frozen=True, slots=True)
class AwaitLink:
    """Keep an order's news until its customer is linked; holds while nobody is."""

    event: WaitingEvent


@dataclass(frozen=True, slots=True)
class AddAudit:
    """Put an operator's act into the audit; holds while its id is free."""

    record: AuditRecord


@dataclass(frozen=True, slots=True)
class AddAdjustment:
    """Put an adjustment that waits for a reviewer; holds while its id is free."""

    adjustment: WaitingAdjustment


@dataclass(frozen=True, slots=True)
class DecideAdjustment:
    """Put a waiting adjustment as decided; holds while the row's version is one less."""

    adjustment: WaitingAdjustment
