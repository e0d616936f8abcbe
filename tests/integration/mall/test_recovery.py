"""A laptop loses power, or somebody else has the port: the next `mall up` copes, or says why."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mall.api_client import client
from mall.bring_down import bring_down
from mall.bring_up import Wish, bring_up
from mall.emulator import Emulator
from mall.errors import MallError
from mall.places import Places
from mall.post import sent_mails
from mall.processes import free_port
from mall.progress import SilentProgress
from mall.seeds.activities import WELCOME
from mall.shops import send_webhook
from mall.signing_in import access_token
from mall.stack_file import Stack
from stack import eventually, fresh_key

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("apart")]  # each has a stack of its own

GIFT_CARD = 9_800


@pytest.fixture
def wish() -> Wish:
    return Wish(port=free_port(), stage="test")


@pytest.fixture
def apart(tmp_path: Path) -> Iterator[Places]:
    """The folder of a stack that no other test shares."""
    places = Places(state=tmp_path / "mall")
    yield places
    Emulator(places, port=0).stop()


def test_a_killed_emulator_is_healed_by_the_next_up(apart: Places, wish: Wish) -> None:
    before = bring_up(apart, wish, SilentProgress())
    emulator = Emulator(apart, wish.port)
    process = emulator.process
    assert process
    process.kill()
    process.wait(5)
    assert emulator.was_killed

    after = bring_up(apart, wish, SilentProgress())

    assert {name: user.password for name, user in after.users.items()} == {
        name: user.password for name, user in before.users.items()
    }
    assert after.webhooks == before.webhooks
    assert _points_of(after, "lin") == WELCOME.points
    assert Stack.read(apart.stack_file) == after


def test_what_it_holds_outlives_a_clean_stop_and_goes_on_after_it(
    apart: Places, wish: Wish
) -> None:
    before = bring_up(apart, wish, SilentProgress())
    _earn(before, "first", GIFT_CARD)
    _wait_for_mail(before, "first")
    redemption = _redeem_what_is_reviewed(before)
    assert bring_down(apart)

    after = bring_up(apart, wish, SilentProgress())

    assert after == before
    _earn(after, "second", 10)  # events still flow: from the row's stream to the mail
    _wait_for_mail(after, "second")
    _approve(after, redemption)  # and reviews go on, though their execution was cut
    _wait_for_status(after, redemption, "completed")
    assert _points_of(after, "wang") == WELCOME.points + 10


def test_a_taken_port_is_named_with_its_holder_and_a_way_out(apart: Places) -> None:
    with socket.create_server(("127.0.0.1", 0)) as squatter:
        port = squatter.getsockname()[1]
        with pytest.raises(MallError, match=f"Port {port} is taken by process") as failure:
            bring_up(apart, Wish(port), SilentProgress())
    assert "MALL_PORT" in failure.value.remedy


def test_an_emulator_that_dies_at_once_leaves_its_last_words(
    apart: Places, wish: Wish, tmp_path: Path
) -> None:
    program = tmp_path / "project" / ".venv-emulator" / "bin" / "ministack"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\necho the disk is full\nexit 1\n")
    program.chmod(0o755)
    broken = Places(state=apart.state, project=tmp_path / "project")
    with pytest.raises(MallError, match="the disk is full"):
        bring_up(broken, wish, SilentProgress())


def test_a_template_that_is_refused_says_what_is_wrong(
    apart: Places, wish: Wish, tmp_path: Path
) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (project / ".venv-emulator").symlink_to(apart.emulator_environment)
    (project / "template.yaml").write_text(
        "Resources: {Queue: {Type: AWS::SQS::Queue}}\n"
        "Parameters: {Stage: {Type: String, AllowedValues: [prod]}}\n"
    )
    with pytest.raises(MallError, match=r"refused: .*Stage"):
        bring_up(Places(state=apart.state, project=project), wish, SilentProgress())


def _earn(stack: Stack, order_id: str, yuan: int) -> None:
    lines = [{"sku": "S1", "category": "tea", "quantity": 1, "amount": f"{yuan}.00"}]
    now = datetime.now(UTC).isoformat()
    data = {"order_id": order_id, "member_id": stack.users["wang"].member_id, "lines": lines}
    paid = {"type": "order.paid", "data": {**data, "currency": "CNY", "paid_at": now}}
    send_webhook(stack, "standard", {**paid, "timestamp": now}).raise_for_status()


def _wait_for_mail(stack: Stack, order_id: str) -> None:
    def there() -> None:
        assert any(f"Order {order_id} " in (mail.text or "") for mail in sent_mails(stack))

    eventually(there)


def _redeem_what_is_reviewed(stack: Stack) -> str:
    with client(stack.api, access_token(stack, "wang")) as http:
        found = http.get("/v1/catalog/items", params={"q": "Gift card"}).json()["items"]
        body = {"item_id": found[0]["item_id"], "quantity": 1, "option": "points"}
        made = http.post("/v1/redemptions", json=body, headers={"Idempotency-Key": fresh_key()})
    assert made.json()["status"] == "pending_review", made.text
    assert made.json()["points"] == GIFT_CARD
    return str(made.json()["redemption_id"])


def _approve(stack: Stack, redemption_id: str) -> None:
    path = f"/v1/admin/redemptions/{redemption_id}/decision"
    body = {"decision": "approve", "reason": "as ordered"}
    with client(stack.api, access_token(stack, "reviewer")) as http:
        decided = http.post(path, json=body, headers={"Idempotency-Key": fresh_key()})
    decided.raise_for_status()


def _wait_for_status(stack: Stack, redemption_id: str, status: str) -> None:
    with client(stack.api, access_token(stack, "wang")) as http:

        def there() -> None:
            assert http.get(f"/v1/redemptions/{redemption_id}").json()["status"] == status

        eventually(there)


def _points_of(stack: Stack, name: str) -> int:
    with client(stack.api, access_token(stack, name)) as http:
        points: int = http.get("/v1/me/points").raise_for_status().json()["available"]
    return points
