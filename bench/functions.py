"""The functions of template.yaml, as far as starting them is concerned."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mall.places import Places
from mall.template import FUNCTION, load_template, resources_of


@dataclass(frozen=True)
class Function:
    """One Lambda: what it runs, and what its environment tells it."""

    name: str
    handler: str
    code_uri: str
    memory_mb: int
    environment: Mapping[str, str]

    @property
    def package(self) -> str:
        """The import root that it belongs to."""
        return self.handler.partition(".")[0]


def read_functions(places: Places) -> list[Function]:
    """Every function of the template, in its order, as it would be in production."""
    template = load_template(places.template)
    shared = template["Globals"]["Function"]
    given = {name: about.get("Default", "") for name, about in template["Parameters"].items()}
    given |= {"Stage": "prod", "PaymentProviderUrl": "https://pay.example"}
    common = shared["Environment"]["Variables"]
    return [
        Function(
            name=name,
            handler=own["Handler"],
            code_uri=own.get("CodeUri", shared["CodeUri"]),
            memory_mb=own["MemorySize"],
            environment={
                variable: _plain(value, given)
                for variable, value in (common | own["Environment"]["Variables"]).items()
            },
        )
        for name, resource in resources_of(template, FUNCTION).items()
        if (own := resource["Properties"])
    ]


def _plain(value: Any, parameters: Mapping[str, object]) -> str:
    """A parameter's value, or the id of a resource that only a deployed stack could name."""
    match value:
        case {"Ref": str(name)}:
            return str(parameters.get(name, name))
        case {"Fn::GetAtt": [str(name), *_]}:
            return name
        case {"Fn::Sub": str(text) | [str(text), *_]}:
            return text
        case {"Fn::If": [_, then, _]}:
            return _plain(then, parameters)
    return str(value)
