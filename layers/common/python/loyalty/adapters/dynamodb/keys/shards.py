"""The parts of the sparse indexes that sweeps read."""

from zlib import crc32

SHARDS = 16
"""Partitions of a sparse index, so that no date makes one of them hot."""


def shard_of(member_id: str) -> str:
    """Return the shard that a member's rows have in the sweeps' indexes, for ever the same."""
    return f"{crc32(member_id.encode()) % SHARDS:02d}"


def every_shard() -> list[str]:
    """Return all shards."""
    return [f"{shard:02d}" for shard in range(SHARDS)]
