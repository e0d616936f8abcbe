"""The template's tables, made without the rest of the stack."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from loyalty.adapters.dynamodb.tables import Tables
from mall.template import load_template, resources_of

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

TEMPLATE = load_template(Path(__file__).parents[2] / "template.yaml")

_OF_THE_KEYS = ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "BillingMode")


def create_tables(client: "DynamoDBClient", prefix: str = "mall") -> Tables:
    """Make the tables with their keys and indexes."""
    names: dict[str, str] = {}
    for logical_id, resource in resources_of(TEMPLATE, "AWS::DynamoDB::Table").items():
        name = f"{prefix}-{logical_id}"
        client.create_table(TableName=name, **_definition(resource["Properties"]))
        names[logical_id.removesuffix("Table").lower()] = name
    return Tables(**names)


def _definition(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {name: properties[name] for name in _OF_THE_KEYS if name in properties}
