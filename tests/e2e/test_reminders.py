"""Points that expire are announced in inbox and mail, each lead once, as the days go by."""

from datetime import UTC, date, datetime, timedelta

import pytest

from stack import LocalStack, eventually
from support.visits import post

pytestmark = pytest.mark.stack

LAST_DAY = date(2031, 5, 20)


@pytest.fixture
def reader(stack: LocalStack) -> str:
    """Somebody new who gets mails, and has points that expire in May 2031 and at its year's end."""
    stack.clock.set(noon(LAST_DAY - timedelta(days=200)))
    name = stack.new_member()
    profile = {"email": stack.facts.users[name].email, "language": "en"}
    stack.http(name).patch("/v1/me", json=profile).raise_for_status()
    path = f"/v1/admin/members/{stack.member_id(name)}/adjustments"
    for points, day in ((118, LAST_DAY), (40, date(2031, 12, 31))):
        gift = {"points": points, "reason": "For the reminder.", "expires_on": str(day)}
        post(stack.http("operator"), path, gift).raise_for_status()
    return name


def noon(day: date) -> datetime:
    """Noon in Shanghai."""
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


def reminders(stack: LocalStack, name: str) -> list[str]:
    answer = stack.http(name).get("/v1/me/messages", headers={"Accept-Language": "en"})
    items = answer.raise_for_status().json()["items"]
    return [it["title"] for it in reversed(items) if it["event"] == "PointsExpiring"]


def mails(stack: LocalStack, name: str) -> list[str]:
    return [mail.subject for mail in stack.mails(name) if "expire " in mail.subject]


def test_members_hear_once_of_each_lead_and_of_the_year(stack: LocalStack, reader: str) -> None:
    days = (31, 30, 30, 12, 7, 5, 1)
    for left in days:
        stack.clock.set(noon(LAST_DAY - timedelta(days=left)))
        stack.sweep()
    stack.clock.set(noon(date(2031, 12, 3)))
    for _ in range(2):
        stack.sweep()

    told = [
        "118 points expire in 30 days",
        "118 points expire in 7 days",
        "118 points expire in 1 day",
        "40 points expire before the year ends",
    ]

    def says_so() -> None:
        assert reminders(stack, reader) == told
        assert sorted(mails(stack, reader)) == sorted(told)

    eventually(says_so)
