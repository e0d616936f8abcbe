"""E-mail through SES."""

from typing import TYPE_CHECKING

from botocore.config import Config
from botocore.exceptions import ClientError, ConnectTimeoutError, EndpointConnectionError

from loyalty.ports import MailNotSent

if TYPE_CHECKING:
    from mypy_boto3_sesv2 import SESV2Client


def make_client() -> "SESV2Client":
    """Return a client that never repeats a call by itself: SES would send the mail again."""
    import boto3

    config = Config(connect_timeout=2, read_timeout=10, retries={"total_max_attempts": 1})
    return boto3.client("sesv2", config=config)


class SesMailer:
    """Sends plain text in UTF-8 from one address."""

    def __init__(self, ses: "SESV2Client", sender: str) -> None:
        self._ses = ses
        self._sender = sender

    def send(self, to: str, subject: str, text: str) -> None:
        """Send one mail, at most once.

        Raises:
            MailNotSent: SES said no, or was never reached. Without an answer, the mail may
                have gone out: the client's own error goes on.
        """
        try:
            self._ses.send_email(
                FromEmailAddress=self._sender,
                Destination={"ToAddresses": [to]},
                Content={
                    "Simple": {
                        "Subject": {"Data": subject, "Charset": "UTF-8"},
                        "Body": {"Text": {"Data": text, "Charset": "UTF-8"}},
                    }
                },
            )
        except ClientError as error:
            # The message of SES may name the address; its code says enough.
            raise MailNotSent(error.response["Error"]["Code"]) from None
        except (ConnectTimeoutError, EndpointConnectionError) as error:
            raise MailNotSent(type(error).__name__) from error
