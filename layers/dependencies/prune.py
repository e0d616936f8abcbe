"""Cut installed packages down to what runs in a function."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

# The services that functions call: folder of botocore/data → name in endpoints.json. A house test
# holds this list and the clients that the code makes together.
SERVICES = {
    "dynamodb": "dynamodb",
    "events": "events",
    "kms": "kms",
    "s3": "s3",
    "secretsmanager": "secretsmanager",
    "sesv2": "email",
    "sqs": "sqs",
    "stepfunctions": "states",
    "sts": "sts",
}
CHALICE_AT_RUN_TIME = {"__init__.py", "app.py"}
NEVER_RUN = [
    "bin",
    "*.dist-info",  # nothing that is shipped asks for its own metadata
    "boto3/examples",
    "boto3/data",  # boto3.resource is not used
    "botocore/data/*/*/examples-1.json",
    "pydantic/v1",
    "aws_lambda_powertools/event_handler/openapi/swagger_ui",
    "**/__pycache__",
    "**/tests",
    "**/*.pyi",
    "**/py.typed",
]


def prune(packages: Path) -> None:
    """Remove from a folder of installed packages what a function never opens."""
    for pattern in NEVER_RUN:
        for path in list(packages.glob(pattern)):
            _remove(path)
    for path in (packages / "chalice").iterdir():
        if path.name not in CHALICE_AT_RUN_TIME:
            _remove(path)
    data = packages / "botocore" / "data"
    for path in data.iterdir():
        if path.is_dir() and path.name not in SERVICES:
            _remove(path)
    _cut_endpoints(data / "endpoints.json")


def _cut_endpoints(file: Path) -> None:
    """Keep the endpoints of the services that are used: botocore parses all of them at start."""
    used = set(SERVICES.values())
    endpoints = json.loads(file.read_text())
    for partition in endpoints["partitions"]:
        services = partition["services"]
        partition["services"] = {name: services[name] for name in services if name in used}
    file.write_text(json.dumps(endpoints, separators=(",", ":")))


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
