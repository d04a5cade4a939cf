"""Creates the floor's tables, a user and their notes, and prints the session key. `bench.pair` runs it."""

from __future__ import annotations

import django

CONNECTIONS = 8


def main() -> None:
    django.setup()
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.auth.models import User
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command

    from bench.floor.models import Note

    call_command("migrate", run_syncdb=True, verbosity=0)
    user = User.objects.create_user("floor")
    Note.objects.bulk_create(
        Note(user=user, text="A note.", pk=number) for number in range(1, CONNECTIONS + 1)
    )
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    print(session.session_key)


if __name__ == "__main__":
    main()
