"""`manage.py review FACTS.json --interviewer NAME [BODY.txt]`: the findings of the review, as JSON."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.text import normalize_newlines

from drafts.domain.compose import compose_letter
from drafts.domain.facts import Interviewer, Panel
from drafts.domain.facts_json import FactsError, Fault, parse_panel
from drafts.domain.tokens import fold
from drafts.management.commands.compose import read_document
from drafts.management.times import read_moment
from drafts.review import LetterText, OtherDraft, ReviewFacts, review


class Command(BaseCommand):
    help = (
        "Review a letter to one interviewer of a facts document. What is not given is what `compose` would write; "
        "without --at the moment of sending is not looked at."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        # The body may come before, between or after the options.
        parser.parse_args = parser.parse_intermixed_args  # type: ignore[method-assign]
        return parser

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("facts", help="a facts document, or - for standard input")
        parser.add_argument("body", nargs="?", help="the letter as plain text, or - for standard input")
        parser.add_argument("--interviewer", required=True, help="whom the letter goes to, as in the facts")
        parser.add_argument("--subject", help="the subject; --subject '' reviews a letter without one")
        parser.add_argument(
            "--others", help="a folder with one text file per other draft, named after its reader"
        )
        parser.add_argument(
            "--at", help="when it would be sent, ISO 8601; without an offset in the reader's zone"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            panel, index, letter, others, at = _read(options)
        except FactsError as error:
            for fault in error.faults:
                self.stderr.write(str(fault))
            sys.exit(2)
        result = review(letter, ReviewFacts(panel, index, dialect=None), others, at)
        findings = [
            {
                "rule": finding.rule,
                "severity": finding.severity,
                "message": finding.message,
                "part": finding.part,
                "start": finding.start,
                "end": finding.end,
                "suggestions": list(finding.suggestions),
                "source": finding.source,
            }
            for finding in result.findings
        ]
        self.stdout.write(
            json.dumps({"ready": result.ready, "findings": findings}, ensure_ascii=False, indent=2)
        )


def _read(
    options: dict[str, Any],
) -> tuple[Panel, int, LetterText, list[OtherDraft], dt.datetime | None]:
    """The parsed input. Raises FactsError with every problem that can be found."""
    if options["facts"] == "-" and options["body"] == "-":
        raise _fault(
            "the facts and the body cannot both come from standard input; give one of them as a file"
        )
    panel = parse_panel(read_document(options["facts"]))
    index = _index(panel, options["interviewer"])
    composed = compose_letter(panel, index)
    subject = composed.subject if options["subject"] is None else options["subject"]
    body = composed.body if options["body"] is None else _text(options["body"])
    at = read_moment("--at", options["at"], panel.interview.time_zone) if options["at"] else None
    others = _others(Path(options["others"]), panel, index) if options["others"] else []
    return panel, index, LetterText(subject, body), others, at


def _fault(message: str) -> FactsError:
    return FactsError([Fault("", message)])


def _index(panel: Panel, name: str) -> int:
    """The index of the person with this name: exact, else ignoring case and accents, else by the greeting name."""
    exact = [index for index, one in enumerate(panel.interviewers) if one.full_name == name]
    if exact:
        return exact[0]
    for means in (_is_called, _is_greeted):
        found = [index for index, one in enumerate(panel.interviewers) if means(one, name)]
        if len(found) == 1:
            return found[0]
    there = ", ".join(one.full_name for one in panel.interviewers)
    raise _fault(f"--interviewer {name}: is not in the facts, or not one alone; there are {there}")


def _is_called(person: Interviewer, name: str) -> bool:
    return fold(person.full_name) == fold(name)


def _is_greeted(person: Interviewer, name: str) -> bool:
    return fold(name) in (fold(person.greet_as), fold(person.full_name.split()[0]))


def _text(name: str) -> str:
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return normalize_newlines(raw.decode("utf-8-sig"))
    except OSError as error:
        raise _fault(f"{name}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise _fault(f"{name}: is not UTF-8 text; save it as UTF-8") from error


def _others(folder: Path, panel: Panel, index: int) -> list[OtherDraft]:
    """The other drafts, each named after the panel member in its file name, else by the file name."""
    if not folder.is_dir():
        raise _fault(f"--others {folder}: is not a folder")
    drafts = []
    for path in sorted(folder.iterdir()):
        if not path.is_file() or path.name.startswith("."):
            continue
        person = next((one for one in panel.interviewers if _key(one.full_name) == _key(path.stem)), None)
        if person is panel.interviewers[index]:
            continue
        drafts.append(
            OtherDraft(person.full_name if person else path.stem, _without_subject(_text(str(path))))
        )
    return drafts


def _key(name: str) -> str:
    return "".join(character for character in fold(name) if character.isalnum())


def _without_subject(text: str) -> str:
    head, _, rest = text.partition("\n")
    return rest.lstrip("\n") if head.lower().startswith("subject:") else text
