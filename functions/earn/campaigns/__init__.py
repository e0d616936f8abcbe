"""Campaigns as operators make, simulate, start and stop them."""
