#!/bin/sh
# Provides the servers for tests of several machines: Valkey or Redis, and Caddy; installed by apt if we are root.
# Fails with a message if one is missing; the tests that need it are then skipped.
set -eu
are_here() {
    { command -v valkey-server || command -v redis-server; } >/dev/null && command -v caddy >/dev/null
}
install() {
    # RUNLEVEL=1 means single-user mode, in which Debian does not start services that it installs.
    RUNLEVEL=1 apt-get install -y -qq --no-install-recommends "$@"
}
are_here && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Valkey (or Redis) and Caddy for the tests of several machines ..."
    if (apt-get update -qq && { install valkey-server caddy || install redis-server caddy; }) >/dev/null 2>&1 && are_here; then
        exit 0
    fi
fi
echo "Without Valkey (or Redis) and Caddy the tests of several machines are skipped; your system's package manager has them."
exit 1
