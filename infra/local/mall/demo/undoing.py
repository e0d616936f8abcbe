"""Chapter three: what was given comes back, and what nobody used lapses."""

from datetime import date, timedelta
from typing import Any

from mall.aws import Aws
from mall.demo.stage import Stage
from mall.post import sent_mails
from mall.quiet import wait_until_quiet
from mall.sweeping import sweep
from mall.travel import parse_instant


def a_refund_claws_back(stage: Stage) -> None:
    """She sends a part of the order back: the shop refunds 2,500 yuan."""
    before = stage.points()["available"]
    now = stage.now()
    refund = {
        "type": "order.refunded",
        "timestamp": now,
        "data": {
            "order_id": f"A-{stage.run}",
            "refund_id": f"R-{stage.run}",
            "amount": "2500.00",
            "refunded_at": now,
        },
    }
    receipt = stage.webhook("standard", refund)
    stage.expect("the shop is told", receipt["status"], "clawed_back")
    stage.expect("points taken back", receipt["points"], 2500)
    balance = stage.points()
    left = balance["available"] - balance["debt"]
    stage.expect("points left", left, before - 2500)


def a_day_passes(stage: Stage) -> None:
    """A year later, the day after her lot's last one: her points have lapsed at once."""
    balance = stage.points()
    stage.kept["before_lapse"] = balance["available"]
    last = date.fromisoformat(balance["lots"][-1]["expires_on"])
    stage.show("last valid day", last)
    stage.clock.set(parse_instant(str(last + timedelta(days=1)), stage.stack.programme.time_zone))
    stage.show("the clock says", f"{stage.clock.now():%Y-%m-%dT%H:%M:%SZ}")
    stage.expect("points available, before any sweep", stage.points()["available"], 0)


def the_sweep_books_it(stage: Stage) -> None:
    """The sweep writes what has lapsed into her statement, one entry a lot."""
    sweep(stage.stack)
    lapses = stage.get("mei", "/v1/me/points/entries", kind="lapse")["items"]
    lapsed = -sum(entry["points"] for entry in lapses)
    stage.expect("points lapsed", lapsed, stage.kept["before_lapse"])
    stage.expect("lots", stage.points()["lots"], [])


def the_books_balance(stage: Stage) -> None:
    """Every point is accounted for: her entries add up to her account."""
    totals: dict[str, int] = {}
    entries = _statement(stage)
    for entry in entries:
        totals[entry["kind"]] = totals.get(entry["kind"], 0) + entry["points"]
    stage.show("entries", len(entries))
    for kind, points in totals.items():
        stage.show(kind, f"{points:+,}")
    balance = stage.points()
    stage.expect("they sum up to", sum(totals.values()), balance["available"])


def she_was_told(stage: Stage) -> None:
    """She was told of every step, in her inbox and by e-mail."""
    wait_until_quiet(Aws(stage.stack.aws.endpoint, stage.stack.aws.region), stage.stack)
    messages = stage.get("mei", "/v1/me/messages", limit=100)["items"]
    for message in messages[:4]:
        stage.show(message["event"], message["title"])
    stage.expect("messages in her inbox", len(messages) >= MESSAGES_AT_LEAST, True)
    mails = [m for m in sent_mails(stage.stack) if stage.kept["email"] in m.recipients]
    stage.show("mails", len(mails))


MESSAGES_AT_LEAST = 6


def _statement(stage: Stage) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = []
    cursor = ""
    while True:
        page = stage.get("mei", "/v1/me/points/entries", limit=100, cursor=cursor)
        entries += page["items"]
        cursor = page["next_cursor"]
        if not cursor:
            return entries
