"""Where the story plays: the stack, who acts in it, and what it may not get wrong."""

import secrets
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx

from mall.api_client import client
from mall.aws import Aws
from mall.shops import send_webhook
from mall.signing_in import access_token, token_for
from mall.stack_file import Stack
from mall.travel import Clock

WAIT_SECONDS = 60


class StoryBroken(Exception):
    """A step did not go as it must."""


@dataclass
class Stage:
    """One run of the story. Its member is new, so every number in it is exact."""

    stack: Stack
    run: str = field(default_factory=lambda: uuid.uuid4().hex[:8])
    member_id: str = ""
    shown: list[tuple[str, str]] = field(default_factory=list)
    kept: dict[str, Any] = field(default_factory=dict)
    _clients: dict[str, httpx.Client] = field(default_factory=dict)

    @property
    def clock(self) -> Clock:
        """The stack's clock."""
        return Clock(self.stack)

    def show(self, what: str, value: object) -> None:
        """Keep a line for the person who watches."""
        self.shown.append((what, str(value)))

    def expect(self, what: str, actual: object, expected: object) -> None:
        """Show a value that must be as expected.

        Raises:
            StoryBroken: it is not.
        """
        if actual != expected:
            raise StoryBroken(f"{what}: expected {expected!r}, got {actual!r}")
        self.show(what, actual)

    def arrive(self, name: str = "mei") -> str:
        """Make a member of this run in the pool, who has never been here; return the address."""
        aws, email = (
            Aws(self.stack.aws.endpoint, self.stack.aws.region),
            f"{name}-{self.run}@example.com",
        )
        pool, password = self.stack.user_pool.id, f"Aa1-{secrets.token_urlsafe(12)}1"
        aws.cognito.admin_create_user(
            UserPoolId=pool,
            Username=email,
            MessageAction="SUPPRESS",
            UserAttributes=[
                {"Name": "email", "Value": email},
                {"Name": "email_verified", "Value": "true"},
            ],
        )
        aws.cognito.admin_set_user_password(
            UserPoolId=pool, Username=email, Password=password, Permanent=True
        )
        self._clients[name] = client(self.stack.api, token_for(self.stack, email, password))
        return email

    def as_(self, user: str) -> httpx.Client:
        """Return the API as somebody sees it: who has arrived, or a user of the stack file."""
        if user not in self._clients:
            self._clients[user] = client(self.stack.api, access_token(self.stack, user))
        return self._clients[user]

    def get(self, user: str, path: str, **params: str | int) -> Any:
        """Ask for something that must be there; empty parameters are left out."""
        params = {name: value for name, value in params.items() if value != ""}
        return _answer(self.as_(user).get(path, params=params), {200})

    def post(
        self, user: str, path: str, body: object, *, key: str | None = None, status: int = 200
    ) -> Any:
        """Do something that must be answered with a status."""
        headers = {"Idempotency-Key": key or uuid.uuid4().hex}
        return _answer(self.as_(user).post(path, json=body, headers=headers), {status})

    def patch(self, user: str, path: str, body: object) -> Any:
        """Change something."""
        return _answer(self.as_(user).patch(path, json=body), {200})

    def put(self, user: str, path: str, body: object) -> Any:
        """Make something what the body says."""
        return _answer(self.as_(user).put(path, json=body), {200})

    def webhook(self, source: str, payload: Mapping[str, object], **about: str) -> Any:
        """Let a shop speak; it must be believed."""
        return _answer(send_webhook(self.stack, source, payload, **about), {202})

    def points(self) -> dict[str, Any]:
        """Return the member's balance."""
        balance: dict[str, Any] = self.get("mei", "/v1/me/points")
        return balance

    def until(self, what: str, ask: Callable[[], Any], wanted: Callable[[Any], bool]) -> Any:
        """Ask again until what the queues bring has come.

        Raises:
            StoryBroken: it has not come within a minute.
        """
        deadline = time.monotonic() + WAIT_SECONDS
        while not wanted(found := ask()):
            if time.monotonic() > deadline:
                raise StoryBroken(f"{what}: still {found!r} after {WAIT_SECONDS} s")
            time.sleep(0.2)
        return found

    def close(self) -> None:
        """Let go of the connections."""
        for http in self._clients.values():
            http.close()

    def now(self) -> str:
        """Return the present instant of the shops' own clocks."""
        return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _answer(response: httpx.Response, statuses: set[int]) -> Any:
    if response.status_code not in statuses:
        asked = f"{response.request.method} {response.request.url.path}"
        raise StoryBroken(f"{asked} answered {response.status_code}: {response.text[:500]}")
    return response.json()
