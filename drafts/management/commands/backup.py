"""`manage.py backup [FILE|FOLDER|-]`: everything stored in one file (docs/backup.md), while the product serves."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from drafts.backups import BackupError, stream_backup, write_backup


class Command(BaseCommand):
    help = "Write everything that is stored to one file: the database, the uploads and the secret key."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "target",
            nargs="?",
            default="",
            metavar="FILE",
            help="a file, a folder, or - for standard output; without it, a new file in the current folder",
        )

    def handle(self, *args: Any, target: str, **options: Any) -> None:
        try:
            if target == "-":
                if sys.stdout.isatty():
                    raise BackupError("A backup is not text. Send it on, as in: manage.py backup - > FILE")
                stream_backup(sys.stdout.buffer)
            else:
                path, size = write_backup(target)
                self.stdout.write(f"{path} ({size:,} bytes)")
            if settings.UPLOADS_IN_BUCKET:
                self.stderr.write("The uploads are in the bucket of UPLOADS_URL, and not in this file.")
        except BackupError as error:
            raise CommandError(str(error), returncode=2) from error
