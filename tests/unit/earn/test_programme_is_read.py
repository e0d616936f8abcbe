"""The rules in force, as operators read them."""

from dataclasses import replace

import pytest

from earn.api_handler import lambda_handler
from loyalty import bootstrap
from loyalty.adapters.memory import MemoryMall
from support.http import Http


@pytest.fixture
def http() -> Http:
    return Http(lambda_handler)


@pytest.mark.parametrize("role", ["admin", "operator", "reviewer", "auditor"])
def test_every_operator_may_read_the_rules_in_force(http: Http, role: str) -> None:
    mall = MemoryMall()
    mall.programmes.publish(replace(mall.programmes.live(), version=4, grace_days=9))
    bootstrap.use(mall)
    shown = http.get("/v1/admin/programme", user="o-1", groups=[role])
    bootstrap.use(None)
    assert (shown.status, shown.body["version"]) == (200, 4)
    assert shown.body["programme"]["grace_days"] == 9
    assert shown.body["programme"]["rates"]["CNY"]["default"] == {"points": 1, "per": "1"}
