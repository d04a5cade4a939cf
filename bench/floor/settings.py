"""Only what a login needs. FLOOR has what must be the same as in the product: the database options."""

import json
import os

FLOOR = json.loads(os.environ["FLOOR"])

SECRET_KEY = FLOOR["secret_key"]
ALLOWED_HOSTS = ["127.0.0.1"]
DATABASES = {"default": FLOOR["database"]}
# config.worker reads the largest size of a body.
QUOTA_MB = GUEST_QUOTA_MB = 200
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "bench.floor",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
ROOT_URLCONF = "bench.floor.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
