#!/bin/sh
# Serves the product on HOST:PORT; the first time it prepares all that is needed.
set -eu
sh config/make/venv.sh run
python=.venv/bin/python

# Before anything slow: a port that is taken, or not a port at all.
"$python" config/make/check_port.py "$HOST" "$PORT"

umask 077
mkdir -p "${VAR_DIR:-var}"
"$python" manage.py migrate --verbosity 0
"$python" manage.py collectstatic --no-input --verbosity 0

echo "Afterword is at http://$HOST:$PORT  (Ctrl+C stops it)"
exec "$python" -m gunicorn config.wsgi:application --bind "$HOST:$PORT" --workers "${WORKERS:-2}" \
    --threads 4 --preload --log-level warning
