#!/bin/sh
# Provides mutt, which tests use to check that mail programs can read our files; installed by apt if we are root.
# Fails with a message if it is missing; the tests that need it are then skipped.
set -eu
command -v mutt >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing mutt for the tests with a mail program ..."
    if (apt-get update -qq && apt-get install -y -qq --no-install-recommends mutt) >/dev/null 2>&1 &&
        command -v mutt >/dev/null; then
        exit 0
    fi
fi
echo "Without mutt the tests with a mail program are skipped; your system's package manager has it."
exit 1
