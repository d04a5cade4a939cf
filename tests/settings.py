"""Settings for tests: the real ones, independent of the developer's environment."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

SCRATCH = Path(tempfile.mkdtemp(prefix="afterword-test-"))
atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)

for name in (
    "ADMIN_PATH",
    "ALLOWED_HOSTS",
    "CACHE_URL",
    "CSRF_TRUSTED_ORIGINS",
    "DATABASE_POOL",
    "DEBUG",
    "EMAIL_URL",
    "GUEST_DAYS",
    "HOST",
    "HTTPS",
    "LOG_FORMAT",
    "MAIL_FROM",
    "METRICS_TOKEN",
    "MODEL_KEY",
    "MODEL_KIND",
    "MODEL_NAME",
    "MODEL_URL",
    "PORT",
    "SIGNUP_OPEN",
    "SITE_URL",
    "STATIC_ROOT",
    "TRUSTED_PROXIES",
    "UPLOADS_URL",
):
    os.environ.pop(name, None)
os.environ.update(
    ENV_FILE=os.devnull,
    VAR_DIR=str(SCRATCH),
    SECRET_KEY="for tests only " * 4,
    ADMIN_ENABLED="1",
    DATABASE_URL=f"sqlite:///{SCRATCH / 'unused.sqlite3'}",
)
if os.environ.get("TEST_DATABASE") == "postgres":
    # The main pytest-xdist process starts one server for all of its workers; each worker has its own database.
    if "PYTEST_XDIST_WORKER" not in os.environ:
        from tests.postgres import start

        os.environ["TEST_POSTGRES"] = start(SCRATCH / "postgres")
    os.environ["DATABASE_URL"] = os.environ["TEST_POSTGRES"]

from config.settings import *  # noqa: E402, F403 - after changing the environment
from config.settings import DATABASES, ON_SQLITE, STORAGES  # noqa: E402

if ON_SQLITE:
    # A file, not memory: the browser tests' server has its own connections, as in production.
    DATABASES["default"]["TEST"] = {"NAME": str(SCRATCH / "test.sqlite3")}
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
STATIC_ROOT = SCRATCH / "static"
STATIC_ROOT.mkdir()
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
