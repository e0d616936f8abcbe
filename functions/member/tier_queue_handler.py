"""Counts purchases and tasks for tiers, and looks at the members whom the sweep has queued."""

import json
from typing import Any

from chalice.app import Chalice

from loyalty.batches import take_each
from loyalty.bootstrap import mall
from loyalty.domain.events import Event, EventName, EventUnreadable, read_event
from loyalty.observability import logger
from member.tiers import counting, standing

app = Chalice(app_name="member-tier-counts")

TASKS = ("task", "task-reversed")
"""Why points count that no purchase has earned: tasks, and those that turned out undone."""


@app.lambda_function(name="count")
def take_batch(event: dict[str, Any], context: Any) -> Any:
    """Take a batch; each message that fails comes back alone."""
    return take_each(event, context, take_message)


def take_message(record: dict[str, Any]) -> None:
    """Look at a member, or count what an event tells of."""
    match json.loads(record["body"]):
        case {"assess": str(member_id)}:
            changed = standing.assess_member(mall(), member_id)
            logger().info("tier assessed", member=member_id, changed=changed)
        case _:
            event = read_event(record["body"])
            logger().info("counted", event_id=event.event_id, changed=count(event))


def count(event: Event) -> bool:
    """Count what an event tells of; return whether that changed anything.

    Raises:
        EventUnreadable: nothing of this event counts.
    """
    facts = event.facts
    match event.name:
        case EventName.ORDER_BOOKED:
            return counting.count_order(mall(), str(facts["source_name"]), str(facts["order_id"]))
        case EventName.POINTS_EARNED | EventName.POINTS_CLAWED_BACK if facts["reason"] in TASKS:
            moved, waits, owed = (int(str(facts[it])) for it in ("points", "pending", "debt"))
            points = moved + waits - owed
            told = (event.member_id, str(facts["entry_id"]), points, event.occurred_at)
            return counting.count_task(mall(), *told)
        case _:
            raise EventUnreadable(f"{event.name} counts for no tier.")


lambda_handler = take_batch
