"""The keys of all rows, by what they are about."""
