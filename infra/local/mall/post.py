"""The mails that the stack sent; none of them leaves this machine."""

from datetime import datetime

import httpx
from pydantic import BaseModel, Field

from mall.stack_file import Stack


class Mail(BaseModel):
    """One mail."""

    sent_at: datetime = Field(validation_alias="Timestamp")
    sender: str = Field(validation_alias="Source")
    recipients: list[str] = Field(validation_alias="To")
    subject: str = Field(validation_alias="Subject")
    text: str | None = Field(validation_alias="BodyText")
    html: str | None = Field(default=None, validation_alias="BodyHtml")


def sent_mails(stack: Stack) -> list[Mail]:
    """All mails, oldest first."""
    answer = httpx.get(f"{stack.aws.endpoint}/_ministack/ses/messages").raise_for_status()
    by_account: dict[str, list[object]] = answer.json()["messages"]
    mails = [Mail.model_validate(raw) for account in by_account.values() for raw in account]
    return sorted(mails, key=lambda mail: mail.sent_at)
