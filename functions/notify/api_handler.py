"""The member's inbox over HTTP."""

from loyalty.api import create_app
from loyalty.api.auth import CurrentMember
from loyalty.api.language import Language
from loyalty.api.pagination import Paging
from loyalty.bootstrap import mall
from notify import inbox
from notify.schemas import MessageList

app = create_app("notify")
lambda_handler = app.resolve


@app.get("/v1/me/messages")
def list_messages(caller: CurrentMember, paging: Paging, language: Language) -> MessageList:
    """The member's messages, newest first, in the language of ``Accept-Language``."""
    page = inbox.list_messages(mall(), caller.subject, paging.limit, paging.position)
    return MessageList.of(page.items, paging.cursor_after(page), language)
