"""Brings a packaged template to the local AWS, by a change set, as on AWS."""

import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from mall.aws import Aws
from mall.bucket import ArtifactBucket
from mall.errors import MallError
from mall.template import Template

if TYPE_CHECKING:
    from mypy_boto3_cloudformation.literals import CapabilityType, ChangeSetTypeType
    from mypy_boto3_cloudformation.type_defs import StackTypeDef

STACK = "points-mall"
DIGEST_TAG = "mall-digest"
CAPABILITIES: list["CapabilityType"] = [
    "CAPABILITY_IAM",
    "CAPABILITY_NAMED_IAM",
    "CAPABILITY_AUTO_EXPAND",
]
POLL_SECONDS = 0.1
DEPLOY_SECONDS = 120
DEAD_ENDS = {"ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED", "DELETE_FAILED"}


@dataclass(frozen=True)
class Deployment:
    """One stack of the local AWS."""

    aws: Aws
    bucket: ArtifactBucket
    name: str = STACK

    def deploy(self, template: Template, parameters: Mapping[str, str]) -> bool:
        """Create or update the stack; False where it is already what the template says.

        Raises:
            MallError: the template was refused, or a resource could not be made.
        """
        body = json.dumps(template, sort_keys=True)
        digest = hashlib.sha256(f"{body}{sorted(parameters.items())}".encode()).hexdigest()
        present = self._present()
        if present and present["StackStatus"] in DEAD_ENDS:
            self._delete()
            present = None
        if present and self._is(present, digest):
            return False
        kind: ChangeSetTypeType = "UPDATE" if present else "CREATE"
        self._create_change_set(kind, body, parameters, digest)
        self.aws.cloudformation.execute_change_set(StackName=self.name, ChangeSetName=_set(digest))
        self._wait_until_done()
        return True

    def outputs(self) -> dict[str, str]:
        """What the stack says of itself."""
        present = self._present()
        found = present.get("Outputs", []) if present else []
        return {output["OutputKey"]: output["OutputValue"] for output in found}

    def physical_ids(self, kind: str) -> dict[str, str]:
        """The resources of one type: logical name → name, ARN or address."""
        pages = self.aws.cloudformation.get_paginator("list_stack_resources").paginate(
            StackName=self.name
        )
        return {
            resource["LogicalResourceId"]: resource["PhysicalResourceId"]
            for page in pages
            for resource in page["StackResourceSummaries"]
            if resource["ResourceType"] == kind
        }

    def _present(self) -> "StackTypeDef | None":
        try:
            found = self.aws.cloudformation.describe_stacks(StackName=self.name)["Stacks"][0]
        except ClientError:
            return None
        return None if found["StackStatus"] == "DELETE_COMPLETE" else found

    def _is(self, present: "StackTypeDef", digest: str) -> bool:
        tags = {tag["Key"]: tag["Value"] for tag in present.get("Tags", [])}
        return tags.get(DIGEST_TAG) == digest and present["StackStatus"].endswith("E_COMPLETE")

    def _create_change_set(
        self, kind: "ChangeSetTypeType", body: str, parameters: Mapping[str, str], digest: str
    ) -> None:
        cloudformation, name = self.aws.cloudformation, _set(digest)
        try:
            cloudformation.create_change_set(
                StackName=self.name,
                ChangeSetName=name,
                ChangeSetType=kind,
                TemplateURL=self.bucket.url(self.bucket.put(body.encode(), ".json")),
                Parameters=[
                    {"ParameterKey": key, "ParameterValue": value}
                    for key, value in parameters.items()
                ],
                Capabilities=CAPABILITIES,
                Tags=[{"Key": DIGEST_TAG, "Value": digest}],
            )
        except ClientError as error:
            raise MallError(f"The template was refused: {error}") from error
        made = cloudformation.describe_change_set(StackName=self.name, ChangeSetName=name)
        while made["Status"] in {"CREATE_PENDING", "CREATE_IN_PROGRESS"}:
            time.sleep(POLL_SECONDS)
            made = cloudformation.describe_change_set(StackName=self.name, ChangeSetName=name)
        if made["Status"] == "FAILED":
            raise MallError(f"The template was refused: {made.get('StatusReason', 'no reason')}")

    def _wait_until_done(self) -> None:
        deadline = time.monotonic() + DEPLOY_SECONDS
        status = ""
        while time.monotonic() < deadline:
            present = self._present()
            status = present["StackStatus"] if present else "gone"
            if not status.endswith("IN_PROGRESS"):
                break
            time.sleep(POLL_SECONDS)
        if status not in {"CREATE_COMPLETE", "UPDATE_COMPLETE"}:
            raise MallError(f"The deployment ended as {status}.\n{self._failures()}")

    def _failures(self) -> str:
        events = self.aws.cloudformation.describe_stack_events(StackName=self.name)["StackEvents"]
        return "\n".join(
            f"  {event['LogicalResourceId']}: {event.get('ResourceStatusReason', 'no reason')}"
            for event in reversed(events)
            if event["ResourceStatus"].endswith("FAILED")
        )

    def _delete(self) -> None:
        self.aws.cloudformation.delete_stack(StackName=self.name)
        self.aws.cloudformation.get_waiter("stack_delete_complete").wait(
            StackName=self.name, WaiterConfig={"Delay": 1, "MaxAttempts": DEPLOY_SECONDS}
        )


def _set(digest: str) -> str:
    return f"mall-{digest[:20]}"
