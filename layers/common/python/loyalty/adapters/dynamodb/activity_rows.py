"""What members do besides buying, as rows."""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from loyalty.adapters.dynamodb.items import Attributes, Codec, Item, number, stamp, text
from loyalty.adapters.dynamodb.keys.activities import (
    bond_key,
    check_ins_key,
    friend_key,
    referral_code_key,
    referrer_key,
    request_key,
    task_key,
)
from loyalty.adapters.dynamodb.keys.rows import Key
from loyalty.domain.check_in import CheckInCard
from loyalty.domain.referral import Bond, ReferralCode, Referrer
from loyalty.domain.request import Request
from loyalty.domain.task import TaskProgress
from loyalty.domain.writes.activities import Activity

T = TypeVar("T")


def activity_item(activity: Activity) -> Attributes:
    """Return an activity's row."""
    return {
        **_key_of(activity),
        **_codec(type(activity)).attributes(activity),
        "version": number(activity.version),
    }


def lines_of(activity: Activity) -> Iterator[Attributes]:
    """Yield the lines that a new row has in lists."""
    if isinstance(activity, Bond) and activity.version == 1:
        key = friend_key(activity.referrer_id, stamp(activity.since), activity.friend_id)
        yield {**key, "friend_id": text(activity.friend_id)}


def reader_of(kind: type[T]) -> Callable[[Item], T]:
    """Return what reads rows of a kind."""
    return _codec(kind).value


def _key_of(activity: Activity) -> Key:
    match activity:
        case CheckInCard(member_id):
            return check_ins_key(member_id)
        case TaskProgress(member_id, task_id):
            return task_key(member_id, task_id)
        case Request():
            return request_key(activity.request_id)
        case ReferralCode(code):
            return referral_code_key(code)
        case Referrer(member_id):
            return referrer_key(member_id)
        case Bond(friend_id):
            return bond_key(friend_id)


def _codec(kind: type[T]) -> Codec[T]:
    return _CODECS[kind]


_CODECS: dict[type[Any], Codec[Any]] = {
    kind: Codec(kind) for kind in (CheckInCard, TaskProgress, Request, ReferralCode, Referrer, Bond)
}
