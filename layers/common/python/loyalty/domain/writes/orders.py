"""Writes of redemptions, and of what limits them."""

from dataclasses import dataclass

from loyalty.domain.redemption import Redemption


@dataclass(frozen=True, slots=True)
class OpenRedemption:
    """Put a redemption; holds while its id is free."""

    redemption: Redemption


@dataclass(frozen=True, slots=True)
class ChangeRedemption:
    """Replace a redemption; holds while the row's version is one less."""

    redemption: Redemption


@dataclass(frozen=True, slots=True)
class CountLimit:
    """Count pieces against a limit; holds while the sum stays within it. Negative: given back."""

    member_id: str
    item_id: str
    period: str
    pieces: int
    limit: int | None = None
