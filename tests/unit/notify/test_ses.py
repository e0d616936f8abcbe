from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError, ReadTimeoutError

from loyalty.adapters.ses import SesMailer, make_client
from loyalty.ports import MailNotSent
from support.wire import Wire

MAIL = ("lin@example.com", "获得 118 积分", "您好！\n\n订单 A100 为您带来 118 积分。")


@pytest.fixture(autouse=True)
def aws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)


def mailer(wire: Wire) -> SesMailer:
    client = make_client()
    wire.attach(client)
    return SesMailer(client, "mall@example.com")


def fails(error: Exception) -> Any:
    def answer(_: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        raise error

    return answer


def test_a_mail_is_plain_text_in_utf8_from_the_malls_address() -> None:
    wire = Wire(lambda _: (200, {"MessageId": "1"}))
    mailer(wire).send(*MAIL)
    (sent,) = wire.requests
    assert sent["FromEmailAddress"] == "mall@example.com"
    assert sent["Destination"] == {"ToAddresses": ["lin@example.com"]}
    assert sent["Content"]["Simple"] == {
        "Subject": {"Data": "获得 118 积分", "Charset": "UTF-8"},
        "Body": {"Text": {"Data": MAIL[2], "Charset": "UTF-8"}},
    }


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (429, "TooManyRequestsException"),
        (400, "MessageRejected"),
        (400, "SendingPausedException"),
        (503, "ServiceUnavailable"),
    ],
)
def test_a_mail_that_ses_refuses_did_not_go_out_and_was_tried_once(status: int, code: str) -> None:
    wire = Wire(lambda _: (status, {"__type": code, "message": "lin@example.com is not verified"}))
    with pytest.raises(MailNotSent, match=f"^{code}$"):
        mailer(wire).send(*MAIL)
    assert len(wire.requests) == 1


def test_a_mail_that_never_reached_ses_did_not_go_out() -> None:
    wire = Wire(fails(EndpointConnectionError(endpoint_url="https://email")))
    with pytest.raises(MailNotSent):
        mailer(wire).send(*MAIL)


def test_a_mail_without_an_answer_may_have_gone_out_and_is_not_tried_again() -> None:
    wire = Wire(fails(ReadTimeoutError(endpoint_url="https://email")))
    with pytest.raises(ReadTimeoutError):
        mailer(wire).send(*MAIL)
    assert len(wire.requests) == 1
