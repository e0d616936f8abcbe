"""Which entries of the ledger opened a redemption: so a member's redemptions are found by them."""

from loyalty.domain.account import Kind

OPENING_KINDS = (Kind.SPEND, Kind.HOLD)
"""Each redemption has put exactly one entry of these kinds, whatever became of it."""

_PARTITION = "redemption:"


def opened_redemption(partition: str) -> str | None:
    """Return the id of the redemption that a partition of the ledger is about, if it is one."""
    return partition.removeprefix(_PARTITION) if partition.startswith(_PARTITION) else None
