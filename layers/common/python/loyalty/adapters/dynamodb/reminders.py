"""Reminders in DynamoDB: a row for each lot and lead; the first of a reminder tells it."""

from datetime import date
from typing import TYPE_CHECKING

from loyalty.adapters.dynamodb.actions import IS_NEW, put
from loyalty.adapters.dynamodb.faults import asking_for_patience
from loyalty.adapters.dynamodb.items import Attributes, Codec, Item, day, read_text
from loyalty.adapters.dynamodb.keys.members import REMINDERS_RUN, reminder_key
from loyalty.adapters.dynamodb.reading import Query, Reader
from loyalty.adapters.dynamodb.tables import Tables
from loyalty.adapters.dynamodb.transaction import ConditionsFailed, transact
from loyalty.domain.reminder import Fact, Reminder

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_REMINDERS = Codec(Reminder)


class DynamoReminders:
    """Keeps `Reminders`' promises."""

    def __init__(self, client: "DynamoDBClient", tables: Tables) -> None:
        self._client = client
        self._read = Reader(client)
        self._table = tables.members

    def told(self, member_id: str, since: date) -> frozenset[Fact]:
        """Return what a member was told of lots whose day is this one, or later."""
        first, last = reminder_key(member_id, since, ""), reminder_key(member_id, date.max, "~")
        rows = Query(
            self._table,
            "pk = :member AND sk BETWEEN :first AND :last",
            {":member": first["pk"], ":first": first["sk"], ":last": last["sk"]},
        )
        return frozenset(map(_fact, self._read.query(rows)))

    def add(self, reminder: Reminder) -> bool:
        """Note a reminder, which tells it; False: one of its facts was told before."""
        actions = [put(self._table, item, _fact, IS_NEW) for item in _items(reminder)]
        try:
            transact(self._client, [action.request for action in actions])
        except ConditionsFailed:
            return False
        return True

    def last_run(self) -> date | None:
        """Return the day whose reminders were handed over last."""
        row = self._read.get(self._table, REMINDERS_RUN)
        return date.fromisoformat(read_text(row, "day")) if row else None

    def note_run(self, today: date) -> None:
        """Note that all of a day's reminders were handed over."""
        with asking_for_patience():
            self._client.put_item(TableName=self._table, Item={**REMINDERS_RUN, "day": day(today)})


def is_reminder(row: Item) -> bool:
    """Whether a row is the one that tells a reminder."""
    return row["sk"]["S"].startswith("reminder#") and "lots" in row


def reminder_of(row: Item) -> Reminder:
    """Return the reminder that a row tells."""
    return _REMINDERS.value(row)


def _items(reminder: Reminder) -> list[Attributes]:
    first, *others = [reminder_key(reminder.member_id, lot, lead) for lot, lead in reminder.facts]
    return [{**first, **_REMINDERS.attributes(reminder)}, *others]


def _fact(row: Item) -> Fact:
    _, lot, lead = read_text(row, "sk").split("#")
    return date.fromisoformat(lot), lead
