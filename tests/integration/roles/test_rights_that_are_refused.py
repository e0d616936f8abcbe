"""What no role may do is tried in each role, and refused.

Nobody may change or remove what stands in the ledger or the audit, and secrets are for those who
work with them.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError

from integration.roles.deeds import NEEDS
from stack import LocalStack
from support.roles import Roles

pytestmark = pytest.mark.stack

KEY = {"pk": {"S": "member:nobody"}, "sk": {"S": "tampered"}}
THAT_ROW = "WHERE pk = 'member:nobody' AND sk = 'tampered'"
CHANGE = {"UpdateExpression": "SET points = :n", "ExpressionAttributeValues": {":n": {"N": "1"}}}
TAMPERING: dict[str, Callable[[Any, str], object]] = {
    "update": lambda db, table: db.update_item(TableName=table, Key=KEY, **CHANGE),
    "delete": lambda db, table: db.delete_item(TableName=table, Key=KEY),
    "delete in a batch": lambda db, table: db.batch_write_item(
        RequestItems={table: [{"DeleteRequest": {"Key": KEY}}]}
    ),
    "update in a transaction": lambda db, table: db.transact_write_items(
        TransactItems=[{"Update": {"TableName": table, "Key": KEY, **CHANGE}}]
    ),
    "delete in a transaction": lambda db, table: db.transact_write_items(
        TransactItems=[{"Delete": {"TableName": table, "Key": KEY}}]
    ),
    "update by a statement": lambda db, table: db.execute_statement(
        Statement=f'UPDATE "{table}" SET points = 1 {THAT_ROW}'  # noqa: S608 # our own table
    ),
    "delete by a statement": lambda db, table: db.execute_statement(
        Statement=f'DELETE FROM "{table}" {THAT_ROW}'  # noqa: S608 # our own table
    ),
}
BOOKS = ("LedgerTable", "AuditTable")


@pytest.mark.parametrize("function", NEEDS)
def test_no_role_may_change_or_remove_what_stands_in_the_books(
    roles: Roles, running_stack: LocalStack, function: str
) -> None:
    with roles.borrowed(function) as role:
        for table in BOOKS:
            for way, tamper in TAMPERING.items():
                refusal = refused(tamper, role.dynamodb, running_stack.facts.tables[table])
                assert refusal == "AccessDeniedException", f"{way} in {table}"


@pytest.mark.parametrize("table", BOOKS)
def test_who_had_the_right_could_tamper_in_each_of_these_ways(
    roles: Roles, running_stack: LocalStack, table: str
) -> None:
    db, name = roles.root().dynamodb, running_stack.facts.tables[table]
    for tamper in TAMPERING.values():
        db.put_item(TableName=name, Item=KEY)
        assert refused(tamper, db, name) is None


MAY_KNOW: dict[str, set[str]] = {
    "what codes say": {"RedeemApiFunction"},
    "how shops sign": {"WebhookFunction"},
    "who all the members are": set(),
}


@pytest.fixture(scope="module")
def spying(running_stack: LocalStack, roles: Roles) -> Iterator[dict[str, Callable[..., object]]]:
    """Ways to learn each secret."""
    facts, kms = running_stack.facts, roles.root().client("kms")
    key = next(
        found["KeyId"]
        for found in kms.list_keys()["Keys"]
        if "code" in kms.describe_key(KeyId=found["KeyId"])["KeyMetadata"]["Description"].lower()
    )
    context = {"item": "itm_tea"}
    code = kms.encrypt(KeyId=key, Plaintext=b"CODE", EncryptionContext=context)["CiphertextBlob"]
    yield {
        "what codes say": lambda role: role.client("kms").decrypt(
            KeyId=key, CiphertextBlob=code, EncryptionContext=context
        ),
        "how shops sign": lambda role: role.client("secretsmanager").get_secret_value(
            SecretId=facts.secrets["WebhookSourcesSecret"]
        ),
        "who all the members are": lambda role: role.dynamodb.scan(
            TableName=facts.tables["MembersTable"]
        ),
    }


@pytest.mark.parametrize("function", NEEDS)
def test_secrets_are_for_those_alone_who_work_with_them(
    roles: Roles, spying: dict[str, Callable[..., object]], function: str
) -> None:
    with roles.borrowed(function) as role:
        learnt = {secret for secret, spy in spying.items() if refused(spy, role) is None}
    assert learnt == {secret for secret, allowed in MAY_KNOW.items() if function in allowed}


def refused(act: Callable[..., object], *about: object) -> str | None:
    """The code with which an act is refused; None where it is not."""
    try:
        act(*about)
    except ClientError as error:
        return error.response["Error"]["Code"]
    return None
