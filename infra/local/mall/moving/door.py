"""The mall's front door, for long work: what it is too busy for is asked again."""

import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from mall.errors import MallError

BUSY = {429, 503, 504}
TRIES = 8


@dataclass(frozen=True)
class Door:
    """The API, as one operator sees it."""

    http: httpx.Client

    def get(self, path: str, **params: Any) -> Any:
        """Read something."""
        return self._answer("GET", path, params=params)

    def post(self, path: str, body: Mapping[str, object], key: str = "") -> Any:
        """Do something; without a key the same again is the same act: its content is the key."""
        text = json.dumps([path, body], sort_keys=True, ensure_ascii=False)
        key = key or hashlib.sha256(text.encode()).hexdigest()[:40]
        return self._answer("POST", path, json=body, headers={"Idempotency-Key": key})

    def _answer(self, method: str, path: str, **about: Any) -> Any:
        for tried in range(1, TRIES + 1):
            answer = self.http.request(method, path, **about)
            if answer.status_code not in BUSY or tried == TRIES:
                break
            time.sleep(float(answer.headers.get("retry-after", "1")))
        if not answer.is_success:
            raise MallError(f"{method} {path} answered {answer.status_code}: {_said(answer)}")
        return answer.json()


def _said(answer: httpx.Response) -> str:
    try:
        body = answer.json()
    except ValueError:
        return answer.text
    errors = "; ".join(f"{one['field']}: {one['message']}" for one in body.get("errors", []))
    return errors or str(body.get("detail") or body.get("message") or body)
