"""Use case of messages: tell a member of an event, once a channel."""

from dataclasses import dataclass

from loyalty.domain.events import Event
from loyalty.domain.message import Message
from loyalty.ports import MailNotSent, Mall
from notify.messages import mail_of, message_of


@dataclass(frozen=True, slots=True)
class Told:
    """What became of an event: which channels it went out on this time."""

    inbox: bool = False
    mail: bool = False


def tell_member(mall: Mall, event: Event) -> Told:
    """Tell a member of an event: at most once in the inbox, at most once by e-mail.

    Told again of the same event, it does what is left to do.

    Raises:
        MailNotSent: the mail certainly did not go out; the next try sends it.
    """
    message = message_of(event)
    if message is None:
        return Told()
    return Told(inbox=mall.messages.deliver(message), mail=_mail(mall, message))


def _mail(mall: Mall, message: Message) -> bool:
    """Note that the mail goes out, then send it: what breaks in between is not sent again."""
    member = mall.members.member(message.member_id)
    if mall.mailer is None or member is None or not member.email:
        return False
    if not mall.messages.mark_mailed(message):
        return False
    mail = mail_of(message, member)
    try:
        mall.mailer.send(member.email, mail.subject, mail.text)
    except MailNotSent:
        mall.messages.unmark_mailed(message)
        raise
    return True
