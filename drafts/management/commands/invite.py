"""`manage.py invite FILE.ics|FILE.eml|FILE.txt|-`: the facts document of an invitation or an email, as JSON."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from drafts.domain.moments import known_zones
from drafts.invite import Invitation, InviteError, facts_document, read_invitations


class Command(BaseCommand):
    help = "Read an invitation (.ics, or the .eml or text of a mail) as a facts document with warnings."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", help="an .ics, .eml or .txt file, or - for standard input")
        parser.add_argument(
            "--me", action="append", default=[], metavar="EMAIL", help="an address or name of yours"
        )
        parser.add_argument(
            "--zone", default="", metavar="IANA", help="the time zone of times that name none"
        )
        parser.add_argument("--event", type=int, metavar="N", help="which event of several, counted from 1")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            document = _document(options)
        except InviteError as error:
            self.stderr.write(str(error))
            sys.exit(2)
        self.stdout.write(json.dumps(document, ensure_ascii=False, indent=2))


def _document(options: dict[str, Any]) -> dict[str, Any]:
    if options["zone"] and options["zone"] not in known_zones():
        raise InviteError(
            f"--zone {options['zone']}: is not a known zone; give an IANA name such as Europe/Berlin"
        )
    invitations = read_invitations(
        _bytes(options["file"]), me=options["me"], default_zone=options["zone"], today=timezone.now().date()
    )
    number = options["event"]
    if number is not None and not 1 <= number <= len(invitations):
        raise InviteError(
            f"--event {number}: there is no such event; give a number from 1 to {len(invitations)}"
        )
    going = [place for place, one in enumerate(invitations) if not one.is_cancelled]
    chosen = number - 1 if number is not None else next(iter(going), 0)
    document = facts_document(invitations[chosen])
    if number is None and len(invitations) > 1:
        document["warnings"].append(_others(invitations, chosen))
    return document


def _bytes(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise InviteError(f"{name}: cannot be read ({error.strerror})") from error


def _others(invitations: tuple[Invitation, ...], chosen: int) -> str:
    named = [
        f"{place + 1} ({one.title or 'untitled'}, {one.starts_at:%Y-%m-%d %H:%M})"
        for place, one in enumerate(invitations)
        if place != chosen
    ]
    return f"This is event {chosen + 1} of {len(invitations)}; --event N takes another: {', '.join(named)}."
