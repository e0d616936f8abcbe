"""Records of DynamoDB streams, in the form in which Lambda hands them over."""

from collections.abc import Mapping
from itertools import count
from typing import Any

from support.happenings import NOW

_numbers = count(1)


def record(
    table: str,
    new: Mapping[str, Any] | None = None,
    old: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return the record of one change of a row: put (no old), replaced, removed (no new)."""
    number = next(_numbers)
    row = new or old or {}
    images = {"NewImage": new, "OldImage": old}
    return {
        "eventID": f"{number:032x}",
        "eventName": "MODIFY" if new and old else "INSERT" if new else "REMOVE",
        "eventVersion": "1.1",
        "eventSource": "aws:dynamodb",
        "awsRegion": "eu-central-1",
        "dynamodb": {
            "ApproximateCreationDateTime": NOW.timestamp(),
            "Keys": {"pk": row["pk"], "sk": row["sk"]},
            **{name: dict(image) for name, image in images.items() if image},
            "SequenceNumber": f"{number:021d}",
            "SizeBytes": 512,
            "StreamViewType": "NEW_AND_OLD_IMAGES",
        },
        "eventSourceARN": f"arn:aws:dynamodb:eu-central-1:123456789012:table/mall-{table}"
        "/stream/2026-11-21T08:00:00.000",
    }
