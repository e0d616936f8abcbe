"""A part of the last chapter: points that are about to expire are announced."""

from datetime import date, timedelta

from mall.demo.stage import Stage
from mall.sweeping import sweep
from mall.travel import parse_instant

LEAD = 7


def she_is_reminded(stage: Stage) -> None:
    """A week before her points expire she is reminded, once, however often the sweep runs."""
    last = date.fromisoformat(stage.points()["lots"][-1]["expires_on"])
    day = last - timedelta(days=LEAD)
    stage.clock.set(parse_instant(str(day), stage.stack.programme.time_zone))
    stage.show("the clock says", f"{stage.clock.now():%Y-%m-%dT%H:%M:%SZ}")
    for _ in range(2):
        sweep(stage.stack)

    def reminders() -> list[str]:
        messages = stage.get("mei", "/v1/me/messages", limit=100)["items"]
        return [it["title"] for it in messages if it["event"] == "PointsExpiring"]

    told = stage.until("the reminder", reminders, bool)
    stage.expect("reminders of the lot", len(told), 1)
    stage.show("she reads", told[0])
