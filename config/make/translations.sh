#!/bin/sh
# Compiles the translations that changed.
set -eu
for catalog in locale/*/LC_MESSAGES/django.po; do
    if [ ! -f "${catalog%.po}.mo" ] || [ -n "$(find "$catalog" -newer "${catalog%.po}.mo")" ]; then
        exec .venv/bin/python -m config.messages compile
    fi
done
