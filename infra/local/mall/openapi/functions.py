"""Finds the HTTP functions: the modules that make an application."""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

from aws_lambda_powertools.event_handler.api_gateway import Route

from loyalty.api import MallApp
from mall.places import PROJECT


def http_apps(functions: Path = PROJECT / "functions") -> dict[str, MallApp]:
    """Return the application of each HTTP function, by the name of its module."""
    return {
        name: importlib.import_module(name).app
        for name, source in _handler_modules(functions)
        if _makes_an_app(source)
    }


def routes_of(app: MallApp) -> list[Route]:
    """Return an application's routes."""
    return [*app._static_routes, *app._dynamic_routes]


def _handler_modules(functions: Path) -> Iterator[tuple[str, str]]:
    for file in sorted(functions.glob("*/*_handler.py")):
        yield f"{file.parent.name}.{file.stem}", file.read_text(encoding="utf-8")


def _makes_an_app(source: str) -> bool:
    calls = (node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return any(isinstance(call, ast.Name) and call.id == "create_app" for call in calls)
