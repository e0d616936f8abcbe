"""Measurements, each printing tables. docs/performance.md keeps them, and what follows."""
