"""Hypothesis strategies for accounts in account files, and one small account as a starting point."""

from __future__ import annotations

import copy
import datetime as dt
import io
import zipfile
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from drafts.domain.facts import MAX_FILES_BYTES, Dialect, Kind, Panel, Reason, Tone
from drafts.domain.facts_json import parse_panel
from drafts.domain.kinds import answer_keys
from drafts.exchange.account import (
    ArchivedAccount,
    ArchivedDraft,
    ArchivedFile,
    ArchivedInterview,
    ArchivedInvitation,
    ArchivedPerson,
    ArchivedRevision,
    ArchivedSettings,
    account_json,
    file_path,
)
from drafts.exchange.channels import Channel
from tests.unit.exchange_strategies import TEXTS
from tests.unit.facts_strategies import documents

AT = "2026-11-19T20:10:00.000001+00:00"
CONTENT = b"%PDF-1.7 a case study"
PATH = "files/00000000-0000-4000-8000-000000000003/case study.pdf"
SMALL: dict[str, Any] = {
    "format": "afterword-account",
    "version": 1,
    "exported_at": AT,
    "settings": {"full_name": "Jordan Álvarez", "time_zone": "Europe/Berlin", "own_words": ["Zylker"]},
    "interviews": [
        {
            "id": "00000000-0000-4000-8000-000000000001",
            "facts": {
                "sender": {"full_name": "Jordan Álvarez"},
                "interview": {
                    "company": "Zylker",
                    "position": "SRE",
                    "ended_at": "2026-11-19T15:10:00-05:00",
                    "time_zone": "America/New_York",
                },
                "interviewers": [
                    {
                        "full_name": "Priya Nair",
                        "work_samples": [{"url": "https://example.org"}, {"file": "case study.pdf"}],
                    }
                ],
            },
            "work_opens": "09:00",
            "work_closes": "17:00:00",
            "work_days": "01234",
            "created_at": AT,
            "people": [
                {
                    "id": "00000000-0000-4000-8000-000000000002",
                    "files": [
                        {
                            "id": "00000000-0000-4000-8000-000000000003",
                            "content_type": "application/pdf",
                            "size": len(CONTENT),
                            "path": PATH,
                        }
                    ],
                    "drafts": [
                        {
                            "id": "00000000-0000-4000-8000-000000000004",
                            "kind": "thank_you",
                            "tone": "warm",
                            "subject": "Thank you",
                            "body": "Hi Priya,\n\nthank you.",
                            "created_at": AT,
                            "revisions": [
                                {
                                    "id": "00000000-0000-4000-8000-000000000005",
                                    "version": 1,
                                    "tone": "warm",
                                    "reason": "composed",
                                    "created_at": AT,
                                }
                            ],
                        }
                    ],
                }
            ],
        }
    ],
}
MISSING = object()


def changed(path: list[str | int], value: Any) -> dict[str, Any]:
    """SMALL with a different value in one place; MISSING removes it."""
    document = copy.deepcopy(SMALL)
    place: Any = document
    for key in path[:-1]:
        place = place[key]
    if value is MISSING:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return document


def written(account: ArchivedAccount) -> str:
    return "".join(account_json(account.settings, account.interviews, account.exported_at))


def zipped(members: dict[str, bytes]) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(zipfile.ZipInfo(name, (2026, 11, 19, 20, 10, 0)), content, zipfile.ZIP_DEFLATED)
    return archive.getvalue()


