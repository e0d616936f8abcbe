"""Actions of a transaction: what changes, under which condition, and what may stand in the way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyalty.adapters.dynamodb.items import Item
from loyalty.adapters.dynamodb.keys.rows import Key

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import PutTypeDef, TransactWriteItemTypeDef, UpdateTypeDef

Read = Callable[[Item], object]

IS_NEW = "attribute_not_exists(pk)"
IS_THERE = "attribute_exists(pk)"


@dataclass(frozen=True, slots=True)
class Action:
    """One action of a transaction; ``read`` makes an object of the item that stood in the way."""

    request: "TransactWriteItemTypeDef"
    read: Read


def put(
    table: str,
    item: Item,
    read: Read,
    where: str | None = None,
    values: Item | None = None,
    names: Mapping[str, str] | None = None,
) -> Action:
    """Put a whole row."""
    request: PutTypeDef = {"TableName": table, "Item": item}
    if where:
        request["ConditionExpression"] = where
        request["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
    if values:
        request["ExpressionAttributeValues"] = values
    if names:
        request["ExpressionAttributeNames"] = names
    return Action({"Put": request}, read)


def update(
    table: str,
    key: Key,
    expression: str,
    read: Read,
    where: str | None = None,
    values: Item | None = None,
    names: Mapping[str, str] | None = None,
) -> Action:
    """Change a row's attributes."""
    request: UpdateTypeDef = {"TableName": table, "Key": key, "UpdateExpression": expression}
    if where:
        request["ConditionExpression"] = where
        request["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
    if values:
        request["ExpressionAttributeValues"] = values
    if names:
        request["ExpressionAttributeNames"] = names
    return Action({"Update": request}, read)


def delete(table: str, key: Key, read: Read, where: str, values: Item | None = None) -> Action:
    """Remove a row."""
    action: TransactWriteItemTypeDef = {
        "Delete": {
            "TableName": table,
            "Key": key,
            "ConditionExpression": where,
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
    }
    if values:
        action["Delete"]["ExpressionAttributeValues"] = values
    return Action(action, read)


def check(table: str, key: Key, read: Read, where: str, values: Item | None = None) -> Action:
    """Insist on a condition of a row that is left as it is."""
    action: TransactWriteItemTypeDef = {
        "ConditionCheck": {
            "TableName": table,
            "Key": key,
            "ConditionExpression": where,
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
    }
    if values:
        action["ConditionCheck"]["ExpressionAttributeValues"] = values
    return Action(action, read)
