#!/bin/sh
# All tests. Integration tests run on PostgreSQL first, then everything on SQLite; pytest's summary is last.
set -eu
sh config/make/venv.sh dev
sh config/make/chromium.sh
if sh config/make/mail_programs.sh; then
    export CI_MAIL_PROGRAMS=1
fi
if sh config/make/servers.sh; then
    export CI_SERVERS=1
fi
status=0
# Two processes; tests/conftest.py says which tests share one.
pytest() {
    .venv/bin/python -m pytest --quiet --numprocesses 2 --dist loadgroup --no-loadscope-reorder "$@" || status=$?
}
if [ $# = 0 ]; then
    echo "Integration tests on PostgreSQL:"
    TEST_DATABASE=postgres pytest tests/integration
    echo "Everything on SQLite:"
fi
pytest "$@"
exit $status
