"""`manage.py restore FILE [--yes]`: replaces everything stored with a backup (docs/backup.md)."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from drafts.backups import BackupError, Restored, RestoredInPart, checked, replace


class Command(BaseCommand):
    help = "Check a backup, then put it in the place of everything that is stored."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="what manage.py backup wrote")
        parser.add_argument("--yes", action="store_true", help="do not ask before replacing")

    def handle(self, *args: Any, file: str, yes: bool, **options: Any) -> None:
        try:
            with checked(Path(file)) as backup:
                made_at = backup.manifest.made_at
                if not yes:
                    _confirm(made_at)
                restored = replace(backup)
        except RestoredInPart as error:
            raise CommandError(str(error), returncode=2) from error
        except BackupError as error:
            raise CommandError(f"{error} Nothing was changed.", returncode=2) from error
        self.stdout.write(_said(made_at, restored))


def _confirm(made_at: dt.datetime) -> None:
    question = f"Replace everything that is stored here by the backup of {_shown(made_at)}? Type yes: "
    try:
        answer = input(question)
    except EOFError as error:
        raise BackupError("There is no one to ask. Give --yes to replace without asking.") from error
    if answer.strip().lower() != "yes":
        raise BackupError("The answer was not yes.")


def _said(made_at: dt.datetime, restored: Restored) -> str:
    lines = [
        f"Restored the backup of {_shown(made_at)}. Candidates: {restored.candidates}, interviews: "
        f"{restored.interviews}, letters: {restored.letters}."
    ]
    if restored.key_changed:
        lines.append("The secret key changed. Restart the server now.")
    if restored.key_unused:
        lines.append(
            "The backup's secret key was left out, because SECRET_KEY is set here. Guests keep their work only if "
            "SECRET_KEY is the one they had."
        )
    return "\n".join(lines)


def _shown(moment: dt.datetime) -> str:
    return f"{moment.astimezone(dt.UTC):%Y-%m-%d %H:%M} UTC"
