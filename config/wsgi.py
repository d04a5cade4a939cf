"""What gunicorn serves: `config.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

# Loads every page's code now, once for all workers, so that the first visitor does not wait for it.
_ = get_resolver().url_patterns
