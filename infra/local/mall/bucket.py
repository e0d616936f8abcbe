"""Where artifacts are put before a deployment: each under the hash of its contents."""

import hashlib
from dataclasses import dataclass

from botocore.exceptions import ClientError

from mall.aws import Aws

NAME = "mall-artifacts"


@dataclass(frozen=True)
class ArtifactBucket:
    """A bucket of the local AWS for what a deployment needs."""

    aws: Aws
    name: str = NAME

    def create(self) -> None:
        """Make the bucket, where it is not there yet."""
        self.aws.s3.create_bucket(Bucket=self.name)

    def put(self, contents: bytes, suffix: str) -> str:
        """Store contents and return the key; what is there already is not sent again."""
        key = f"{hashlib.sha256(contents).hexdigest()}{suffix}"
        try:
            self.aws.s3.head_object(Bucket=self.name, Key=key)
        except ClientError:
            self.aws.s3.put_object(Bucket=self.name, Key=key, Body=contents)
        return key

    def url(self, key: str) -> str:
        """The address of an artifact."""
        return f"{self.aws.endpoint}/{self.name}/{key}"
