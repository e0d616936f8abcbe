"""What an act on an item tells the audit."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime

from loyalty.domain.item import Item, Limits
from loyalty.domain.pricing.offers import Bundle, CashOption, LimitedPrice

Facts = Mapping[str, object]

_NOT_FACTS = {"item_id", "created_at", "version", "reading"}


def facts_of(item: Item) -> dict[str, object]:
    """Return an item as plain JSON, for the audit."""
    return {f.name: _plain(getattr(item, f.name)) for f in fields(item) if f.name not in _NOT_FACTS}


def difference(before: Item, after: Item) -> tuple[Facts, Facts]:
    """Return what a change of an item changes: how it was, how it is."""
    old, new = facts_of(before), facts_of(after)
    changed = [name for name in old if old[name] != new[name]]
    return {name: old[name] for name in changed}, {name: new[name] for name in changed}


def _plain(value: object) -> object:
    match value:
        case Limits() | LimitedPrice() | Bundle() | CashOption():
            parts = {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
            return {name: part for name, part in parts.items() if part is not None}
        case tuple():
            return list(value)
        case Mapping():
            return dict(value)
        case datetime():
            return value.isoformat()
        case str():
            return str(value)
        case _:
            return value
