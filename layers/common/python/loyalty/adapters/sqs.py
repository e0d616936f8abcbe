"""The queue between the expiry sweep and the function that settles accounts."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from loyalty.domain.pending import PendingPoints

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import SendMessageBatchRequestEntryTypeDef

BATCH = 10
"""Messages that SQS takes in one call."""


class SqsSettlementQueue:
    """One message for each account to settle, and for each pending row to mature."""

    def __init__(self, client: "SQSClient", queue_url: str) -> None:
        self._client = client
        self._queue_url = queue_url

    def add(self, member_ids: Sequence[str], pending: Sequence[PendingPoints]) -> None:
        """Queue members to settle, and pending rows to mature.

        Raises:
            RuntimeError: the queue did not take all of them; the sweep will find them again.
        """
        settle = [{"settle": member_id} for member_id in member_ids]
        mature = [{"mature": [p.member_id, p.source, p.order_id]} for p in pending]
        for entries in _batches([*settle, *mature]):
            answer = self._client.send_message_batch(QueueUrl=self._queue_url, Entries=entries)
            if answer.get("Failed"):
                raise RuntimeError(f"{len(answer['Failed'])} messages were not taken")


def _batches(
    messages: Sequence[Mapping[str, object]],
) -> Iterator[list["SendMessageBatchRequestEntryTypeDef"]]:
    for start in range(0, len(messages), BATCH):
        yield [
            {"Id": str(place), "MessageBody": json.dumps(message)}
            for place, message in enumerate(messages[start : start + BATCH])
        ]
