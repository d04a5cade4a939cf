"""Expected errors; drafts.web.middleware handles those that no view does."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _


class DomainError(Exception):
    """An error that a user can cause; its message says what to do."""


class Gone(DomainError):
    """The object being changed was deleted meanwhile."""

    def __init__(self) -> None:
        super().__init__("deleted in the meantime")


class Conflict(DomainError):
    """The object being saved was changed elsewhere since the page was opened; `stored` is its current state."""

    def __init__(self, stored: Any) -> None:
        super().__init__("changed elsewhere since this page was opened")
        self.stored = stored


class TooManyWords(DomainError):
    """The candidate's dictionary is full."""

    def __init__(self) -> None:
        super().__init__(_("Your word list is full. Remove a word before you add another."))


class TooOften(DomainError):
    """A rate limit was exceeded; the response has a `Retry-After` header in seconds."""

    def __init__(self) -> None:
        super().__init__(_("You’ve done that too many times. Wait a few minutes, then try again."))


class OverQuota(DomainError):
    """A candidate's quota was exceeded; `words` says which."""

    def __init__(self, words: str, *, is_guest: bool) -> None:
        advice = _(
            "To make room, permanently delete what you no longer need in Settings, under “Deleted interviews”."
        )
        if is_guest:
            advice += " " + _("Or create an account in Settings for more room.")
        super().__init__(f"{words} {advice}")


class TooManyPeople(DomainError):
    """More people outside the panel than one interview takes."""

    def __init__(self, most: int) -> None:
        super().__init__(
            _("You can add at most %(most)s people who weren’t at the interview. Remove one first.")
            % {"most": most}
        )


class MissingFile(DomainError):
    """A file that should be attached to a letter is missing from the storage."""

    def __init__(self, name: str) -> None:
        message = _("The file %(name)s is missing. Remove it on your notes page, then attach it again.")
        super().__init__(message % {"name": name})


class TooManyFiles(DomainError):
    """More or larger files than one letter can have attached."""

    def __init__(self) -> None:
        super().__init__(
            _("A letter can have at most 5 files and 10 MB in total. Remove one before you add another.")
        )
