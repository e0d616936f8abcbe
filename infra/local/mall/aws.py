"""Clients of the local AWS."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_logs import CloudWatchLogsClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_secretsmanager import SecretsManagerClient
    from mypy_boto3_sesv2 import SESV2Client
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_ssm import SSMClient
    from mypy_boto3_stepfunctions import SFNClient

REGION = "us-east-1"


@dataclass(frozen=True)
class Aws:
    """One local AWS; it takes any credentials, so these are no secret."""

    endpoint: str
    region: str = REGION

    @property
    def port(self) -> int:
        """The endpoint's port."""
        return int(self.endpoint.rpartition(":")[2])

    @property
    def _options(self) -> dict[str, Any]:
        return {
            "endpoint_url": self.endpoint,
            "region_name": self.region,
            "aws_access_key_id": "test",
            "aws_secret_access_key": "test",
            "config": Config(retries={"mode": "standard"}, max_pool_connections=50),
        }

    @cached_property
    def cloudformation(self) -> "CloudFormationClient":
        """Stacks."""
        return boto3.client("cloudformation", **self._options)

    @cached_property
    def cognito(self) -> "CognitoIdentityProviderClient":
        """People and their tokens."""
        return boto3.client("cognito-idp", **self._options)

    @cached_property
    def dynamodb(self) -> "DynamoDBClient":
        """Tables."""
        return boto3.client("dynamodb", **self._options)

    @cached_property
    def functions(self) -> "LambdaClient":
        """Functions."""
        return boto3.client("lambda", **self._options)

    @cached_property
    def logs(self) -> "CloudWatchLogsClient":
        """What functions said."""
        return boto3.client("logs", **self._options)

    @cached_property
    def s3(self) -> "S3Client":
        """Artifacts and pictures."""
        return boto3.client("s3", **self._options)

    @cached_property
    def secretsmanager(self) -> "SecretsManagerClient":
        """The shops' signing secrets."""
        return boto3.client("secretsmanager", **self._options)

    @cached_property
    def sesv2(self) -> "SESV2Client":
        """Mail."""
        return boto3.client("sesv2", **self._options)

    @cached_property
    def sqs(self) -> "SQSClient":
        """Queues."""
        return boto3.client("sqs", **self._options)

    @cached_property
    def ssm(self) -> "SSMClient":
        """The note of what was seeded."""
        return boto3.client("ssm", **self._options)

    @cached_property
    def stepfunctions(self) -> "SFNClient":
        """Reviews that run."""
        return boto3.client("stepfunctions", **self._options)
