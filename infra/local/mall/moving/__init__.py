"""Balances in from a file, balances and entries out into one, over the mall's front door."""
