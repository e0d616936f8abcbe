"""The items of the demonstration, through the operators' own front door."""

import hashlib
from pathlib import Path
from typing import Any

import httpx
import yaml

from mall.api_client import client
from mall.aws import Aws
from mall.errors import MallError
from mall.signing_in import access_token
from mall.stack_file import Stack

HERE = Path(__file__).parent
REUSED = "idempotency-key-reused"

Seed = dict[str, Any]


def items() -> list[Seed]:
    """All items, each with its kind."""
    return [
        {**item, "kind": file.stem}
        for file in sorted((HERE / "shelf").glob("*.yaml"))
        for item in yaml.safe_load(file.read_text())
    ]


def upload_pictures(aws: Aws, stack: Stack) -> None:
    """Put the pictures that were drawn for the items where the mall serves them from."""
    for picture in (HERE / "pictures").glob("*.svg"):
        aws.s3.put_object(
            Bucket=stack.buckets["MediaBucket"],
            Key=f"pictures/{picture.name}",
            Body=picture.read_bytes(),
            ContentType="image/svg+xml",
            CacheControl="public, max-age=86400",
        )


def fill(stack: Stack) -> None:
    """Create the items; one that an operator has changed since stays as it is.

    Raises:
        MallError: the catalogue refused one.
    """
    with client(stack.api, access_token(stack, "admin")) as http:
        for item in items():
            slug, codes = item.pop("slug"), item.pop("codes", 0)
            body = {"stock": 0, **item, "pictures": [f"pictures/{slug}.svg"]}
            created = _post(http, "/v1/admin/items", f"seed-item-{slug}", body)
            if created and codes:
                path = f"/v1/admin/items/{created['item_id']}/codes"
                _post(http, path, f"seed-codes-{slug}", {"codes": make_codes(slug, codes)})


def make_codes(slug: str, count: int) -> list[str]:
    """Codes as a supplier might send them: the same ones each time."""
    digests = (hashlib.sha256(f"{slug} {number}".encode()).hexdigest() for number in range(count))
    return [f"{d[:4]}-{d[4:8]}-{d[8:12]}".upper() for d in digests]


def _post(http: httpx.Client, path: str, key: str, body: Seed) -> Seed | None:
    """Post once for ever; None where the same key made something else in an earlier version."""
    answer = http.post(path, json=body, headers={"Idempotency-Key": key})
    if answer.is_success:
        made: Seed = answer.json()
        return made
    if REUSED in answer.text:
        return None
    raise MallError(f"POST {path} ({key}) answered {answer.status_code}: {answer.text}")
