"""What members do besides buying, as rows."""

from collections.abc import Callable
from typing import Any, TypeVar

from loyalty.adapters.dynamodb.items import Attributes, Codec, Item, number
from loyalty.adapters.dynamodb.keys import Key, check_ins_key
from loyalty.domain.check_in import CheckInCard
from loyalty.domain.writes.activities import Activity

T = TypeVar("T")


def activity_item(activity: Activity) -> Attributes:
    """Return an activity's row."""
    return {
        **_key_of(activity),
        **_codec(type(activity)).attributes(activity),
        "version": number(activity.version),
    }


def reader_of(kind: type[T]) -> Callable[[Item], T]:
    """Return what reads rows of a kind."""
    return _codec(kind).value


def _key_of(activity: Activity) -> Key:
    return check_ins_key(activity.member_id)


def _codec(kind: type[T]) -> Codec[T]:
    return _CODECS[kind]


_CODECS: dict[type[Any], Codec[Any]] = {CheckInCard: Codec(CheckInCard)}
