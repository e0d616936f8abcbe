"""Every route of the code is a route of the gateway, under the lock that it needs; and back."""

import re
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from mall.template import FUNCTION, load_template, resources_of

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = load_template(ROOT / "template.yaml")
OPEN_TO_ANYONE = ("/v1/webhooks/", "/v1/catalog/", "/v1/payments/")


class Route(NamedTuple):
    """A route of the gateway."""

    path: str
    function: str
    locked: bool

    def takes(self, path: str) -> bool:
        """Whether a request for the path may come here."""
        prefix, greedy, _ = self.path.partition("{proxy+}")
        return path.startswith(prefix) and path != prefix if greedy else path == self.path


def routes() -> list[Route]:
    found = []
    for resource in resources_of(TEMPLATE, "AWS::ApiGatewayV2::Route").values():
        properties = resource["Properties"]
        integration = properties["Target"]["Fn::Sub"].removeprefix("integrations/${").rstrip("}")
        uri = TEMPLATE["Resources"][integration]["Properties"]["IntegrationUri"]
        locked = properties["AuthorizationType"] == "JWT"
        assert locked == (properties.get("AuthorizerId") == {"Ref": "TokenAuthorizer"})
        path = re.sub(r"\{(\w+)\}", r"\1", properties["RouteKey"].removeprefix("ANY "))
        found.append(Route(path, uri["Fn::GetAtt"][0], locked))
    return found


def route_of(path: str) -> Route:
    """The route that the gateway takes: the path itself, else the longest prefix, else $default."""
    fitting = [route for route in ROUTES if route.takes(path)] or [
        route for route in ROUTES if route.path == "$default"
    ]
    return max(fitting, key=lambda route: (route.path == path, len(route.path)))


ROUTES = routes()
HTTP_FUNCTIONS = {
    name: resource["Properties"]["Handler"].rpartition(".")[0]
    for name, resource in resources_of(TEMPLATE, FUNCTION).items()
    if any(route.function == name for route in ROUTES)
}


def paths_of(module: str) -> list[str]:
    """The paths that a function's application serves, with its parameters filled in."""
    app: Any = import_module(module).app
    return [path.replace("{", "").replace("}", "") for path in app.get_openapi_schema().paths]


@pytest.mark.parametrize(("function", "module"), HTTP_FUNCTIONS.items())
def test_the_gateway_brings_every_path_to_the_function_that_serves_it(
    function: str, module: str
) -> None:
    paths = paths_of(module)
    assert paths
    assert {path: route_of(path).function for path in paths} == dict.fromkeys(paths, function)


@pytest.mark.parametrize("route", [route for route in ROUTES if route.path != "$default"])
def test_every_route_of_the_gateway_leads_to_something(route: Route) -> None:
    assert any(route_of(path) == route for path in paths_of(HTTP_FUNCTIONS[route.function]))


@pytest.mark.parametrize("module", HTTP_FUNCTIONS.values())
def test_whatever_is_not_open_to_anyone_asks_for_a_token(module: str) -> None:
    for path in paths_of(module):
        assert route_of(path).locked == (not path.startswith(OPEN_TO_ANYONE)), path


def test_unknown_paths_get_an_answer_of_our_own_form() -> None:
    default = route_of("/nothing/here")
    assert default == Route("$default", "CatalogApiFunction", locked=False)


def test_every_function_with_a_route_lets_the_gateway_call_it() -> None:
    permissions = resources_of(TEMPLATE, "AWS::Lambda::Permission").values()
    allowed = {one["Properties"]["FunctionName"]["Ref"] for one in permissions}
    assert allowed == set(HTTP_FUNCTIONS)
