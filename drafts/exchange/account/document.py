"""Accounts to and from the JSON of an account file, `afterword.json`.

The keys are those of the tuples below; `facts` is a facts document (docs/facts-document.md), which the commands read.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from drafts.domain.facts import (
    LONGEST_OWN_WORD,
    MAX_FILES,
    MAX_FILES_BYTES,
    MAX_INTERVIEWERS,
    MAX_OWN_WORDS,
    MAX_STRENGTHS,
    Dialect,
    Interview,
    Interviewer,
    Kind,
    Panel,
    Reason,
    Sender,
    Tone,
)
from drafts.domain.facts_json import dump_panel
from drafts.domain.follow_ups import MAX_ANSWER, prompt_keys
from drafts.domain.window import CLOSES, OPENS
from drafts.exchange.account.panels import read_panel
from drafts.exchange.account.shapes import (
    WORK_DAYS,
    ArchivedAccount,
    ArchivedDraft,
    ArchivedFile,
    ArchivedInterview,
    ArchivedPerson,
    ArchivedRevision,
    ArchivedSettings,
)
from drafts.exchange.account.values import AccountFault, Report, Table, open_table
from drafts.exchange.channels import Channel
from drafts.exchange.cleaning import whole_characters
from drafts.exchange.file_names import safe_file_name
from drafts.exchange.files import FALLBACK_NAME

FORMAT, VERSION = "afterword-account", 1
MAX_VERSION = 1_000_000  # of a draft; far above what anyone types
JSON_NAME = "afterword.json"

MAX_INTERVIEWS = 2000
MAX_REVISIONS = 5000  # of one draft
MAX_LISTED = 200  # facts left out of a draft, notes it waits for, or findings dismissed for it
# Longest texts, in characters, as they are stored.
LONGEST_SUBJECT, LONGEST_BODY, LONGEST_NOTES, LONGEST_OUTCOME = 200, 20_000, 5000, 100
LONGEST_ANSWER = max(MAX_ANSWER.values())
LONGEST_UID, LONGEST_KEY, LONGEST_PATH, LONGEST_CONTENT_TYPE = 255, 64, 400, 100

_ACCOUNT = ("format", "version", "exported_at", "settings", "interviews")
_SETTINGS = (
    *("full_name", "signature", "time_zone", "dialect"),
    *("strengths", "own_words", "usual_tone", "usual_channel"),
)
_INTERVIEW = (
    *("id", "facts", "notes", "decision_expected_on", "outcome", "outcome_on"),
    *("work_opens", "work_closes", "work_days"),
    *("chosen_send_at", "invitation", "created_at", "deleted_at", "people"),
)
_PERSON = ("id", "skipped_at", "files", "drafts")
_FILE = ("id", "content_type", "size", "path")
_DRAFT = (
    *("id", "kind", "tone", "subject", "body", "facts_digest", "left_out", "unsure", "dismissed", "answers"),
    *("edited_at", "sent_at", "created_at", "revisions"),
)
_REVISION = ("id", "version", "tone", "subject", "body", "reason", "created_at")

# Stands in for a panel at fault, and is never handed out.
_NO_PANEL = Panel(Sender(""), Interview("", "", dt.datetime(1970, 1, 1, tzinfo=dt.UTC), "UTC"), ())
_DAMAGED = "choose the file as it was downloaded"
_CONTENT_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+", re.ASCII)


def file_path(file_id: UUID, file_name: str) -> str:
    """Where the content of a work sample lies in the ZIP file."""
    return f"files/{file_id}/{safe_file_name(file_name, FALLBACK_NAME)}"


def account_json(
    settings: ArchivedSettings, interviews: Iterable[ArchivedInterview], exported_at: dt.datetime
) -> Iterator[str]:
    """The JSON in pieces, an interview at a time, none of which is kept; any of it can be encoded as UTF-8.

    What is null or empty is left out.
    """
    head = {"format": FORMAT, "version": VERSION, "exported_at": _moment(exported_at)}
    for key, value in (head | {"settings": _settings(settings)}).items():
        yield f"{'{' if key == 'format' else ','}\n{_json(key)}: {_json(value)}"
    yield ',\n"interviews": ['
    separator = "\n"
    for interview in interviews:
        yield separator + _json(_interview(interview))
        separator = ",\n"
    yield "\n]\n}\n"


def _json(value: Any) -> str:
    return whole_characters(json.dumps(value, ensure_ascii=False, indent=1))


def _moment(at: dt.datetime | None) -> str | None:
    return at.astimezone(dt.UTC).isoformat(timespec="microseconds") if at else None


def _given(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, "", [], (), {})}


def _settings(settings: ArchivedSettings) -> dict[str, Any]:
    return _given(**{key: getattr(settings, key) for key in _SETTINGS})


def _interview(one: ArchivedInterview) -> dict[str, Any]:
    has_invitation = one.invitation_uid or one.invitation_sequence
    return _given(
        id=str(one.id),
        facts=dump_panel(one.panel),
        notes=one.notes,
        decision_expected_on=one.decision_expected_on and one.decision_expected_on.isoformat(),
        outcome=one.outcome,
        outcome_on=one.outcome_on and one.outcome_on.isoformat(),
        work_opens=one.work_opens.isoformat(),
        work_closes=one.work_closes.isoformat(),
        work_days=one.work_days,
        chosen_send_at=_moment(one.chosen_send_at),
        invitation={"uid": one.invitation_uid, "sequence": one.invitation_sequence}
        if has_invitation
        else None,
        created_at=_moment(one.created_at),
        deleted_at=_moment(one.deleted_at),
        people=[_person(person) for person in one.people],
    )


def _person(person: ArchivedPerson) -> dict[str, Any]:
    return _given(
        id=str(person.id),
        skipped_at=_moment(person.skipped_at),
        files=[
            _given(id=str(one.id), content_type=one.content_type, size=one.size, path=one.path)
            for one in person.files
        ],
        drafts=[_draft(draft) for draft in person.drafts],
    )


def _draft(draft: ArchivedDraft) -> dict[str, Any]:
    return _given(
        id=str(draft.id),
        kind=draft.kind,
        tone=draft.tone,
        subject=draft.subject,
        body=draft.body,
        facts_digest=draft.facts_digest,
        left_out=draft.left_out,
        unsure=draft.unsure,
        dismissed=draft.dismissed,
        answers=dict(draft.answers),
        edited_at=_moment(draft.edited_at),
        sent_at=_moment(draft.sent_at),
        created_at=_moment(draft.created_at),
        revisions=[
            _given(
                id=str(one.id),
                version=one.version,
                tone=one.tone,
                subject=one.subject,
                body=one.body,
                reason=one.reason,
                created_at=_moment(one.created_at),
            )
            for one in draft.revisions
        ],
    )


def parse_account(data: Any) -> ArchivedAccount:
    """The account of a JSON document. Raises AccountFault with all that is wrong with it, up to 20 faults."""
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise AccountFault(
            "This is not an account from Afterword; choose the .zip file that you downloaded from Afterword."
        )
    version = data.get("version")
    if type(version) is not int or version < 1:
        raise AccountFault("version must be a whole number from 1; choose the file as it was downloaded")
    if version > VERSION:
        raise AccountFault(
            "The file comes from a newer version of Afterword; bring this one up to date, and choose the file again."
        )
    report = Report()
    table = open_table(data, "", _ACCOUNT, report) or Table({}, "", report)
    account = ArchivedAccount(
        exported_at=table.needed_moment("exported_at"),
        settings=_read_settings(table.table("settings", _SETTINGS)),
        interviews=tuple(
            _read_interview(one) for one in table.tables("interviews", _INTERVIEW, MAX_INTERVIEWS)
        ),
    )
    report.done()
    return account


def _read_settings(table: Table) -> ArchivedSettings:
    return ArchivedSettings(
        full_name=table.fact("full_name"),
        signature=table.fact("signature"),
        time_zone=table.zone("time_zone"),
        dialect=table.one_of("dialect", Dialect, Dialect.AMERICAN),
        strengths=table.facts("strengths", "strength", MAX_STRENGTHS),
        own_words=table.texts("own_words", LONGEST_OWN_WORD, MAX_OWN_WORDS),
        usual_tone=table.one_of("usual_tone", Tone, Tone.WARM),
        usual_channel=table.one_of("usual_channel", Channel, ""),
    )


def _read_interview(table: Table) -> ArchivedInterview:
    panel = read_panel(table.values.get("facts"), table.at("facts"), table.report)
    opens, closes = table.time("work_opens", OPENS), table.time("work_closes", CLOSES)
    if opens >= closes:
        table.fault("work_closes", "must be later than work_opens")
    invitation = table.table("invitation", ("uid", "sequence"))
    return ArchivedInterview(
        id=table.id(),
        panel=panel or _NO_PANEL,
        created_at=table.needed_moment("created_at"),
        people=_read_people(table, panel),
        notes=table.text("notes", LONGEST_NOTES),
        decision_expected_on=table.day("decision_expected_on"),
        outcome=table.text("outcome", LONGEST_OUTCOME),
        outcome_on=table.day("outcome_on"),
        work_opens=opens,
        work_closes=closes,
        work_days=_read_work_days(table),
        chosen_send_at=table.moment("chosen_send_at"),
        invitation_uid=invitation.text("uid", LONGEST_UID),
        invitation_sequence=invitation.number("sequence", 0),
        deleted_at=table.moment("deleted_at"),
    )


def _read_work_days(table: Table) -> str:
    days = table.values.get("work_days", WORK_DAYS)
    if not isinstance(days, str) or not days or sorted(set(days) & set("0123456")) != sorted(days):
        table.fault("work_days", 'must be digits from 0 (Monday) to 6 (Sunday), each once, such as "01234"')
        return WORK_DAYS
    return days


def _read_people(table: Table, panel: Panel | None) -> tuple[ArchivedPerson, ...]:
    entries = list(table.tables("people", _PERSON, MAX_INTERVIEWERS))
    if panel is None:
        # Nobody knows whose they are; their own faults are found all the same.
        return tuple(_read_person(one, None) for one in entries)
    if len(entries) != len(panel.interviewers):
        table.fault(
            "people", f"has {len(entries)} entries, and facts {len(panel.interviewers)} people; {_DAMAGED}"
        )
        return ()
    return tuple(_read_person(*both) for both in zip(entries, panel.interviewers, strict=True))


def _read_person(table: Table, facts: Interviewer | None) -> ArchivedPerson:
    files = tuple(_read_file(one) for one in table.tables("files", _FILE, MAX_FILES))
    if facts:
        named = sum(bool(sample.file) for sample in facts.work_samples)
        if len(files) != named:
            table.fault("files", f"has {len(files)} entries, and facts {named} files; {_DAMAGED}")
    if sum(one.size for one in files) > MAX_FILES_BYTES:
        table.fault("files", f"are larger than {MAX_FILES_BYTES // 1024**2} MB together; take one out")
    drafts = tuple(_read_draft(one) for one in table.tables("drafts", _DRAFT, len(Kind)))
    if len({draft.kind for draft in drafts}) < len(drafts):
        table.fault("drafts", "has two of a kind; take one out")
    return ArchivedPerson(table.id(), table.moment("skipped_at"), files, drafts)


def _read_file(table: Table) -> ArchivedFile:
    table.given("path")
    path = table.text("path", LONGEST_PATH)
    if path in table.report.paths:
        table.fault("path", "is that of another file as well; give each its own")
    table.report.paths.add(path)
    content_type = table.text("content_type", LONGEST_CONTENT_TYPE)
    if content_type and not _CONTENT_TYPE.fullmatch(content_type):
        table.fault("content_type", "must be a type such as application/pdf")
    return ArchivedFile(table.id(), path, table.number("size", 0, MAX_FILES_BYTES), content_type)


def _read_draft(table: Table) -> ArchivedDraft:
    revisions = tuple(_read_revision(one) for one in table.tables("revisions", _REVISION, MAX_REVISIONS))
    if len({one.version for one in revisions}) < len(revisions):
        table.fault("revisions", "has two of the same version; give each its own number")
    return ArchivedDraft(
        id=table.id(),
        created_at=table.needed_moment("created_at"),
        kind=table.one_of("kind", Kind, Kind.THANK_YOU),
        tone=table.one_of("tone", Tone, Tone.WARM),
        subject=table.text("subject", LONGEST_SUBJECT),
        body=table.text("body", LONGEST_BODY),
        facts_digest=table.text("facts_digest", LONGEST_KEY),
        left_out=table.texts("left_out", LONGEST_KEY, MAX_LISTED),
        unsure=table.texts("unsure", LONGEST_KEY, MAX_LISTED),
        dismissed=table.texts("dismissed", LONGEST_KEY, MAX_LISTED),
        answers=_read_answers(table.table("answers", prompt_keys())),
        edited_at=table.moment("edited_at"),
        sent_at=table.moment("sent_at"),
        revisions=revisions,
    )


def _read_answers(table: Table) -> tuple[tuple[str, str], ...]:
    answers = ((key, table.text(key, LONGEST_ANSWER)) for key in sorted(table.values))
    return tuple((key, text) for key, text in answers if text)


def _read_revision(table: Table) -> ArchivedRevision:
    for key in ("version", "tone", "reason"):
        table.given(key)
    return ArchivedRevision(
        id=table.id(),
        version=table.number("version", 1, MAX_VERSION),
        tone=table.one_of("tone", Tone, Tone.WARM),
        reason=table.one_of("reason", Reason, Reason.COMPOSED),
        created_at=table.needed_moment("created_at"),
        subject=table.text("subject", LONGEST_SUBJECT),
        body=table.text("body", LONGEST_BODY),
    )
