"""Fakes in memory: they keep the ports' promises by the same contract tests as DynamoDB."""

from loyalty.adapters.memory.mall import MemoryMall

__all__ = ["MemoryMall"]
