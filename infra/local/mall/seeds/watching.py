"""What the demonstration finds wrong: next to nothing, so that people can try everything."""

from loyalty.domain.anomaly.rules import (
    AddressLimits,
    AnomalyRules,
    AttemptLimits,
    DeviceLimits,
    NormLimits,
    RingLimits,
    VelocityLimits,
)

ANOMALIES = AnomalyRules(
    velocity=VelocityLimits(per_hour=10_000, per_day=100_000),
    device=DeviceLimits(members=10_000),
    # On a laptop everybody has one address.
    address=AddressLimits(newcomers=100_000),
    norm=NormLimits(factor=10_000, at_least=100_000_000, newcomer_at_least=100_000_000),
    ring=RingLimits(times=1_000, points=10_000_000, friends=1_000),
    attempts=AttemptLimits(per_hour=1_000, per_place=10_000),
)
