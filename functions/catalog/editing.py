"""Use cases of operators on items themselves: create, change, put on and off the shelf."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from catalog.facts import difference, facts_of
from catalog.search.readings import reading_of
from catalog.service import show_item
from catalog.shelf import StockedItem
from loyalty.auditing import OperatorAct, commit_once
from loyalty.domain.audit import Operator, digest_of
from loyalty.domain.errors import ChangedMeanwhile, Invalid
from loyalty.domain.item import Item, ItemKind, ItemStatus, Stock
from loyalty.domain.writes import AddItem, ChangeItem
from loyalty.ports import Mall, WriteRefused
from loyalty.posting import LostRace, until_it_holds


def create_item(
    mall: Mall, operator: Operator, key: str, fields: Mapping[str, Any], pieces: int
) -> StockedItem:
    """Put a new item into the catalogue; the same key finds the item that it made.

    A virtual item's pieces are promised: codes that are imported stand behind them first.

    Raises:
        Invalid: its time on the shelf ends before it begins.
        IdempotencyKeyReused: the key made another item.
    """
    item_id = item_id_for(operator.subject, key)
    item = _checked(Item(item_id=item_id, created_at=mall.clock.now(), **fields))
    stock = Stock(
        item_id,
        pieces,
        uncovered=pieces if item.kind is ItemKind.VIRTUAL else 0,
        on_shelf=item.is_on_shelf,
    )
    facts = {**facts_of(item), "stock": pieces}
    act = OperatorAct(operator, "item.create", item_id, key, request=facts, after=facts)
    commit_once(mall, act, [AddItem(item, stock)])
    return show_item(mall, item_id)


def change_item(
    mall: Mall,
    operator: Operator,
    item_id: str,
    changes: Mapping[str, Any],
    version: int | None = None,
    reason: str | None = None,
) -> StockedItem:
    """Change some fields of an item; what is that way already is left alone.

    Raises:
        NotFound: there is no such item.
        Invalid: its kind is to change, which codes and open orders depend on; or its time on the
            shelf would end before it begins.
        ChangedMeanwhile: ``version`` was given, and is no longer the item's.
        Busy: others change it all the time.
    """

    def attempt(_: object) -> None:
        before = show_item(mall, item_id).item
        _require_same_kind(before, changes)
        after = replace(before, **changes)
        if after == before:
            return
        if version not in {None, before.version}:
            raise ChangedMeanwhile(version=before.version)
        after = _checked(replace(after, version=before.version + 1))
        old, new = difference(before, after)
        # Named after all that it changes: another change of this version is another act.
        key = f"v{after.version}:{digest_of(new)}"
        act = OperatorAct(
            operator, "item.change", item_id, key, reason=reason, before=old, after=new
        )
        _commit_change(mall, act, [ChangeItem(after)])

    until_it_holds(attempt)
    return show_item(mall, item_id)


def shelve_item(
    mall: Mall,
    operator: Operator,
    key: str,
    item_id: str,
    status: ItemStatus,
    reason: str | None = None,
) -> StockedItem:
    """Put an item on the shelf, or take it off; the same key does it once.

    Raises:
        NotFound: there is no such item.
        IdempotencyKeyReused: the key asked for another status.
        Busy: others change it all the time.
    """

    def attempt(_: object) -> None:
        before = show_item(mall, item_id).item
        after = replace(before, status=status, version=before.version + 1)
        old, new = difference(before, after)
        act = OperatorAct(
            operator,
            "item.shelve",
            item_id,
            key,
            request=[status.value, reason],
            reason=reason,
            before=old,
            after=new,
        )
        _commit_change(mall, act, [ChangeItem(after)] if before.status is not status else [])

    until_it_holds(attempt)
    return show_item(mall, item_id)


def item_id_for(operator: str, key: str) -> str:
    """Return the id of the item that this operator's key stands for, now and for ever."""
    digest = hashlib.sha256(f"{operator}\n{key}".encode()).hexdigest()
    return f"item_{digest[:26]}"


def _checked(item: Item) -> Item:
    """Return the item with its name in pinyin, which is dear to find out: once, not per search."""
    begin, end = item.on_shelf_from, item.on_shelf_until
    if begin and end and end <= begin:
        raise Invalid.at("on_shelf_until", "This is not after on_shelf_from.")
    return replace(item, reading=reading_of(item.name.get("zh", "")))


def _require_same_kind(item: Item, changes: Mapping[str, Any]) -> None:
    if changes.get("kind", item.kind) is not item.kind:
        raise Invalid.at("kind", f"This item is {item.kind}, which cannot change.")


def _commit_change(mall: Mall, act: OperatorAct, writes: list[ChangeItem]) -> None:
    try:
        commit_once(mall, act, writes)
    except WriteRefused as refused:
        raise LostRace from refused
