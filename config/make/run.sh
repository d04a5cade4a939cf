#!/bin/sh
# Serves the product on HOST:PORT; the first time it prepares all that is needed.
set -eu
sh config/make/venv.sh run
python=.venv/bin/python

# Before anything slow: a port that is taken, or not a port at all.
"$python" config/make/check_port.py "$HOST" "$PORT"

umask 077
mkdir -p "${VAR_DIR:-var}"
"$python" manage.py migrate --verbosity 0 --skip-checks
"$python" manage.py tidy --skip-checks >/dev/null
# Packing the static files takes seconds, so only when one of them, or what brings them, is newer.
manifest="${VAR_DIR:-var}/static/staticfiles.json"
if [ ! -f "$manifest" ] || [ -n "$(find static config/*.py requirements/run.txt -newer "$manifest")" ]; then
    "$python" manage.py collectstatic --no-input --verbosity 0
fi

echo "Afterword is at http://$HOST:$PORT  (Ctrl+C stops it)"
exec "$python" -m gunicorn config.wsgi:application --bind "$HOST:$PORT" --workers "${WORKERS:-2}" \
    --threads 4 --preload --no-control-socket --log-level warning
