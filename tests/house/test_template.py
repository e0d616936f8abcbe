"""template.yaml and the code say the same; what the template promises of itself holds."""

import subprocess
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from loyalty.settings import Settings
from mall.template import FUNCTION, load_template, resources_of

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = load_template(ROOT / "template.yaml")
RESOURCES: dict[str, dict[str, Any]] = TEMPLATE["Resources"]
FUNCTIONS = resources_of(TEMPLATE, FUNCTION)
ROLES = resources_of(TEMPLATE, "AWS::IAM::Role")
APPENDED_ONLY = {"LedgerTable", "AuditTable"}
each_function = pytest.mark.parametrize("name", FUNCTIONS)
each_role = pytest.mark.parametrize("name", ROLES)


def properties(name: str) -> dict[str, Any]:
    found: dict[str, Any] = RESOURCES[name]["Properties"]
    return found


def target_of(intrinsic: Any) -> str:
    """The resource that a !Ref or a !GetAtt names."""
    named = intrinsic.get("Ref") or intrinsic["Fn::GetAtt"][0]
    assert isinstance(named, str)
    return named


def environment(name: str) -> dict[str, Any]:
    everywhere = TEMPLATE["Globals"]["Function"]["Environment"]["Variables"]
    return {**everywhere, **properties(name)["Environment"]["Variables"]}


def statements(role: str) -> list[dict[str, Any]]:
    """A role's statements, those of a condition too."""
    documents = [policy["PolicyDocument"] for policy in properties(role).get("Policies", [])]
    listed = [statement for document in documents for statement in document["Statement"]]
    flat = [one.get("Fn::If", [None, one])[1] for one in listed]
    return [{**one, "Action": as_list(one["Action"])} for one in flat]


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


@each_function
def test_every_handler_imports_and_can_be_called(name: str) -> None:
    module, _, attribute = properties(name)["Handler"].rpartition(".")
    assert callable(getattr(import_module(module), attribute))


@each_function
def test_every_function_ships_the_package_of_its_handler_and_nothing_else(
    name: str, tmp_path: Path
) -> None:
    make = [
        "make",
        "-s",
        "-C",
        str(ROOT / "functions"),
        f"build-{name}",
        f"ARTIFACTS_DIR={tmp_path}",
    ]
    subprocess.run(make, check=True)
    package = properties(name)["Handler"].split(".")[0]
    assert [path.name for path in tmp_path.iterdir()] == [package]
    assert (tmp_path / package / "__init__.py").exists()


def test_settings_and_environments_have_the_same_names() -> None:
    set_somewhere = {variable for name in FUNCTIONS for variable in environment(name)}
    ours = {variable for variable in set_somewhere if not variable.startswith("POWERTOOLS_")}
    assert ours == {field.upper() for field in Settings.model_fields}


@each_function
def test_every_function_says_how_long_it_may_take_and_where_it_logs(name: str) -> None:
    function = properties(name)
    assert function["Timeout"] > 0
    assert function["MemorySize"] >= 256
    logs = target_of(function["LoggingConfig"]["LogGroup"])
    assert logs == name.removesuffix("Function") + "Logs"
    assert target_of(properties(logs)["RetentionInDays"]) == "LogRetentionDays"


def test_every_function_has_a_role_of_its_own() -> None:
    used = Counter(target_of(properties(name)["Role"]) for name in FUNCTIONS)
    assert set(used.values()) == {1}
    assert set(used) <= set(ROLES)


def test_queues_wait_long_enough_for_a_function_that_is_slow_and_tried_again() -> None:
    """Six times the function's time, as AWS advises, and dead letters after that."""
    fed = {
        name: target_of(event["Properties"]["Queue"])
        for name in FUNCTIONS
        for event in properties(name).get("Events", {}).values()
        if event["Type"] == "SQS"
    }
    assert len(fed) == 7
    for name, queue in fed.items():
        assert properties(queue)["VisibilityTimeout"] >= 6 * properties(name)["Timeout"]
        redrive = properties(queue)["RedrivePolicy"]
        assert target_of(redrive["deadLetterTargetArn"]) == f"{queue}DeadLetters"


