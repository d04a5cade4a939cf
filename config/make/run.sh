#!/bin/sh
# Serves the product on HOST:PORT; the first time, it prepares everything needed.
set -eu
umask 077
sh config/make/venv.sh run
if [ "${MODEL:-}" = 1 ]; then
    sh config/make/venv.sh model
fi
python=.venv/bin/python

# Before anything slow, check for invalid settings and a port that is in use.
address=$("$python" -m config.listening)
"$python" config/make/alone.py sh config/make/prepare.sh

echo "Afterword is at $address  (Ctrl+C stops it)"
exec "$python" -m gunicorn --config config/serving.py --log-level warning
