#!/bin/sh
# Prints the Python that the environments are made with: a 3.13 that really runs, else the newest
# from 3.11 on. A version manager's shim can exist and still fail, so each candidate is tried.
# PYTHON=... chooses one by hand; an argument (3.11) asks for that version and no other.
set -eu

versions="${1:-3.13 3.14 3.12 3.11}"
wanted="${1:-}"

works() { # can it run, is it new enough, and can it make an environment with pip in it?
    "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

candidates() {
    if [ -n "${PYTHON:-}" ]; then
        echo "$PYTHON"
        return
    fi
    for version in $versions; do
        echo "python$version"
        for found in "${PYENV_ROOT:-$HOME/.pyenv}"/versions/"$version"*/bin/python"$version" \
            /usr/bin/python"$version" /usr/local/bin/python"$version" \
            /opt/homebrew/bin/python"$version"; do
            if [ -x "$found" ]; then echo "$found"; fi
        done
    done
    if [ -z "$wanted" ]; then
        echo python3
        echo /usr/bin/python3
    fi
}

explain() {
    echo "No Python from 3.11 on was found that can make an environment:"
    for name in "${PYTHON:-python3}" /usr/bin/python3; do
        "$name" - <<'ASK' 2>/dev/null || echo "  $name does not run"
import importlib.util, sys
lacks = "" if importlib.util.find_spec("ensurepip") else ", without ensurepip (python3-venv)"
print("  %s is Python %s%s" % (sys.executable, sys.version.split()[0], lacks))
ASK
    done
    echo "Install one: on Debian or Ubuntu 'apt-get install python3 python3-venv',"
    echo "on macOS 'brew install python@3.13', or with pyenv 'pyenv install 3.13'."
    echo "To choose one yourself: make setup PYTHON=/path/to/python3"
}

for candidate in $(candidates); do
    if works "$candidate"; then
        command -v "$candidate"
        exit 0
    fi
done
explain >&2
exit 1
