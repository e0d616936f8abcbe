"""docs/events.md tells every event, and of each event every fact, as the relay makes them."""

import re
from pathlib import Path

import pytest

from loyalty.adapters.memory import MemoryMall
from loyalty.domain.events import Event, EventName
from loyalty.domain.item import ItemKind
from notify.messages import message_of
from relay.service import relay_changes
from support.happenings import event
from support.streams import record

DOC = (Path(__file__).resolve().parents[2] / "docs" / "events.md").read_text()
TYPES = {
    "text": str,
    "integer": int,
    "boolean": bool,
    "list": list,
    "object": dict,
    "null": type(None),
}
TOLD = re.compile(r"^\| `(?P<name>[A-Z]\w+)` \|[^|]*\|(?P<message>[^|]*)\|$", re.MULTILINE)
FACT = re.compile(r"^\| `(?P<name>[a-z_]+)` \| (?P<type>[a-z ]+) \|", re.MULTILINE)
ONLY = re.compile(r"^`(\w+)` also has:$", re.MULTILINE)

Facts = dict[str, str]


def facts_in(text: str) -> Facts:
    return {fact["name"]: fact["type"] for fact in FACT.finditer(text)}


def documented() -> dict[str, tuple[str, str, Facts]]:
    """Each event's source, what is said of its message, and its facts."""
    _, *sections = re.split(r"^## ", DOC, flags=re.MULTILINE)
    titled = dict(section.split("\n", 1) for section in sections)
    common = facts_in(titled["Every event"])
    found = {}
    for title, text in titled.items():
        shared, *own = ONLY.split(text)
        more = dict(zip(own[::2], map(facts_in, own[1::2]), strict=True))
        for told in TOLD.finditer(text):
            facts = {**common, **facts_in(shared), **more.get(told["name"], {})}
            found[told["name"]] = (title.strip("`"), told["message"].strip(), facts)
    return found


DOCUMENTED = documented()


def told(name: EventName, kind: ItemKind = ItemKind.PHYSICAL) -> Event:
    if name is not EventName.RECORD_NOT_UNDERSTOOD:
        return event(name, kind)
    mall = MemoryMall()
    row = {"pk": {"S": "order:standard:A100"}, "sk": {"S": "paid"}}
    relay_changes(mall, [record("ledger", new=row)], lambda _: 1 / 0)  # type: ignore[arg-type,return-value]
    (lost,) = mall.event_bus.published
    return lost


def test_every_event_is_documented_and_no_other() -> None:
    assert set(DOCUMENTED) == {name.value for name in EventName}


def fits(value: object, types: str) -> bool:
    return isinstance(value, tuple(TYPES[word] for word in types.split(" or ")))


@pytest.mark.parametrize("name", EventName)
def test_an_event_comes_from_where_the_document_says(name: EventName) -> None:
    assert DOCUMENTED[name][0] == name.source


@pytest.mark.parametrize("name", EventName)
def test_an_event_has_the_documented_facts_of_the_documented_types(name: EventName) -> None:
    detail, facts = told(name).detail, DOCUMENTED[name][2]
    assert set(detail) == set(facts)
    types = {
        fact: tuple(TYPES[word] for word in said.split(" or ")) for fact, said in facts.items()
    }
    assert [fact for fact, value in detail.items() if not isinstance(value, types[fact])] == []


@pytest.mark.parametrize("name", sorted(set(EventName) - {EventName.RECORD_NOT_UNDERSTOOD}))
def test_the_document_says_which_events_become_messages(name: EventName) -> None:
    said = DOCUMENTED[name][1]
    about = {kind for kind in ItemKind if message_of(told(name, kind))}
    if said.startswith("yes"):
        assert about == set(ItemKind)
    elif said.startswith("no"):
        assert about == set()
    elif said == "for parcels only":
        assert about == {ItemKind.PHYSICAL}
    else:
        assert said == "for codes and services only"
        assert about == {ItemKind.VIRTUAL, ItemKind.SERVICE}
