"""The local stack as tests see it: the deployed template, behind its real front doors."""

import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

import httpx

from mall import api_client
from mall.aws import Aws
from mall.post import Mail, sent_mails
from mall.quiet import wait_until_quiet
from mall.seeds.people import create_user
from mall.shops import signed
from mall.signing_in import access_token
from mall.stack_file import Stack
from mall.sweeping import sweep
from mall.travel import Clock

T = TypeVar("T")

PATIENCE_SECONDS = 30.0


@dataclass
class LocalStack:
    """One running stack. Tests on it run one after the other: they may move its clock."""

    facts: Stack
    _clients: dict[str, httpx.Client] = field(default_factory=dict)

    @cached_property
    def aws(self) -> Aws:
        """Clients of its AWS: `stack.aws.dynamodb`, `stack.aws.sqs` …"""
        return Aws(self.facts.aws.endpoint, self.facts.aws.region)

    @cached_property
    def clock(self) -> Clock:
        """Its clock; a test that moves it need not set it back."""
        return Clock(self.facts)

    def http(self, user: str = "") -> httpx.Client:
        """A client of the API as a user of the stack file, or as nobody."""
        if user not in self._clients:
            token = access_token(self.facts, user) if user else ""
            self._clients[user] = api_client.client(self.facts.api, token)
        return self._clients[user]

    def new_member(self) -> str:
        """Make somebody whom no other test knows; the name serves `http` and `member_id`."""
        name = f"member-{uuid.uuid4().hex[:12]}"
        user = create_user(self.aws, self.facts.user_pool, name, role="member")
        self.facts.users[name] = user
        joined = self.http(name).get("/v1/me").raise_for_status().json()
        self.facts.users[name] = user.model_copy(update={"member_id": joined["member_id"]})
        return name

    def member_id(self, name: str) -> str:
        """The id of a member, by name."""
        found = self.facts.users[name].member_id
        assert found, f"{name} is no member"
        return found

    def post_webhook(
        self, source: str, payload: Mapping[str, Any], **signing: Any
    ) -> httpx.Response:
        """Post a webhook with the shop's own signature; see `mall.shops.signed`."""
        body, headers = signed(self.facts.webhooks[source], payload, **signing)
        path = f"/v1/webhooks/{source}/orders"
        return self.http().post(path, content=body, headers=headers)

    def sweep(self) -> None:
        """Run the schedules now, and wait until what they set off is done."""
        sweep(self.facts)

    def settle(self) -> None:
        """Wait until no queue has work."""
        wait_until_quiet(self.aws, self.facts)

    def mails(self, user: str) -> list[Mail]:
        """The mails that a user got, oldest first."""
        address = self.facts.users[user].email
        return [mail for mail in sent_mails(self.facts) if address in mail.recipients]

    def close(self) -> None:
        """Let go of the connections."""
        for client in self._clients.values():
            client.close()


def eventually(look: Callable[[], T], seconds: float = PATIENCE_SECONDS) -> T:
    """Call until it raises no AssertionError, and return what it returns; the last one counts."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return look()
        except AssertionError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def fresh_key() -> str:
    """An Idempotency-Key that nobody has used."""
    return f"test-{uuid.uuid4().hex}"