def test_every_dead_letter_queue_has_its_alarm() -> None:
    queues = {name for name in RESOURCES if name.endswith("DeadLetters")}
    alarms = resources_of(TEMPLATE, "AWS::CloudWatch::Alarm").values()
    dimensions = [one for alarm in alarms for one in alarm["Properties"].get("Dimensions", [])]
    watched = {target_of(one["Value"]) for one in dimensions if one["Name"] == "QueueName"}
    assert watched == queues


@each_role
def test_no_role_may_change_or_delete_what_is_only_appended_to(name: str) -> None:
    for statement in statements(name):
        if APPENDED_ONLY & named_in(statement["Resource"]) and statement["Effect"] == "Allow":
            acts = {action for action in statement["Action"] if "Stream" not in action}
            allowed = {"GetItem", "PutItem", "Query", "ConditionCheckItem", "GetRecords", "Scan"}
            allowed |= {"GetShardIterator"}
            assert acts <= {f"dynamodb:{action}" for action in allowed}


@each_role
def test_no_role_has_a_star_but_where_aws_names_no_resource(name: str) -> None:
    without_resource = {
        "ReviewRole": "logs:CreateLogDelivery",
        "SmsRole": "sns:Publish",
        "NotifyQueueRole": "ses:SendEmail",
        "RedeemApiRole": "states:SendTaskSuccess",
        "RedeemTaskRole": "states:SendTaskSuccess",
    }
    for statement in statements(name):
        assert not any("*" in action for action in statement["Action"])
        if statement["Resource"] == "*":
            assert statement["Action"][0] == without_resource.get(name)
    assert properties(name).get("ManagedPolicyArns", []) in ([], [{"Ref": "TracingPolicy"}])


@each_function
def test_every_function_may_use_the_tables_that_it_is_told_of(name: str) -> None:
    role = target_of(properties(name)["Role"])
    allowed = {named for statement in statements(role) for named in named_in(statement["Resource"])}
    told = {target_of(value) for key, value in environment(name).items() if key.endswith("_TABLE")}
    assert told <= allowed
    assert {named for named in allowed if named.endswith("Table")} - streams_of(name) <= told


def streams_of(name: str) -> set[str]:
    events = properties(name).get("Events", {}).values()
    return {target_of(one["Properties"]["Stream"]) for one in events if one["Type"] == "DynamoDB"}


def named_in(resource: Any) -> set[str]:
    """The resources that a policy's Resource speaks of."""
    if isinstance(resource, list):
        return {named for one in resource for named in named_in(one)}
    if isinstance(resource, str):
        return set()
    if "Fn::Sub" in resource:
        text = as_list(resource["Fn::Sub"])[0]
        return {part.split("}")[0].split(".")[0] for part in text.split("${")[1:]}
    return {target_of(resource)}


def test_every_alarm_is_explained_to_whom_it_wakes() -> None:
    explained = (ROOT / "docs" / "operations.md").read_text()
    headings = " ".join(line for line in explained.splitlines() if line.startswith("## "))
    told = set(headings.replace("#", "").replace(",", "").split())
    assert told == set(resources_of(TEMPLATE, "AWS::CloudWatch::Alarm"))


def test_every_parameter_is_explained_to_whom_deploys() -> None:
    guide = (ROOT / "docs" / "how-to" / "deploy.md").read_text()
    assert [name for name in TEMPLATE["Parameters"] if f"`{name}`" not in guide] == []


def test_mail_goes_out_under_our_own_address_only() -> None:
    [mailing] = [
        one for name in ROLES for one in statements(name) if "ses:SendEmail" in one["Action"]
    ]
    bound = {"StringEqualsIfExists": {"ses:FromAddress": {"Ref": "MailSender"}}}
    assert mailing["Condition"] == bound


def test_nobody_may_both_write_and_read_codes() -> None:
    allowed = {
        action: {
            name for name in ROLES for one in statements(name) if f"kms:{action}" in one["Action"]
        }
        for action in ("Encrypt", "Decrypt")
    }
    assert allowed == {"Encrypt": {"CatalogApiRole"}, "Decrypt": {"RedeemApiRole"}}
