"""From where on something looks wrong, and what follows from it."""

from typing import Annotated

from pydantic import Field

from loyalty.api.schema import Schema
from loyalty.domain.anomaly.rules import Action

Times = Annotated[int, Field(strict=True, ge=0, le=1_000_000)]
Many = Annotated[int, Field(strict=True, ge=0, le=1_000_000_000)]
Percent = Annotated[int, Field(strict=True, ge=0, le=100)]
Days = Annotated[int, Field(strict=True, ge=1, le=30)]


class VelocityRule(Schema):
    """Things by one rule (`purchase`, `task`, `redemption` …) of one member."""

    per_hour: Times = 12
    per_day: Times = 30
    action: Action = Action.REVIEW


class DeviceRule(Schema):
    """Members who were seen on one device within some days."""

    members: Times = 4
    days: Days = 7
    action: Action = Action.REVIEW


class AddressRule(Schema):
    """Newcomers who never bought anything, at one network address, and their share there."""

    newcomers: Times = 10
    percent: Percent = 60
    days: Days = 7
    new_days: Annotated[int, Field(strict=True, ge=1, le=365)] = 14
    action: Action = Action.REVIEW


class NormRule(Schema):
    """A day's points of one member, without the largest earning, against the days before."""

    factor: Annotated[int, Field(strict=True, ge=1, le=10_000)] = 8
    entries: Annotated[int, Field(strict=True, ge=1, le=10_000)] = 3
    at_least: Many = 2_000
    newcomer_at_least: Many = 15_000
    action: Action = Action.REVIEW


class RingRule(Schema):
    """Points that go round among some members, and friends who share a device."""

    times: Annotated[int, Field(strict=True, ge=1, le=1_000_000)] = 4
    points: Many = 1_000
    days: Days = 14
    friends: Annotated[int, Field(strict=True, ge=2, le=1_000_000)] = 4
    action: Action = Action.REVIEW


class AttemptRule(Schema):
    """Codes, coupons and the like tried in vain within an hour: by a member, at a place."""

    per_hour: Times = 8
    per_place: Times = 25
    action: Action = Action.REVIEW


class AnomalyRule(Schema):
    """Limits; above one of them a case is opened, or the accounts are frozen as well."""

    velocity: VelocityRule = VelocityRule()
    device: DeviceRule = DeviceRule()
    address: AddressRule = AddressRule()
    norm: NormRule = NormRule()
    ring: RingRule = RingRule()
    attempts: AttemptRule = AttemptRule()
