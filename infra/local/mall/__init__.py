"""The stack on a laptop, and the command line that runs it."""
