#!/bin/sh
# make-env.sh ENV LOCK [PROJECT]: makes the environment ENV hold what LOCK says, checked by hash,
# and the project itself, where its folder is given. The stamp ENV/.made tells make that it is done.
set -eu

env=$1
lock=$2
project=${3:-}
folder=$(dirname "$0")

say() { printf '\033[2m%s\033[0m\n' "$*"; }

python=$("$folder/find-python.sh")
wanted=$("$python" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])')
present=$("$env/bin/python" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null || true)

rm -f "$env/.made"
if [ "$present" != "$wanted" ] || ! "$env/bin/python" -m pip --version >/dev/null 2>&1; then
    say "$env: new, with Python $wanted ($python)"
    "$python" -m venv --clear "$env"
fi
say "$env: installing $lock"
# The lock names every package, so there is nothing to resolve; what is used is compiled when it is.
"$env/bin/python" -m pip install --quiet --disable-pip-version-check --no-input \
    --no-deps --no-compile --require-hashes --requirement "$lock"
if [ -n "$project" ]; then
    "$env/bin/python" -m pip install --quiet --disable-pip-version-check --no-input \
        --no-deps --no-build-isolation --editable "$project"
fi
touch "$env/.made"
say "$env: ready (Python $wanted)"
