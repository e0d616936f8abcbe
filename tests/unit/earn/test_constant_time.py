import ast
from pathlib import Path

import earn
from loyalty.api import signatures

SOURCE = Path(signatures.__file__)
EARN = Path(earn.__file__).parent
ORDERINGS = (ast.Gt, ast.GtE, ast.Lt, ast.LtE)


def equality_tests(source: str) -> list[str]:
    """Every place where two values are told apart by anything but compare_digest."""
    compared = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Compare)]
    return [
        ast.unparse(node)
        for node in compared
        if not all(isinstance(operator, ORDERINGS) for operator in node.ops)
    ]


def calls(source: str, name: str) -> int:
    nodes = ast.walk(ast.parse(source))
    return sum(isinstance(n, ast.Call) and ast.unparse(n.func) == name for n in nodes)


def test_signatures_are_compared_by_compare_digest_alone() -> None:
    source = SOURCE.read_text()
    assert calls(source, "hmac.compare_digest") == 1
    assert equality_tests(source) == []


def test_the_comparison_has_no_early_exit() -> None:
    tree = ast.parse(SOURCE.read_text())
    (matching,) = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and calls(ast.unparse(node), "hmac.compare_digest")
    ]
    assert not [n for n in ast.walk(matching) if isinstance(n, ast.Break | ast.Return | ast.BoolOp)]


def test_nobody_else_in_earn_computes_signatures() -> None:
    users = [path for path in EARN.rglob("*.py") if "hmac" in _imports(path)]
    assert users == []


def _imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


def test_these_checks_would_see_a_plain_comparison() -> None:
    assert equality_tests("if signature == expected: pass") == ["signature == expected"]
    assert equality_tests("ok = signature in expected") == ["signature in expected"]
