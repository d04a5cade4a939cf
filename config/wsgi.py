"""The WSGI application for gunicorn: `config.wsgi:application`."""

import os
import re
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def without_charset(content_type: str) -> str:
    """The Content-Type of a request without its charset, because our forms are sent as UTF-8.

    Django accepts any codec as a charset, even "zlib", and fails when it decodes the URL with it.
    """
    return re.sub(r";\s*charset\s*=[^;]*", "", content_type, flags=re.I)


_django = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Any) -> Any:
    environ["CONTENT_TYPE"] = without_charset(environ.get("CONTENT_TYPE", ""))
    return _django(environ, start_response)


# Load the code of all pages now, once for all workers, so that the first visitor does not wait for it.
_ = get_resolver().url_patterns
