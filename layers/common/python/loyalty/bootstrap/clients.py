"""How clients of AWS wait and try again."""

from functools import cache

from botocore.config import Config


@cache
def client_config() -> Config:
    """Return how long clients wait: a caller is told `Busy` before the gateway gives up."""
    return Config(
        connect_timeout=2,
        read_timeout=4,
        retries={"mode": "standard", "total_max_attempts": 3},
        tcp_keepalive=True,
    )
