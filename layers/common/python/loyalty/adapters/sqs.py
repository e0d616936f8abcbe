"""The queues between what finds the work and the functions that do it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from loyalty.domain.pending import PendingPoints
from loyalty.ports import Stretch

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
        _send(self._client, self._queue_url, [*settle, *mature])


class SqsReminderQueue:
    """One message for each member who may have to be reminded."""

    def __init__(self, client: "SQSClient", queue_url: str) -> None:
        self._client = client
        self._queue_url = queue_url

    def add(self, member_ids: Sequence[str]) -> None:
        """Queue members, each as one message.

        Raises:
            RuntimeError: the queue did not take all of them; the next run will find them again.
        """
        messages = [{"remind": member_id} for member_id in member_ids]
        _send(self._client, self._queue_url, messages)


class SqsTierQueue:
    """One message for each member whose tier is to be looked at."""

    def __init__(self, client: "SQSClient", queue_url: str) -> None:
        self._client = client
        self._queue_url = queue_url

    def add(self, member_ids: Sequence[str]) -> None:
        """Queue members, each as one message.

        Raises:
            RuntimeError: the queue did not take all of them; the next sweep finds them again.
        """
        _send(self._client, self._queue_url, [{"assess": member_id} for member_id in member_ids])


class SqsPacketQueue:
    """One message for each red packet whose time is over."""

    def __init__(self, client: "SQSClient", queue_url: str) -> None:
        self._client = client
        self._queue_url = queue_url

    def add(self, packet_ids: Sequence[str]) -> None:
        """Queue packets, each as one message.

        Raises:
            RuntimeError: the queue did not take all of them; the next run will find them again.
        """
        _send(self._client, self._queue_url, [{"packet": one} for one in packet_ids])


class SqsReconcileQueue:
    """One message for each part of all accounts."""

    def __init__(self, client: "SQSClient", queue_url: str) -> None:
        self._client = client
        self._queue_url = queue_url

    def add(self, stretches: Sequence[Stretch]) -> None:
        """Queue parts, each as one message.

        Raises:
            RuntimeError: the queue did not take all of them.
        """
        _send(self._client, self._queue_url, [asdict(stretch) for stretch in stretches])


def _send(client: "SQSClient", queue_url: str, messages: Sequence[Mapping[str, object]]) -> None:
    for entries in _batches(messages):
        answer = client.send_message_batch(QueueUrl=queue_url, Entries=entries)
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
