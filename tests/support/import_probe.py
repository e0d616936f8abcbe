"""A program: imports a module and prints what that did. The roots whose code is ours follow it."""

import json
import os
import sys
import threading
from types import FrameType
from typing import Any

import botocore.session

MAPPINGS = {"os", "_collections_abc", "collections.abc"}
"""What stands between `os.environ` and whoever reads it."""


def main(module: str, *own: str) -> None:
    """Import the module under watch."""
    reads: list[str] = []
    clients: list[str] = []
    environment = type(os.environ)
    read, create = environment.__getitem__, botocore.session.Session.create_client

    def watched_read(self: Any, key: str) -> str:
        reader = _outside(sys._getframe(1))
        if reader.partition(".")[0] in own:
            reads.append(f"{reader}: {key}")
        return read(self, key)

    def watched_create(self: Any, service: str, *args: Any, **kwargs: Any) -> Any:
        clients.append(service)
        return create(self, service, *args, **kwargs)

    environment.__getitem__ = watched_read  # type: ignore[method-assign]
    botocore.session.Session.create_client = watched_create  # type: ignore[method-assign,assignment]
    before = threading.active_count()
    __import__(module)
    threads = threading.active_count() - before
    found = {"clients": clients, "reads": reads, "threads": threads, "modules": [*sys.modules]}
    print(json.dumps(found))


def _outside(frame: FrameType | None) -> str:
    """The module that reads, behind the standard library's own steps."""
    while frame and frame.f_globals["__name__"] in MAPPINGS:
        frame = frame.f_back
    return str(frame.f_globals["__name__"]) if frame else ""


if __name__ == "__main__":
    main(*sys.argv[1:])
