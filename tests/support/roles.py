"""The functions' IAM roles on the running stack: borrowed, and made poorer for a while."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import boto3

from stack import LocalStack

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

Statement = dict[str, Any]

ANYBODY_HERE = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}],
}


class Roles:
    """What the functions of a stack may do."""

    def __init__(self, stack: LocalStack) -> None:
        self._stack = stack
        self._options: dict[str, Any] = {
            "endpoint_url": stack.facts.aws.endpoint,
            "region_name": stack.facts.aws.region,
        }
        self._iam: Any = boto3.client("iam", **self._options)
        self._sts: Any = boto3.client("sts", **self._options)

    def arn(self, function: str) -> str:
        """The role of a function, by the function's logical name."""
        name = self._stack.facts.functions[function]
        return self._stack.aws.functions.get_function_configuration(FunctionName=name)["Role"]

    @contextmanager
    def without(self, function: str, action: str, resource: str = "") -> Iterator[None]:
        """Take an action on the resources with a name like this from a role, for a while."""
        role = self.arn(function).rsplit("/", 1)[-1]
        names = self._iam.list_role_policies(RoleName=role)["PolicyNames"]
        documents = {name: self._policy(role, name) for name in names}
        poorer = {
            name: _without(document, action, resource) for name, document in documents.items()
        }
        assert poorer != documents, f"{function} had no {action} on {resource} to lose"
        try:
            self._write(role, poorer)
            yield
        finally:
            self._write(role, documents)

    @contextmanager
    def borrowed(self, function: str) -> Iterator["Borrowed"]:
        """Act in a function's role: for a while, everybody is trusted with it."""
        arn = self.arn(function)
        role = arn.rsplit("/", 1)[-1]
        trust = self._iam.get_role(RoleName=role)["Role"]["AssumeRolePolicyDocument"]
        self._trust(role, ANYBODY_HERE)
        try:
            lent = self._sts.assume_role(RoleArn=arn, RoleSessionName="borrowed")["Credentials"]
            yield Borrowed(
                {
                    **self._options,
                    "aws_access_key_id": lent["AccessKeyId"],
                    "aws_secret_access_key": lent["SecretAccessKey"],
                    "aws_session_token": lent["SessionToken"],
                }
            )
        finally:
            self._trust(role, trust)

    def root(self) -> "Borrowed":
        """Act as the account's owner, who may do everything."""
        return Borrowed(self._options)

    def _policy(self, role: str, name: str) -> dict[str, Any]:
        found = self._iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]
        document: dict[str, Any] = json.loads(found) if isinstance(found, str) else found
        return document

    def _write(self, role: str, documents: dict[str, dict[str, Any]]) -> None:
        for name, document in documents.items():
            text = json.dumps(document)
            self._iam.put_role_policy(RoleName=role, PolicyName=name, PolicyDocument=text)

    def _trust(self, role: str, document: dict[str, Any]) -> None:
        text = document if isinstance(document, str) else json.dumps(document)
        self._iam.update_assume_role_policy(RoleName=role, PolicyDocument=text)


class Borrowed:
    """Clients with somebody's credentials."""

    def __init__(self, options: dict[str, Any]) -> None:
        self._options = options

    def client(self, service: Any) -> Any:
        """A client of a service."""
        return boto3.client(service, **self._options)

    @property
    def dynamodb(self) -> "DynamoDBClient":
        """A client of the tables."""
        client: DynamoDBClient = self.client("dynamodb")
        return client


def _without(document: dict[str, Any], action: str, resource: str) -> dict[str, Any]:
    statements = [_poorer(statement, action, resource) for statement in document["Statement"]]
    return {**document, "Statement": [statement for statement in statements if statement["Action"]]}


def _poorer(statement: Statement, action: str, resource: str) -> Statement:
    actions = statement["Action"]
    listed = [actions] if isinstance(actions, str) else actions
    if resource not in json.dumps(statement["Resource"]) or action not in listed:
        return statement
    return {**statement, "Action": [kept for kept in listed if kept != action]}
