"""Counts the queries of each page, including those for the session and the user; `bench.standing` runs it.

`python -m bench.queries EMAIL PATH...`, in the environment of a product; JSON on standard output.
"""

from __future__ import annotations

import json
import os
import sys

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.contrib.auth import get_user_model
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    email, *paths = sys.argv[1:]
    client = Client(headers={"host": "127.0.0.1"})
    user = get_user_model().objects.get(email=email)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    counts = {}
    for path in paths:
        # The first visit of the day is recorded, and fills the caches.
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            status = client.get(path).status_code
        if status != 200:
            raise SystemExit(f"{path} answered {status}")
        counts[path] = len(queries)
    print(json.dumps(counts))


if __name__ == "__main__":
    main()
