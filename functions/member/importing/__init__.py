"""Balances come in from another system, line by line, and may be taken back."""
