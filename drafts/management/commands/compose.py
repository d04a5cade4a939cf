"""`manage.py compose FACTS.json`: one draft per interviewer, as JSON on standard output."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from drafts.domain.compose import compose_panel
from drafts.domain.facts import Kind, Panel, Tone
from drafts.domain.facts_json import FactsError, Fault, parse_panel
from drafts.domain.follow_ups import compose_follow_up, parse_follow_up
from drafts.domain.letter import Letter
from drafts.domain.routes import compose_route


class Command(BaseCommand):
    help = "Compose one draft per interviewer from a facts document (docs/facts-document.md)."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("facts", help="a facts document, or - for standard input")
        parser.add_argument("--tone", choices=[str(tone) for tone in Tone], default=Tone.WARM.value)
        parser.add_argument(
            "--kind",
            choices=[str(kind) for kind in Kind],
            default=Kind.THANK_YOU.value,
            help="which letter; letters after the thank-you also read `answers` and `before` from the document",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            panel, letters = _letters(
                read_document(options["facts"]), Kind(options["kind"]), Tone(options["tone"])
            )
        except FactsError as error:
            for fault in error.faults:
                self.stderr.write(str(fault))
            sys.exit(2)
        drafts = [
            {
                "interviewer": person.full_name,
                "to": person.email,
                "subject": letter.subject,
                "subject_options": list(letter.subject_options),
                "body": letter.body,
                "left_out": list(letter.left_out),
                "unsure": list(letter.unsure),
                "notes": [asdict(note) for note in letter.notes],
            }
            for person, letter in zip(panel.interviewers, letters, strict=True)
        ]
        self.stdout.write(json.dumps({"drafts": drafts}, ensure_ascii=False, indent=2))


def _letters(document: Any, kind: Kind, tone: Tone) -> tuple[Panel, list[Letter]]:
    """A letter of this kind to each interviewer. Raises FactsError."""
    if not kind.is_follow_up:
        panel = parse_panel(document)
        if kind is Kind.THANK_YOU:
            return panel, list(compose_panel(panel, tone))
        return panel, [compose_route(panel, index, kind, tone) for index in range(len(panel.interviewers))]
    panel, answers, before = parse_follow_up(kind, document)
    people = range(len(panel.interviewers))
    return panel, [compose_follow_up(panel, index, kind, answers, before, tone) for index in people]


def read_document(name: str) -> Any:
    """The JSON of a file or of standard input. Raises FactsError saying what is wrong with it."""
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return json.loads(raw.decode("utf-8-sig"), parse_constant=_no_constant)
    except OSError as error:
        raise FactsError([Fault("", f"{name}: cannot be read ({error.strerror})")]) from error
    except UnicodeDecodeError as error:
        raise FactsError([Fault("", f"{name}: is not UTF-8 text; save it as UTF-8")]) from error
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise FactsError([Fault("", f"{name}: is not JSON; {where}: {error.msg}")]) from error
    except (ValueError, RecursionError) as error:
        raise FactsError([Fault("", f"{name}: is not JSON that can be used: {error}")]) from error


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a value")
