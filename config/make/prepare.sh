#!/bin/sh
# Updates the compiled translations, the database and the collected static files.
set -eu
python=.venv/bin/python
sh config/make/translations.sh
"$python" manage.py migrate --verbosity 0 --skip-checks
# Collecting the static files takes seconds, so only if one of them, or a package that has some, is newer.
manifest="$("$python" -m config.environment static_root)/staticfiles.json"
if [ ! -f "$manifest" ] || [ -n "$(find static config/*.py requirements/run.txt -newer "$manifest")" ]; then
    "$python" manage.py collectstatic --no-input --verbosity 0
fi
