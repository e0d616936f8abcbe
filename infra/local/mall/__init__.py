"""The command line `mall`: the whole stack on a laptop."""
