#!/bin/sh
# Brings the database and the packed static files up to date.
set -eu
python=.venv/bin/python
"$python" manage.py migrate --verbosity 0 --skip-checks
# Packing the static files takes seconds, so only when one of them, or what brings them, is newer.
manifest="$("$python" -m config.environment static_root)/staticfiles.json"
if [ ! -f "$manifest" ] || [ -n "$(find static config/*.py requirements/run.txt -newer "$manifest")" ]; then
    "$python" manage.py collectstatic --no-input --verbosity 0
fi
