"""How Hypothesis runs here: fresh numbers every time, and always a way to run them again.

Loaded as a plugin by ``tests/conftest.py``. The seed stands in the first lines of every run;
``pytest --hypothesis-seed=<seed>`` draws the same again. A failure also prints a blob for
``@reproduce_failure``. ``--hypothesis-profile=quick`` is for the time while a test is written.
"""

import secrets

import pytest
from hypothesis import HealthCheck, settings

FULL = settings(
    deadline=None,  # a busy machine is no failure
    derandomize=False,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Choose the profile and the seed, before Hypothesis looks for them."""
    settings.register_profile("ci", FULL)
    settings.register_profile("quick", FULL, max_examples=10)
    if config.getoption("--hypothesis-profile") is None:
        settings.load_profile("ci")
    if config.getoption("--hypothesis-seed") is None:
        config.option.hypothesis_seed = str(secrets.randbelow(10**9))


def pytest_report_header(config: pytest.Config) -> str:
    """Print the seed; workers of pytest-xdist are handed the same one."""
    return f"again with the same numbers: --hypothesis-seed={config.option.hypothesis_seed}"