texts = TEXTS.map(lambda text: text.replace("\0", "")[:200])
moments = st.datetimes(
    dt.datetime(1971, 1, 1),
    dt.datetime(2199, 12, 31),
    timezones=st.sampled_from([dt.UTC, dt.timezone(dt.timedelta(hours=5, minutes=30))]),
)
keys = st.lists(st.text("0123456789abcdef", min_size=1, max_size=16), max_size=3).map(tuple)
settings = st.builds(
    ArchivedSettings,
    full_name=st.sampled_from(["", "Jordan Álvarez"]),
    signature=st.sampled_from(["", "Jordan\n+1 415 555 0137"]),
    time_zone=st.sampled_from(["", "Asia/Kolkata"]),
    dialect=st.sampled_from(Dialect),
    strengths=st.lists(st.sampled_from(["Go", "leading\npeople"]), max_size=20).map(tuple),
    own_words=st.lists(st.sampled_from(["Zylker", "gRPC"]), max_size=3).map(tuple),
    usual_tone=st.sampled_from(Tone),
    usual_channel=st.sampled_from(["", *Channel]),
)


@st.composite
def _drafts(draw: st.DrawFn, kind: Kind) -> ArchivedDraft:
    revision = st.builds(
        ArchivedRevision,
        id=st.uuids(),
        version=st.integers(1, 1_000_000),
        tone=st.sampled_from(Tone),
        reason=st.sampled_from(Reason),
        created_at=moments,
        subject=texts,
        body=texts,
    )
    revisions = draw(st.lists(revision, max_size=2, unique_by=lambda one: one.version))
    return draw(
        st.builds(
            ArchivedDraft,
            id=st.uuids(),
            created_at=moments,
            kind=st.just(kind),
            tone=st.sampled_from(Tone),
            subject=texts,
            body=texts,
            facts_digest=st.sampled_from(["", "0f" * 32]),
            left_out=keys,
            unsure=keys,
            dismissed=keys,
            answers=st.dictionaries(
                st.sampled_from(sorted(answer_keys())), texts.map(lambda text: text[:120] or "x"), max_size=3
            ).map(lambda answers: tuple(sorted(answers.items()))),
            edited_at=st.none() | moments,
            sent_at=st.none() | moments,
            revisions=st.just(tuple(revisions)),
        )
    )


@st.composite
def _interviews(draw: st.DrawFn) -> ArchivedInterview:
    panel = parse_panel(draw(documents(most=2)))
    if draw(st.booleans()):
        panel = Panel(replace(panel.sender, full_name=""), panel.interview, panel.interviewers)
    if draw(st.integers(0, 4)) == 0:
        panel = replace(panel, interviewers=())
    people = []
    for facts in panel.interviewers:
        files = []
        for name in [sample.file for sample in facts.work_samples if sample.file]:
            file_id, size = draw(st.uuids()), draw(st.integers(0, MAX_FILES_BYTES // 5))
            files.append(ArchivedFile(file_id, file_path(file_id, name), size, "application/pdf"))
        kinds = draw(st.lists(st.sampled_from(Kind), unique=True, max_size=2))
        drafts = tuple(draw(_drafts(kind)) for kind in kinds)
        people.append(
            ArchivedPerson(draw(st.uuids()), draw(st.none() | moments), tuple(files), drafts),
        )
    opens, closes = sorted(draw(st.lists(st.times(), unique=True, min_size=2, max_size=2)))
    return draw(
        st.builds(
            ArchivedInterview,
            id=st.uuids(),
            panel=st.just(panel),
            created_at=moments,
            people=st.just(tuple(people)),
            notes=texts,
            decision_expected_on=st.none() | st.dates(dt.date(1970, 1, 1), dt.date(2200, 12, 31)),
            outcome=texts.map(lambda text: text[:100]),
            outcome_on=st.none() | st.dates(dt.date(1970, 1, 1), dt.date(2200, 12, 31)),
            work_opens=st.just(opens),
            work_closes=st.just(closes),
            work_days=st.lists(st.sampled_from("0123456"), unique=True, min_size=1).map("".join),
            chosen_send_at=st.none() | moments,
            invitation=st.none()
            | st.builds(ArchivedInvitation, uid=texts, sequence=st.integers(0, 2**31 - 1)),
            deleted_at=st.none() | moments,
        )
    )


accounts = st.builds(
    ArchivedAccount,
    settings=settings,
    interviews=st.lists(_interviews(), max_size=2).map(tuple),
    exported_at=moments,
)
