"""From where on something looks wrong, and what follows: a case, or a freeze as well."""

from dataclasses import dataclass, field
from enum import StrEnum


class Action(StrEnum):
    """What a finding leads to."""

    REVIEW = "review"
    FREEZE = "freeze"


@dataclass(frozen=True, slots=True)
class VelocityLimits:
    """Things by one rule (`purchase`, `check-in`, `task`, `redemption` …) of one member."""

    per_hour: int = 12
    per_day: int = 30
    action: Action = Action.REVIEW


@dataclass(frozen=True, slots=True)
class DeviceLimits:
    """Members who were seen on one device within ``days``."""

    members: int = 4
    days: int = 7
    action: Action = Action.REVIEW


@dataclass(frozen=True, slots=True)
class AddressLimits:
    """Newcomers who never bought anything, at one network address within ``days``.

    A member is new for ``new_days``. Among all who were seen there newcomers are at least
    ``percent``: at the address of an office, or of a whole telephone network, they never are.
    """

    newcomers: int = 10
    percent: int = 60
    days: int = 7
    new_days: int = 14
    action: Action = Action.REVIEW


@dataclass(frozen=True, slots=True)
class NormLimits:
    """A day's points of one member against the member's own days before.

    A day looks wrong with ``entries`` or more earnings that bring, the largest of them left out,
    ``at_least`` points and ``factor`` times what is usual. Who has no usual yet may earn
    ``newcomer_at_least``.
    """

    factor: int = 8
    entries: int = 3
    at_least: int = 2_000
    newcomer_at_least: int = 15_000
    action: Action = Action.REVIEW


@dataclass(frozen=True, slots=True)
class RingLimits:
    """Points that go round: each to the next ``times`` and ``points`` or more within ``days``.

    Of whom a member brought, ``friends`` or more use one device, or the member's own.
    """

    times: int = 4
    points: int = 1_000
    days: int = 14
    friends: int = 4
    action: Action = Action.REVIEW


@dataclass(frozen=True, slots=True)
class AttemptLimits:
    """Codes, coupons and the like that were tried in vain within an hour."""

    per_hour: int = 8
    per_place: int = 25
    action: Action = Action.REVIEW


@dataclass(frozen=True, slots=True)
class AnomalyRules:
    """All limits; what is above one of them is a finding."""

    velocity: VelocityLimits = field(default_factory=VelocityLimits)
    device: DeviceLimits = field(default_factory=DeviceLimits)
    address: AddressLimits = field(default_factory=AddressLimits)
    norm: NormLimits = field(default_factory=NormLimits)
    ring: RingLimits = field(default_factory=RingLimits)
    attempts: AttemptLimits = field(default_factory=AttemptLimits)
