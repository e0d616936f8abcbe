"""What the streams let through, what the rules pick and what the code speaks of are the same."""

import json
from pathlib import Path
from typing import Any

from earn.activities import purchases
from loyalty.adapters.dynamodb.keys.accounts import redemption_key
from loyalty.adapters.dynamodb.keys.members import link_key, reminder_key, tier_step_key
from loyalty.domain.changes import EVENT_OF_KIND
from loyalty.domain.events import EventName
from mall.template import load_template, resources_of
from member import tier_queue_handler
from redeem import queue_handler
from support.happenings import NOW

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = load_template(ROOT / "template.yaml")
SOURCES = {
    name.source: {one.value for one in EventName if one.source == name.source} for name in EventName
}


def filter_of(stream: str) -> dict[str, Any]:
    events = TEMPLATE["Resources"]["RelayFunction"]["Properties"]["Events"]
    [only] = events[stream]["Properties"]["FilterCriteria"]["Filters"]
    pattern: dict[str, Any] = json.loads(only["Pattern"])["dynamodb"]
    return pattern


def picked(rule: str) -> set[str]:
    """The names of events that a rule of the bus picks."""
    pattern = TEMPLATE["Resources"][rule]["Properties"]["EventPattern"]
    told = {name for source in pattern["source"] for name in SOURCES[source]}
    return told & set(pattern.get("detail-type", told))


def test_the_ledgers_stream_lets_through_the_entries_that_are_told_and_no_others() -> None:
    let_through = filter_of("Ledger")["NewImage"]["kind"]["S"]
    assert set(let_through) == {kind.value for kind in EVENT_OF_KIND}


def test_the_other_streams_let_through_redemptions_links_reminders_and_steps() -> None:
    link, steps = link_key("any", "any")["sk"]["S"], tier_step_key("any", "")["sk"]["S"]
    reminders = "reminder#"
    assert reminder_key("any", NOW.date(), "7")["sk"]["S"].startswith(reminders)
    for stream, names in (
        ("Orders", [redemption_key("any")["sk"]["S"]]),
        ("Members", [link, {"prefix": reminders}, {"prefix": steps}]),
    ):
        assert filter_of(stream) == {"Keys": {"sk": {"S": names}}}


def test_rules_pick_events_that_exist() -> None:
    for name, rule in resources_of(TEMPLATE, "AWS::Events::Rule").items():
        pattern = rule["Properties"]["EventPattern"]
        assert set(pattern["source"]) <= set(SOURCES)
        assert picked(name) >= set(pattern.get("detail-type", []))


def test_queues_hear_of_what_their_functions_know() -> None:
    assert picked("RedemptionRule") == set(queue_handler.ACTS)
    assert picked("CustomerLinkedRule") == {"CustomerLinked"}
    assert picked("OrderPointsRule") == {name.value for name in purchases.OF_POINTS}
    about_orders = TEMPLATE["Resources"]["OrderPointsRule"]["Properties"]["EventPattern"]["detail"]
    assert set(about_orders["reason"]) == purchases.ABOUT_ORDERS
    assert picked("OrderBookedRule") == {"OrderBooked"}
    assert picked("TaskRule") == {"PointsEarned", "PointsClawedBack"}
    only_tasks = TEMPLATE["Resources"]["TaskRule"]["Properties"]["EventPattern"]["detail"]
    assert only_tasks == {"reason": list(tier_queue_handler.TASKS)}
    assert picked("NotUnderstoodRule") == {"RecordNotUnderstood"}
    of_members = {
        one.value for one in EventName if one.startswith(("Points", "Redemption", "Tier"))
    }
    assert picked("MessageRule") == of_members


def test_only_the_bus_rules_may_send_to_the_queues() -> None:
    rules = set(resources_of(TEMPLATE, "AWS::Events::Rule"))
    [statement] = TEMPLATE["Resources"]["BusQueuePolicy"]["Properties"]["PolicyDocument"][
        "Statement"
    ]
    allowed = statement["Condition"]["ArnEquals"]["aws:SourceArn"]
    assert {arn["Fn::GetAtt"][0] for arn in allowed} == rules
