"""The layer of third-party packages holds what the functions import, and no more."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from lockfile import requirements_to_ship
from prune import SERVICES, prune

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [*ROOT.glob("functions/**/*.py"), *ROOT.glob("layers/common/python/**/*.py")]


def clients(source: Path) -> Iterator[str]:
    """The services for which a module makes a client."""
    for node in ast.walk(ast.parse(source.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            first = node.args[0] if node.args else None
            if node.func.attr == "client" and isinstance(first, ast.Constant):
                yield str(first.value)


def test_the_layer_knows_every_service_that_the_code_calls() -> None:
    called = {service for source in SOURCES for service in clients(source)}
    assert called
    assert called <= set(SERVICES)


def test_the_layer_ships_what_runs_and_leaves_chalices_command_line_at_home() -> None:
    shipped = requirements_to_ship((ROOT / "requirements" / "runtime.lock").read_text())
    names = {line.split("==")[0] for line in shipped.splitlines() if "==" in line}
    assert {"boto3", "botocore", "pydantic", "pydantic-core", "chalice", "jinja2"} <= names
    assert not {"click", "inquirer", "setuptools", "pip", "wheel", "pyyaml"} & names
    assert shipped.count("--hash=sha256:") >= len(names)


def test_a_package_that_two_want_is_shipped_if_one_of_them_runs() -> None:
    lock = """\
chalice==1 \\
    --hash=sha256:aa
    # via -r requirements/runtime.in
both==1 \\
    --hash=sha256:bb
    # via
    #   boto3
    #   chalice
boto3==1 \\
    --hash=sha256:cc
    # via -r requirements/runtime.in
only-command-line==1 \\
    --hash=sha256:dd
    # via chalice
below==1 \\
    --hash=sha256:ee
    # via only-command-line
"""
    shipped = requirements_to_ship(lock)
    names = {line.split("==")[0] for line in shipped.splitlines() if "==" in line}
    assert names == {"boto3", "both", "chalice"}


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    for file in (
        "chalice/app.py",
        "chalice/cli/__init__.py",
        "botocore/data/dynamodb/2012-08-10/service-2.json.gz",
        "botocore/data/dynamodb/2012-08-10/examples-1.json",
        "botocore/data/ec2/2016-11-15/service-2.json.gz",
        "boto3-1.0.dist-info/RECORD",
        "jinja2/py.typed",
    ):
        path = tmp_path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    endpoints = '{"partitions": [{"services": {"dynamodb": {"a": 1}, "ec2": {}}}]}'
    (tmp_path / "botocore/data/endpoints.json").write_text(endpoints)
    return tmp_path


def test_pruning_keeps_only_what_is_opened(installed: Path) -> None:
    prune(installed)
    left = {str(path.relative_to(installed)) for path in installed.rglob("*") if path.is_file()}
    assert left == {
        "chalice/app.py",
        "botocore/data/dynamodb/2012-08-10/service-2.json.gz",
        "botocore/data/endpoints.json",
    }
    kept = (installed / "botocore/data/endpoints.json").read_text()
    assert kept == '{"partitions":[{"services":{"dynamodb":{"a":1}}}]}'
