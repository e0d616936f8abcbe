"""Which packages of requirements/runtime.lock the functions carry."""

from __future__ import annotations

import re

# Of Chalice only chalice/app.py runs in a function, and it needs the standard library alone: what
# Chalice's command line pulls in stays at home.
RUNS_ALONE = "chalice"


def requirements_to_ship(lock: str) -> str:
    """Return the entries of a lock that something else than Chalice's command line needs.

    Args:
        lock: a lock as uv writes it: an entry starts at the margin, its hashes and the packages
            that want it (`# via`) follow indented.
    """
    entries = dict(_entries(lock))
    parents = {name: _parents(entry) for name, entry in entries.items()}
    shipped: set[str] = set()
    while True:
        more = {
            name
            for name, wanted_by in parents.items()
            if name not in shipped
            and any(by.startswith("-r ") or by in shipped - {RUNS_ALONE} for by in wanted_by)
        }
        if not more:
            return "\n".join(entries[name] for name in sorted(shipped)) + "\n"
        shipped |= more


def _entries(lock: str) -> list[tuple[str, str]]:
    blocks = re.findall(r"^[a-zA-Z0-9].*\n(?:[ \t]+.*\n?)*", lock, flags=re.MULTILINE)
    return [(re.split(r"[=\[ ]", block, maxsplit=1)[0], block.rstrip("\n")) for block in blocks]


def _parents(entry: str) -> set[str]:
    _, _, via = entry.partition("# via")
    return {line.strip("# \t") for line in via.splitlines() if line.strip("# \t")}
