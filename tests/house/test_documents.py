"""What people read is what the code does: errors, settings, routes, and what is allowed when."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from house.documents import names_in, rows_of, text_of
from loyalty.api import problems
from loyalty.api.auth import MEMBER, MERCHANT, Role
from loyalty.domain import errors
from loyalty.domain.errors import LoyaltyError
from loyalty.domain.redemption import Status
from loyalty.domain.steps import FINAL, TABLE
from loyalty.settings import Settings
from mall.openapi import document
from mall.template import FUNCTION, load_template, resources_of

ROOT = Path(__file__).resolve().parents[2]


def every_error() -> Iterator[type[LoyaltyError]]:
    for module in (errors, problems):
        for thing in vars(module).values():
            if isinstance(thing, type) and issubclass(thing, LoyaltyError):
                yield thing


ERRORS = {kind.slug: kind for kind in every_error() if kind is not LoyaltyError}
DOCUMENTED = {names_in(row[0])[0]: row for row in rows_of(text_of("errors.md"))}


def test_every_error_is_documented_and_no_other() -> None:
    assert set(DOCUMENTED) == set(ERRORS)


@pytest.mark.parametrize("slug", ERRORS)
def test_an_error_has_the_documented_status(slug: str) -> None:
    assert DOCUMENTED[slug][1] == str(problems.status_of(ERRORS[slug]))


def test_no_error_is_defined_out_of_the_documents_sight() -> None:
    bases = "|".join(kind.__name__ for kind in ERRORS.values())
    elsewhere = [
        str(file.relative_to(ROOT))
        for folder in ("functions", "layers/common/python/loyalty")
        for file in (ROOT / folder).rglob("*.py")
        if file.name not in {"errors.py", "problems.py"}
        and re.search(rf"^class \w+\(({bases}|LoyaltyError)\)", file.read_text(), re.MULTILINE)
    ]
    assert elsewhere == []


SETTINGS = {names_in(row[0])[0]: row for row in rows_of(text_of("settings.md"))}
OF_LIBRARIES = re.compile(r"POWERTOOLS_|AWS_")


def test_every_setting_is_documented_and_no_other() -> None:
    ours = {name for name in SETTINGS if not OF_LIBRARIES.match(name)}
    assert ours == {name.upper() for name in Settings.model_fields}


def test_what_the_template_tells_a_function_is_documented() -> None:
    told = re.findall(r"^ {10}([A-Z][A-Z_]+): ", (ROOT / "template.yaml").read_text(), re.MULTILINE)
    assert set(told) <= set(SETTINGS)
    assert "LEDGER_TABLE" in told


READERS = {role.value for role in Role}
WHO: dict[str, set[str]] = {
    "anyone": set(),
    "member": {MEMBER},
    "member or shop": {MEMBER, MERCHANT},
    "shop": {MERCHANT},
    "reads": READERS,
    "reviewer": {"admin", "reviewer"},
    "operator": {"admin", "operator"},
    "admin": {"admin"},
}


def documented_routes() -> dict[str, str]:
    rows = [row for row in rows_of(text_of("api.md")) if re.match(r"`[A-Z]+ /", row[0])]
    return {names_in(row[0])[0]: row[1] for row in rows}


def routes_in_code() -> dict[str, Any]:
    return {
        f"{method.upper()} {path}": operation
        for path, methods in document()["paths"].items()
        for method, operation in methods.items()
    }


def test_every_route_is_documented_with_who_may_call_it_and_no_other() -> None:
    code = {route: set(op.get("x-roles", [])) for route, op in routes_in_code().items()}
    assert {route: WHO[who] for route, who in documented_routes().items()} == code


def test_the_document_prints_the_table_of_what_is_allowed_when() -> None:
    _, _, rest = text_of("api.md").partition("### What is allowed when")
    section = rest.partition("\n## ")[0]
    printed = {
        (row[1], names_in(row[0])[0]): frozenset(map(Status, names_in(row[2])))
        for row in rows_of(section)
    }
    assert printed == {
        (actor.value, act.value): statuses for (actor, act), statuses in TABLE.items()
    }
    final = re.search(r"Final are (.*?)\. A code", section, re.DOTALL)
    assert final and set(names_in(final[1])) == {status.value for status in FINAL}


def test_every_kind_of_entry_is_named() -> None:
    from loyalty.domain.account import Kind

    named = re.search(r"Kinds: (.*?)\.\n", text_of("api.md"), re.DOTALL)
    assert named and names_in(named[1]) == [kind.value for kind in Kind]


def test_every_function_has_its_cold_start_measured() -> None:
    measured = {name for row in rows_of(text_of("performance.md")) for name in row[:1]}
    functions = set(resources_of(load_template(ROOT / "template.yaml"), FUNCTION))
    assert functions <= measured
