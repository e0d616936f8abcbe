"""What a new member is welcomed with."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WelcomeRules:
    """Points that come with the membership, once."""

    points: int
