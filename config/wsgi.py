"""What gunicorn serves: `config.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

# The proofreader and the parser of notes take two seconds and 300 MB to load: once, before gunicorn forks, so that its
# workers share them.
from drafts.domain import proofread  # noqa: E402 - after Django's start
from drafts.domain.notes import parser  # noqa: E402 - after Django's start

proofread.load()
parser.load()

# Loads every page's code now, once for all workers, so that the first visitor does not wait for it.
_ = get_resolver().url_patterns
