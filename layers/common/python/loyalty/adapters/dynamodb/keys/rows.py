"""How a key is written. A key is a fact: what it names happens, or exists, once."""

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef

Key: TypeAlias = dict[str, "AttributeValueTypeDef"]


def key_of(pk: str, sk: str) -> Key:
    """Return a row's key."""
    return {"pk": {"S": pk}, "sk": {"S": sk}}
