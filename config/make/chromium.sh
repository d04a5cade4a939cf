#!/bin/sh
# Provides Chromium for the browser tests: the system's, installed by apt if we are root, else Playwright's own. With it come
# the fonts of the reference pictures, which otherwise another package of fonts could replace.
set -eu
for name in chromium chromium-browser; do
    command -v "$name" >/dev/null && exit 0
done
[ -n "$(find "${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}" -maxdepth 1 -name 'chromium*' 2>/dev/null)" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Chromium for the browser tests ..."
    if (apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core) >/dev/null 2>&1 &&
        command -v chromium >/dev/null; then
        exit 0
    fi
fi
if ! .venv/bin/python -m playwright install chromium; then
    echo "The browser tests need Chromium, and neither apt nor Playwright could install it." >&2
    exit 1
fi
