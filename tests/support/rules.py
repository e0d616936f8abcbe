"""The programme's paths, called by somebody in a role."""

from typing import Any

from earn.api_handler import lambda_handler
from support.http import Answer, Http

PROGRAMME = "/v1/admin/programme"


class Rules:
    """Operators at work on the rules."""

    def __init__(self) -> None:
        self._http = Http(lambda_handler)

    def get(self, path: str = "", role: str = "auditor") -> Answer:
        """Read."""
        return self._http.get(f"{PROGRAMME}{path}", user="o-1", groups=[role])

    def post(
        self, path: str, body: Any, role: str = "admin", key: str = "key-0001", user: str = "o-1"
    ) -> Answer:
        """Send something."""
        path = f"{PROGRAMME}{path}"
        return self._http.post(path, body, user=user, groups=[role], key=key)

    def draft(self, **changes: Any) -> dict[str, Any]:
        """Return the document in force, changed."""
        return {**self.get().body["programme"], **changes}

    def publish(self, expected: int = 1, key: str = "key-0001", **changes: Any) -> Answer:
        """Publish the document in force, changed."""
        body = {"draft": self.draft(**changes), "expected_version": expected, "reason": "Autumn"}
        return self.post("/publish", body, key=key)
