#!/bin/sh
# Runs every check, then fails if one of them did.
set -eu
sh config/make/venv.sh dev
python=.venv/bin/python
# The checks need settings, but no stored data.
VAR_DIR=$(mktemp -d)
export VAR_DIR
trap 'rm -rf "$VAR_DIR"' EXIT
failed=

check() {
    echo "== $*"
    "$@" || failed="$failed
  $*"
}

check "$python" -m ruff check .
check "$python" -m ruff format --check --quiet .
check "$python" -m mypy
check .venv/bin/djade --check --target-version 5.2 $(find templates -name '*.html')
check .venv/bin/lint-imports --no-logo
# Every imported package is in requirements/*.in, and every one there is used: first the product, then everything.
check .venv/bin/deptry config drafts --config config/make/deptry.toml -rf requirements/run.in,requirements/s3.in,requirements/model.in
check .venv/bin/deptry . --config config/make/deptry.toml -rf requirements/dev.in
check "$python" manage.py makemigrations --check --dry-run
check "$python" manage.py check --fail-level WARNING
if [ -n "$failed" ]; then
    echo "These checks failed:$failed" >&2
    exit 1
fi
echo "All checks passed."
