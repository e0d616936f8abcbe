"""The project's template, as data: short intrinsic tags in their long form."""

from pathlib import Path
from typing import Any

import yaml

Template = dict[str, Any]

FUNCTION = "AWS::Serverless::Function"
LAYER = "AWS::Serverless::LayerVersion"
STATE_MACHINE = "AWS::Serverless::StateMachine"


class _Loader(yaml.SafeLoader):
    """YAML as CloudFormation writes it."""


def _intrinsic(loader: _Loader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    value: Any
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_object(node, deep=True)
    if suffix == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {suffix if suffix in {"Ref", "Condition"} else f"Fn::{suffix}": value}


_Loader.add_multi_constructor("!", _intrinsic)


def load_template(path: Path) -> Template:
    """Read a template."""
    loaded: Template = yaml.load(path.read_text(), Loader=_Loader)  # noqa: S506 (a SafeLoader)
    return loaded


def resources_of(template: Template, kind: str) -> dict[str, dict[str, Any]]:
    """The resources of one type, by logical name."""
    return {
        name: resource
        for name, resource in template["Resources"].items()
        if resource["Type"] == kind
    }
