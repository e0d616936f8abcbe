"""Every operation of the API, and a way to call it without knowing it."""

import re
from dataclasses import dataclass
from typing import Any

from mall.openapi import document, http_apps
from mall.openapi.functions import routes_of
from support.http import Answer, Http


@dataclass(frozen=True)
class Door:
    """One operation: its path, the roles that open it, and the function behind it."""

    method: str
    path: str
    operation: dict[str, Any]
    http: Http

    @property
    def roles(self) -> frozenset[str]:
        """Who may call: roles of operators, ``member``, or nobody in particular."""
        return frozenset(self.operation.get("x-roles", ()))

    @property
    def name(self) -> str:
        """The operation as people write it."""
        return f"{self.method} {self.path}"

    def knock(
        self, *, body: object = None, ids: dict[str, str] | None = None, **who: Any
    ) -> Answer:
        """Call it; ids that are not given are made up."""
        path = re.sub(r"{(\w+)}", lambda hole: (ids or {}).get(hole[1], "nothing"), self.path)
        more: dict[str, Any] = (
            {"body": body or {}} if self.method in {"POST", "PUT", "PATCH"} else {}
        )
        return self.http.request(self.method, path, key="key-00001", **more, **who)


def every_door() -> list[Door]:
    """Return all operations of all functions."""
    paths = document()["paths"]
    return [
        Door(
            route.method,
            route.openapi_path,
            paths[route.openapi_path][route.method.lower()],
            Http(app.resolve),
        )
        for app in http_apps().values()
        for route in routes_of(app)
    ]
