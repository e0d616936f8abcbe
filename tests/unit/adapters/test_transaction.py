"""What the store makes of DynamoDB's answers: refused, asked for again, or unknown."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, ConnectionClosedError, ReadTimeoutError

from loyalty.adapters.dynamodb.account_rows import account_attributes
from loyalty.adapters.dynamodb.keys.accounts import account_key
from loyalty.adapters.dynamodb.store import DynamoStore
from loyalty.adapters.dynamodb.tables import Tables
from loyalty.domain.account import Account
from loyalty.domain.errors import Busy
from loyalty.domain.writes import AddEntry, ChangeAccount, Write
from loyalty.ports import WriteRefused
from support.happenings import LOT, entry
from support.wire import Wire

TABLES = Tables(accounts="accounts", ledger="ledger")
SEEN, STANDS = Account("lin", {LOT: 5}, version=3), Account("lin", {LOT: 9}, version=4)
ROW = {**account_key("lin"), **account_attributes(STANDS), "version": {"N": "4"}}
CHANGE = ChangeAccount(SEEN, Account("lin", {LOT: 6}, version=3))
WRITES: list[Write] = [AddEntry(entry()), CHANGE]

Reply = tuple[int, dict[str, Any]] | Exception
DONE: Reply = (200, {})
CUT_OFF: Reply = ConnectionClosedError(endpoint_url="http://dynamodb")


def error(code: str, status: int = 400, **more: Any) -> Reply:
    return status, {"__type": f"com.amazonaws.dynamodb#{code}", "message": code, **more}


def cancelled(*reasons: str | dict[str, Any]) -> Reply:
    told = [{"Code": reason} if isinstance(reason, str) else reason for reason in reasons]
    return error("TransactionCanceledException", CancellationReasons=told)


FAILED = {"Code": "ConditionalCheckFailed", "Item": ROW}


class Line:
    """A store on a line that gives the answers it is told, the last one for ever."""

    def __init__(self, *replies: Reply, sdk_attempts: int = 1, patience: float = 0.3) -> None:
        self._replies = list(replies)
        client = boto3.client(
            "dynamodb",
            region_name="eu-central-1",
            aws_access_key_id="test",
            aws_secret_access_key="test",
            config=Config(retries={"mode": "standard", "total_max_attempts": sdk_attempts}),
        )
        self.wire = Wire(self._answer)
        self.wire.attach(client)
        self.store = DynamoStore(client, TABLES, patience_seconds=patience)

    @property
    def requests(self) -> list[dict[str, Any]]:
        """What was asked, in order."""
        return self.wire.requests

    def _answer(self, _: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        reply = self._replies.pop(0) if len(self._replies) > 1 else self._replies[0]
        if isinstance(reply, Exception):
            raise reply
        return reply


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The SDK's own pauses are not what is tested."""
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _: None)
    yield


def test_a_commit_is_one_request() -> None:
    line = Line(DONE)
    line.store.commit(WRITES)
    (request,) = line.requests
    assert [next(iter(action)) for action in request["TransactItems"]] == ["Put", "Update"]
    assert request["ClientRequestToken"]


def test_a_condition_that_does_not_hold_is_a_refusal_and_not_asked_again() -> None:
    line = Line(cancelled("None", FAILED))
    with pytest.raises(WriteRefused) as refused:
        line.store.commit(WRITES)
    assert list(refused.value.found) == [(CHANGE, STANDS)]
    assert len(line.requests) == 1


def test_a_refusal_tells_all_that_does_not_hold() -> None:
    line = Line(cancelled({"Code": "ConditionalCheckFailed"}, FAILED))
    with pytest.raises(WriteRefused) as refused:
        line.store.commit(WRITES)
    assert list(refused.value.found) == [(WRITES[0], None), (CHANGE, STANDS)]


PASSING = ["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"]


@pytest.mark.parametrize("reason", PASSING)
def test_what_passes_by_is_asked_again_with_the_same_writes(reason: str) -> None:
    line = Line(cancelled("None", reason), cancelled(reason, "None"), DONE)
    line.store.commit(WRITES)
    first, *others = [request["TransactItems"] for request in line.requests]
    assert others == [first, first]


@pytest.mark.parametrize(
    "code",
    [
        "ThrottlingException",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "TransactionInProgressException",
    ],
)
def test_a_request_that_was_turned_away_is_asked_again(code: str) -> None:
    line = Line(error(code), DONE)
    line.store.commit(WRITES)
    assert len(line.requests) == 2


@pytest.mark.parametrize("reply", [cancelled("TransactionConflict"), error("ThrottlingException")])
def test_what_does_not_pass_by_in_time_ends_as_busy(reply: Reply) -> None:
    line = Line(reply, patience=0.3)
    with pytest.raises(Busy):
        line.store.commit(WRITES)
    assert len(line.requests) > 1


@pytest.mark.parametrize("reason", PASSING)
def test_a_condition_that_fails_beside_what_passes_by_is_not_yet_a_refusal(reason: str) -> None:
    line = Line(cancelled(reason, FAILED), DONE)
    line.store.commit(WRITES)
    assert len(line.requests) == 2


def test_it_is_a_refusal_once_nothing_else_stands_in_the_way() -> None:
    line = Line(cancelled("TransactionConflict", FAILED), cancelled("None", FAILED))
    with pytest.raises(WriteRefused) as refused:
        line.store.commit(WRITES)
    assert list(refused.value.found) == [(CHANGE, STANDS)]


def test_it_ends_as_busy_if_something_always_does() -> None:
    with pytest.raises(Busy):
        Line(cancelled("TransactionConflict", FAILED), patience=0.1).store.commit(WRITES)


@pytest.mark.parametrize(
    "reply",
    [
        cancelled("ValidationError", "None"),
        error("AccessDeniedException"),
        error("ResourceNotFoundException"),
        error("ValidationException"),
    ],
)
def test_our_own_mistakes_go_up_as_they_are_and_are_not_repeated(reply: Reply) -> None:
    line = Line(reply)
    with pytest.raises(ClientError):
        line.store.commit(WRITES)
    assert len(line.requests) == 1


@pytest.mark.parametrize(
    "reply",
    [
        CUT_OFF,
        ReadTimeoutError(endpoint_url="http://dynamodb"),
        error("InternalServerError", status=500),
        UnicodeDecodeError("utf-8", b"\xff", 0, 1, "corrupted on the way"),
    ],
)
def test_a_lost_or_broken_answer_leaves_the_outcome_open_and_we_do_not_guess(reply: Reply) -> None:
    line = Line(reply)
    with pytest.raises(Busy):
        line.store.commit(WRITES)
    assert len(line.requests) == 1


def test_the_sdk_repeats_a_lost_request_under_the_same_token() -> None:
    line = Line(CUT_OFF, DONE, sdk_attempts=3)
    line.store.commit(WRITES)
    first, second = line.requests
    assert first == second


def test_each_of_our_own_tries_is_a_request_of_its_own() -> None:
    line = Line(cancelled("TransactionConflict"), DONE)
    line.store.commit(WRITES)
    first, second = [request["ClientRequestToken"] for request in line.requests]
    assert first != second
