"""Django's database sessions, loaded with SQL that is built only once."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from drafts.compiled import Compiled, Given


class SessionStore(DatabaseStore):
    def _get_session_from_db(self) -> Any:
        session = _SESSION.first(session_key=self.session_key, now=timezone.now())
        if session is None:
            self._session_key = None
        return session


def _valid_session() -> Any:
    # Not at the top, because the model can only be imported once the apps are loaded.
    model = SessionStore.get_model_class()
    return model.objects.filter(
        session_key=Given(model, "session_key"), expire_date__gt=Given(model, "expire_date", "now")
    )


_SESSION: Compiled[Any] = Compiled(_valid_session)
