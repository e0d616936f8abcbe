"""Once a channel: whatever comes again, comes late, or breaks in between."""

import pytest

from loyalty.adapters.memory import MemoryMall
from loyalty.adapters.memory.members import MemoryMessages
from loyalty.adapters.memory.rows import Rows
from loyalty.adapters.memory.surroundings import MemoryMailer
from loyalty.domain.events import EventName
from loyalty.domain.member import Member
from loyalty.domain.message import Message
from loyalty.domain.writes import AddMember
from loyalty.ports import MailNotSent
from notify.service import Told, tell_member
from support.happenings import NOW, event

EARNED = event(EventName.POINTS_EARNED)
LIN = Member("lin", NOW, display_name="林", email="lin@example.com", language="en")


@pytest.fixture
def mall() -> MemoryMall:
    mall = MemoryMall()
    mall.store.commit([AddMember(LIN)])
    return mall


def subjects(mall: MemoryMall) -> list[str]:
    return [mail.subject for mail in mall.mailer.sent]


def inbox(mall: MemoryMall, member_id: str = "lin") -> list[str]:
    return [message.title["en"] for message in mall.messages.inbox(member_id).items]


def test_an_event_goes_to_the_inbox_and_by_mail(mall: MemoryMall) -> None:
    assert tell_member(mall, EARNED) == Told(inbox=True, mail=True)
    assert inbox(mall) == ["You earned 118 points"]
    (mail,) = mall.mailer.sent
    assert (mail.to, mail.subject) == ("lin@example.com", "You earned 118 points")


def test_the_same_event_again_tells_nothing_again(mall: MemoryMall) -> None:
    tell_member(mall, EARNED)
    assert tell_member(mall, EARNED) == Told(inbox=False, mail=False)
    assert (len(inbox(mall)), len(mall.mailer.sent)) == (1, 1)


def test_an_event_that_is_no_message_is_told_nowhere(mall: MemoryMall) -> None:
    assert tell_member(mall, event(EventName.REDEMPTION_RECEIVED)) == Told()
    assert (inbox(mall), subjects(mall)) == ([], [])


def test_a_member_without_an_address_finds_it_in_the_inbox() -> None:
    mall = MemoryMall()
    mall.store.commit([AddMember(Member("lin", NOW))])
    assert tell_member(mall, EARNED) == Told(inbox=True)
    assert mall.mailer.sent == []


def test_a_member_without_a_profile_finds_it_in_the_inbox() -> None:
    mall = MemoryMall()
    assert tell_member(mall, EARNED) == Told(inbox=True)


def test_a_mall_without_a_sender_mails_nothing(mall: MemoryMall) -> None:
    mall.mailer = None  # type: ignore[assignment] # as AwsMall without MAIL_SENDER
    assert tell_member(mall, EARNED) == Told(inbox=True)


def test_a_refused_mail_is_sent_by_the_next_try_and_the_inbox_is_not_told_again(
    mall: MemoryMall,
) -> None:
    mall.mailer.is_down = True
    with pytest.raises(MailNotSent):
        tell_member(mall, EARNED)
    assert len(inbox(mall)) == 1
    mall.mailer.is_down = False
    assert tell_member(mall, EARNED) == Told(inbox=False, mail=True)
    assert tell_member(mall, EARNED) == Told(inbox=False, mail=False)
    assert subjects(mall) == ["You earned 118 points"]


class AnswerLost(MemoryMailer):
    """The mail goes out, but nobody learns of it."""

    def send(self, to: str, subject: str, text: str) -> None:
        super().send(to, subject, text)
        raise TimeoutError


class CrashBefore(MemoryMailer):
    """The function dies between its note and the mail."""

    def send(self, to: str, subject: str, text: str) -> None:
        raise KeyboardInterrupt(to, subject, text)


def test_a_mail_that_may_have_gone_out_is_not_sent_again(mall: MemoryMall) -> None:
    mall.mailer = AnswerLost()
    with pytest.raises(TimeoutError):
        tell_member(mall, EARNED)
    assert tell_member(mall, EARNED) == Told(inbox=False, mail=False)
    assert subjects(mall) == ["You earned 118 points"]


def test_a_crash_between_the_note_and_the_mail_loses_the_mail_but_not_the_message(
    mall: MemoryMall,
) -> None:
    mall.mailer = CrashBefore()
    with pytest.raises(KeyboardInterrupt):
        tell_member(mall, EARNED)
    mall.mailer = MemoryMailer()
    assert tell_member(mall, EARNED) == Told(inbox=False, mail=False)
    assert (len(inbox(mall)), subjects(mall)) == (1, [])


class SlowInbox(MemoryMessages):
    """While one delivers, another one tells the same event from beginning to end."""

    meanwhile: list[Told]

    def deliver(self, message: Message) -> bool:
        if not hasattr(self, "meanwhile"):
            self.meanwhile = []
            self.meanwhile.append(tell_member(self.mall, EARNED))
        return super().deliver(message)

    def __init__(self, mall: MemoryMall, rows: Rows) -> None:
        super().__init__(rows)
        self.mall = mall


def test_two_at_once_tell_once_a_channel() -> None:
    rows = Rows()
    mall = MemoryMall()
    mall.store.commit([AddMember(LIN)])
    mall.messages = inbox_of_both = SlowInbox(mall, rows)
    assert tell_member(mall, EARNED) == Told(inbox=False, mail=False)
    assert inbox_of_both.meanwhile == [Told(inbox=True, mail=True)]
    assert (len(inbox(mall)), len(mall.mailer.sent)) == (1, 1)
