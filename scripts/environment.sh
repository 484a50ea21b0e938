#!/bin/sh
# Make .venv, install what requirements/NAME.txt locks and cireg itself in place: scripts/environment.sh runtime|dev
# Needs Python 3.11 or newer with venv, and the network; says in one plain line which of them is missing.
set -eu
cd "$(dirname "$0")/.."
name=$1
log=.venv/install.log

stop() {
    echo "cireg: $1" >&2
    exit 1
}

# The first Python that is new enough and has venv; PYTHON, where set, is the only choice.
find_python() {
    if [ -n "${PYTHON:-}" ]; then
        set -- "$PYTHON"
    else
        set -- python3.14 python3.13 python3.12 python3.11 python3
    fi
    without_venv=
    for candidate in "$@"; do
        "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
        if "$candidate" -c 'import venv, ensurepip' 2>/dev/null; then
            python=$candidate
            return
        fi
        without_venv=$candidate
    done
    [ -z "$without_venv" ] || stop "$without_venv has no venv module; on Debian and Ubuntu install python3-venv"
    [ -z "${PYTHON:-}" ] || stop "PYTHON=$PYTHON is no Python 3.11 or newer"
    stop "Python 3.11 or newer is needed and none was found; install it, or name it: make PYTHON=/path/to/python3"
}

# Run pip with the arguments after the first, which says what could not be done where it fails.
install() {
    what=$1
    shift
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input "$@" >"$log" 2>&1 && return
    [ "${CI:-}" != true ] || cat "$log" >&2
    stop "$what; what pip said is in $log"
}

if ! .venv/bin/python -c 'import pip' 2>/dev/null; then
    find_python
    "$python" -m venv --clear .venv || stop "$python could not make .venv"
fi
echo "installing requirements/$name.txt into .venv (needs the network, takes a minute)"
install "requirements/$name.txt could not be installed, is the network there?" \
    --require-hashes --requirement "requirements/$name.txt"
install "cireg itself could not be installed" --no-deps --no-build-isolation --editable .
[ "$name" = runtime ] || touch .venv/.runtime
touch ".venv/.$name"
