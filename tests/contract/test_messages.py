from dataclasses import replace
from datetime import timedelta

from contract.rows import NOW
from loyalty.domain.message import Message
from support.stored import Stored


def message(message_id: str, minutes: int = 0) -> Message:
    return Message(
        message_id=message_id,
        member_id="lin",
        event="PointsEarned",
        title={"zh": "获得积分", "en": "Points earned"},
        body={"zh": "您获得 118 积分。", "en": "You have earned 118 points."},
        created_at=NOW + timedelta(minutes=minutes),
        reference="A100",
    )


def test_an_inbox_is_empty_at_first(mall: Stored) -> None:
    page = mall.messages.inbox("lin")
    assert (list(page.items), page.next_position) == ([], None)


def test_a_message_is_delivered_once(mall: Stored) -> None:
    assert mall.messages.deliver(message("m1"))
    assert not mall.messages.deliver(message("m1"))
    assert list(mall.messages.inbox("lin").items) == [message("m1")]


def test_a_message_told_again_at_another_time_is_the_same_message(mall: Stored) -> None:
    assert mall.messages.deliver(message("m1"))
    assert not mall.messages.deliver(message("m1", minutes=5))
    assert list(mall.messages.inbox("lin").items) == [message("m1")]


def test_every_member_has_an_inbox_of_their_own(mall: Stored) -> None:
    for_wang = replace(message("m1"), member_id="wang", reference=None)
    assert mall.messages.deliver(message("m1"))
    assert mall.messages.deliver(for_wang)
    assert list(mall.messages.inbox("wang").items) == [for_wang]


def test_messages_are_listed_newest_first_in_parts(mall: Stored) -> None:
    for minutes, message_id in enumerate(["z", "a", "m"]):
        mall.messages.deliver(message(message_id, minutes))
        mall.messages.mark_mailed(message(message_id, minutes))
    first = mall.messages.inbox("lin", limit=2)
    second = mall.messages.inbox("lin", limit=2, position=first.next_position)
    assert [each.message_id for each in (*first.items, *second.items)] == ["m", "a", "z"]
    assert second.next_position is None


def test_a_message_is_mailed_once(mall: Stored) -> None:
    assert mall.messages.mark_mailed(message("m1"))
    assert not mall.messages.mark_mailed(message("m1"))
    assert mall.messages.mark_mailed(message("m2"))


def test_a_mail_that_did_not_go_out_can_be_sent_again(mall: Stored) -> None:
    mall.messages.mark_mailed(message("m1"))
    mall.messages.unmark_mailed(message("m1"))
    mall.messages.unmark_mailed(message("m1"))
    assert mall.messages.mark_mailed(message("m1"))
