"""The composition root: the only place that knows which adapter stands behind which port.

Importing it does nothing: clients are made when a port is first used. Adapters and the SDK are
imported at once all the same, for before its first call a function has more of a processor than
after.
"""

import os
from functools import cache

from loyalty import ports
from loyalty.bootstrap.rows import DynamoRows
from loyalty.bootstrap.surroundings import AwsSurroundings
from loyalty.settings import Settings

_in_use: ports.Mall | None = None


def mall() -> ports.Mall:
    """Return everything outside, in one hand."""
    return _in_use or _aws_mall()


def use(other: ports.Mall | None) -> None:
    """Put another mall in the place of AWS (None: back to it); tests do."""
    global _in_use  # noqa: PLW0603 # an instance of a function has one mall
    _in_use = other


@cache
def settings() -> Settings:
    """Return what the environment tells this function."""
    return Settings.from_environment(os.environ)


@cache
def _aws_mall() -> "AwsMall":
    return AwsMall(settings())


class AwsMall(DynamoRows, AwsSurroundings):
    """The mall on AWS, or on an emulator of it where ``AWS_ENDPOINT_URL`` names one."""
