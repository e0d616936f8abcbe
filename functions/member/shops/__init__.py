"""What merchants' own systems ask of members, and tell of them: both sides are kept equal."""
