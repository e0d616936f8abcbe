"""A campaign that runs in the demonstration, for things of the category `festival` only."""

from datetime import UTC, datetime, timedelta

import httpx

from mall.api_client import client
from mall.errors import MallError
from mall.signing_in import access_token
from mall.stack_file import Stack

CAMPAIGNS = "/v1/admin/campaigns"
NAME = {"zh": "节日双倍积分", "en": "Festival: double points"}


def run(stack: Stack) -> None:
    """Draft and start it, unless it stands in the list.

    Raises:
        MallError: the front door refused it.
    """
    with client(stack.api, access_token(stack, "operator")) as http:
        listed = http.get(CAMPAIGNS, params={"limit": 100}).raise_for_status().json()
        if any(campaign["name"] == NAME for campaign in listed["items"]):
            return
        campaign_id = _post(http, CAMPAIGNS, _terms())["campaign_id"]
        _post(http, f"{CAMPAIGNS}/{campaign_id}/start", {})


def _terms() -> dict[str, object]:
    today = datetime.now(UTC).date()
    return {
        "name": NAME,
        "window": {"first_day": str(today), "last_day": str(today + timedelta(days=365))},
        "effect": {"multiplier": "2"},
        "scope": {"categories": ["festival"]},
        "per_member": 5_000,
        "budget": 1_000_000,
    }


def _post(http: httpx.Client, path: str, body: dict[str, object]) -> dict[str, str]:
    key = {"Idempotency-Key": f"seed-festival-{datetime.now(UTC):%Y%m%d}"}
    answer = http.post(path, json=body, headers=key)
    if not answer.is_success:
        raise MallError(f"POST {path} answered {answer.status_code}: {answer.text}")
    made: dict[str, str] = answer.json()
    return made
