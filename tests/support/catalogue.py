"""What operators do to the catalogue in tests, over HTTP."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from support.http import Answer, Http

TEA = {"zh": "龙井茶", "en": "Longjing tea"}


def item_form(**changes: Any) -> dict[str, Any]:
    """Return a form of an item that lacks nothing."""
    form = {"name": TEA, "kind": "physical", "category": "tea", "points": 1200, "stock": 40}
    return {**form, **changes}


@dataclass
class Operations:
    """An operator at work; each act has a fresh key unless one is given."""

    http: Http
    user: str = "operator-sub"
    groups: tuple[str, ...] = ("operator",)
    keys: Any = field(default_factory=lambda: (f"key-{n:06}" for n in count()))

    def post(self, path: str, body: object, key: str | None = None) -> Answer:
        """Send a POST with a key."""
        return self.http.post(
            f"/v1/admin/items{path}",
            body,
            user=self.user,
            groups=self.groups,
            key=key or next(self.keys),
        )

    def get(self, path: str = "") -> Answer:
        """Send a GET."""
        return self.http.get(f"/v1/admin/items{path}", user=self.user, groups=self.groups)

    def change(self, item_id: str, /, **body: Any) -> Answer:
        """Send a PATCH."""
        return self.http.patch(
            f"/v1/admin/items/{item_id}", body, user=self.user, groups=self.groups
        )

    def create(self, **changes: Any) -> dict[str, Any]:
        """Put an item into the catalogue and return it."""
        answer = self.post("", item_form(**changes))
        assert answer.status == 201, answer.body
        made: dict[str, Any] = answer.body
        return made

    def import_codes(self, item_id: str, codes: list[str], key: str | None = None) -> Any:
        """Import codes and return what became of them."""
        answer = self.post(f"/{item_id}/codes", {"codes": codes}, key)
        assert answer.status == 201, answer.body
        return answer.body
