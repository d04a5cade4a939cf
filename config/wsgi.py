"""What gunicorn serves: `config.wsgi:application`."""

import os
import re
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def without_charset(content_type: str) -> str:
    """What a request says of its body, without the charset: our forms are sent as UTF-8.

    Django takes any codec for a charset, "zlib" as well, and fails where it reads the address with it.
    """
    return re.sub(r";\s*charset\s*=[^;]*", "", content_type, flags=re.I)


_django = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Any) -> Any:
    environ["CONTENT_TYPE"] = without_charset(environ.get("CONTENT_TYPE", ""))
    return _django(environ, start_response)


# Loads every page's code now, once for all workers, so that the first visitor does not wait for it.
_ = get_resolver().url_patterns
