"""Domain objects as DynamoDB items, and back.

Rows are billed by the kilobyte, so what is empty or has its default is left out, and long names
are cut short. What a newer version of the code has added is ignored by an older one.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer
from pydantic import TypeAdapter

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef

T = TypeVar("T")
Item: TypeAlias = Mapping[str, "AttributeValueTypeDef"]
Attributes: TypeAlias = dict[str, "AttributeValueTypeDef"]


class _Integers(TypeDeserializer):
    """All our numbers are integers: points, pieces, versions. Fractions are texts."""

    def _deserialize_n(self, value: str) -> int:
        return int(value)

    def _deserialize_b(self, value: bytes) -> bytes:
        return value


_serialize = TypeSerializer().serialize
_deserialize = _Integers().deserialize


def text(value: str) -> "AttributeValueTypeDef":
    """Return a text as an attribute."""
    return {"S": value}


def number(value: int) -> "AttributeValueTypeDef":
    """Return an integer as an attribute."""
    return {"N": str(value)}


def instant(value: datetime) -> "AttributeValueTypeDef":
    """Return an instant as an attribute that sorts like time."""
    return text(stamp(value))


def day(value: date) -> "AttributeValueTypeDef":
    """Return a day as an attribute that sorts like time."""
    return text(value.isoformat())


def stamp(value: datetime) -> str:
    """Return an instant in UTC, always with microseconds: so texts sort like the instants.

    >>> stamp(datetime(2026, 11, 21, 4, tzinfo=UTC))
    '2026-11-21T04:00:00.000000Z'
    """
    return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"


def read_text(item: Item, name: str) -> str:
    """Return a text that stands in an item."""
    return item[name]["S"]


def read_number(item: Item, name: str) -> int:
    """Return an integer that stands in an item; absent: 0."""
    return int(item[name]["N"]) if name in item else 0


class Codec(Generic[T]):
    """Turns objects of one kind into attributes, and back.

    Args:
        kind: a dataclass.
        omitted: fields that the row's key tells.
        short: attributes' names where they differ from the fields'.
    """

    def __init__(
        self,
        kind: type[T],
        *,
        omitted: tuple[str, ...] = (),
        short: Mapping[str, str] | None = None,
    ) -> None:
        self._kind = kind
        self._omitted = set(omitted)
        self._short = short or {}

    def attributes(self, value: T) -> Attributes:
        """Return an object's attributes."""
        fields: Mapping[str, object] = self._adapter.dump_python(
            value, mode="json", exclude=self._omitted, exclude_defaults=True
        )
        return {
            self._short.get(name, name): _serialize(content)
            for name, content in fields.items()
            if content not in (None, "", [], {})
        }

    def value(self, item: Item, **from_key: object) -> T:
        """Return the object that an item stands for."""
        fields = {
            name: _deserialize(item[attribute])
            for name in self._fields
            if (attribute := self._short.get(name, name)) in item
        }
        return self._adapter.validate_python({**fields, **from_key})

    @cached_property
    def _adapter(self) -> TypeAdapter[T]:
        return TypeAdapter(self._kind)

    @cached_property
    def _fields(self) -> list[str]:
        return list(self._kind.__dataclass_fields__)  # type: ignore[attr-defined] # all are dataclasses
