#!/bin/sh
# venv.sh run|model|dev: makes .venv and installs the locked requirements, unless it is all there already.
set -eu
lock="requirements/$1.txt"
stamp=".venv/installed-$1"
# pip is the last thing created in .venv: if it is missing, creating .venv was interrupted.
[ -x .venv/bin/pip ] && cmp -s "$lock" "$stamp" && exit 0

for name in ${PYTHON3:-python3.13 python3.12 python3.11 python3} .venv/bin/python; do
    if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$name
        break
    fi
done
if [ -z "${python:-}" ]; then
    echo "Python 3.11 or newer is needed and was not found. Install it (python.org, or your system's" >&2
    echo "package manager) and run this again." >&2
    exit 1
fi
if [ -z "${ALONE:-}" ]; then
    # Start again under a lock, because another make may just have done it.
    ALONE=1 exec "$python" config/make/alone.py sh "$0" "$1"
fi

if [ ! -x .venv/bin/pip ]; then
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        echo "$python has no venv module, which some systems package apart. On Debian and Ubuntu:" >&2
        echo "    apt-get install python3-venv" >&2
        exit 1
    fi
    echo "Making .venv with $($python --version) ..."
    "$python" -m venv .venv
fi

echo "Installing $lock ..."
if ! .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"; then
    echo "The requirements could not be installed; pip says why above. Is there a network?" >&2
    exit 1
fi
cp "$lock" "$stamp"
