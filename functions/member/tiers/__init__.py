"""Tiers: what is counted for them, who stands where, and what members and operators see of it."""
