from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings

from drafts.domain.facts import MAX_FILES_BYTES, Interviewer, Kind, Panel, Reason, Sender, Tone, WorkSample
from drafts.domain.facts_json import dump_panel, parse_panel
from drafts.exchange.account import (
    AccountFault,
    ArchivedAccount,
    ArchivedDraft,
    ArchivedFile,
    ArchivedInterview,
    ArchivedPerson,
    ArchivedRevision,
    ArchivedSettings,
    account_json,
    file_path,
    parse_account,
)
from tests.unit.account_strategies import AT, CONTENT, MISSING, PATH, SMALL, accounts, changed, written

MOMENT = dt.datetime(2026, 11, 19, 20, 10, 0, 1, tzinfo=dt.UTC)
INTERVIEW = ["interviews", 0]
PERSON = [*INTERVIEW, "people", 0]
FILE = [*PERSON, "files", 0]
DRAFT = [*PERSON, "drafts", 0]
REVISION = [*DRAFT, "revisions", 0]


def faults_of(document: object) -> list[str]:
    with pytest.raises(AccountFault) as raised:
        parse_account(document)
    return list(raised.value.faults)


@pytest.mark.slow
@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(accounts)
def test_an_account_comes_back_as_it_was(account: ArchivedAccount):
    read = parse_account(json.loads(written(account).encode()))

    assert read == account
    # Two datetimes in one zone compare by local time; these must be the same moments.
    assert [one.panel.interview.ended_at.timestamp() for one in read.interviews] == [
        one.panel.interview.ended_at.timestamp() for one in account.interviews
    ]


def test_the_small_account_is_read():
    panel = parse_panel(SMALL["interviews"][0]["facts"])
    revision = ArchivedRevision(UUID(int=0x4000_8000_0000_0000_0005), 1, Tone.WARM, Reason.COMPOSED, MOMENT)
    draft = ArchivedDraft(
        UUID(int=0x4000_8000_0000_0000_0004),
        MOMENT,
        Kind.THANK_YOU,
        Tone.WARM,
        "Thank you",
        "Hi Priya,\n\nthank you.",
        revisions=(revision,),
    )
    file = ArchivedFile(UUID(int=0x4000_8000_0000_0000_0003), PATH, len(CONTENT), "application/pdf")
    person = ArchivedPerson(UUID(int=0x4000_8000_0000_0000_0002), None, (file,), (draft,))
    assert parse_account(SMALL) == ArchivedAccount(
        ArchivedSettings(full_name="Jordan Álvarez", time_zone="Europe/Berlin", own_words=("Zylker",)),
        (ArchivedInterview(UUID(int=0x4000_8000_0000_0000_0001), panel, MOMENT, (person,)),),
        MOMENT,
    )


def test_writing_leaves_out_what_is_empty_and_keeps_the_rest():
    document = json.loads(written(parse_account(SMALL)))

    assert document == {
        **SMALL,
        "settings": {**SMALL["settings"], "dialect": "american", "usual_tone": "warm"},
        "interviews": [{**SMALL["interviews"][0], "work_opens": "09:00:00"}],
    }


def test_everything_but_ids_and_moments_may_be_left_out_or_null():
    bare = {"format": "afterword-account", "version": 1, "exported_at": AT}
    assert parse_account(bare) == ArchivedAccount(ArchivedSettings(), (), MOMENT)

    nothing = dict.fromkeys(["settings", "interviews"])
    assert parse_account({**bare, **nothing}) == ArchivedAccount(ArchivedSettings(), (), MOMENT)


def test_one_interview_at_a_time_is_held():
    account = parse_account(SMALL)
    asked: list[int] = []

    def interviews():
        for number in range(3):
            asked.append(number)
            yield replace(account.interviews[0], id=UUID(int=number))

    pieces = account_json(account.settings, interviews(), account.exported_at)
    seen = [(len(asked), '"id"' in piece) for piece in pieces]

    assert [count for count, is_interview in seen if is_interview] == [1, 2, 3]


def test_moments_are_written_in_utc_and_whole():
    east = dt.timezone(dt.timedelta(hours=5, minutes=30))
    account = replace(parse_account(SMALL), exported_at=dt.datetime(2026, 3, 1, 2, 0, tzinfo=east))
    assert json.loads(written(account))["exported_at"] == "2026-02-28T20:30:00.000000+00:00"


def test_an_hour_that_came_twice_stays_the_second_one():
    facts = json.loads(json.dumps(SMALL["interviews"][0]["facts"]))
    facts["interview"]["ended_at"] = "2026-11-01T01:30:00-05:00"
    account = parse_account(changed([*INTERVIEW, "facts"], facts))

    again = parse_account(json.loads(written(account)))
    assert again.interviews[0].panel.interview.ended_at.isoformat() == "2026-11-01T01:30:00-05:00"


def test_a_panel_may_be_without_people_and_without_a_name():
    panel = parse_panel(SMALL["interviews"][0]["facts"])
    bare = Panel(Sender("", "Jordan"), panel.interview, ())
    document = changed([*INTERVIEW, "facts"], dump_panel(bare))
    del document["interviews"][0]["people"]

    account = parse_account(document)
    assert [(one.panel, one.people) for one in account.interviews] == [(bare, ())]
    assert parse_account(json.loads(written(account))) == account


@pytest.mark.parametrize("email", ["me@localhost", '"j.d"@zylker.example', "me@[192.0.2.1]"])
def test_addresses_that_the_pages_take_come_back(email: str):
    panel = parse_panel(SMALL["interviews"][0]["facts"])
    people = (replace(panel.interviewers[0], email=email),)
    document = changed([*INTERVIEW, "facts"], dump_panel(replace(panel, interviewers=people)))

    assert parse_account(document).interviews[0].panel.interviewers == people


def test_what_was_said_of_the_notes_comes_back():
    told = {
        "ask": "When do you\ndecide?",
        "relates": False,
        "reaction": "good_to_know",
        "say": {"goal": "Onward!"},
    }
    document = changed([*INTERVIEW, "facts", "interviewers", 0], {"full_name": "Priya Nair", **told})
    del document["interviews"][0]["people"][0]["files"]
    account = parse_account(document)

    [person] = account.interviews[0].panel.interviewers
    assert (person.relates, person.say) == (False, (("goal", "Onward!"),))
    written_person = json.loads(written(account))["interviews"][0]["facts"]["interviewers"][0]
    assert written_person == {"full_name": "Priya Nair", **told}


def test_an_own_sentence_for_no_note_is_a_fault():
    document = changed([*INTERVIEW, "facts", "interviewers", 0, "say"], {"goals": "Onward!"})
    assert faults_of(document) == [
        "interviews[0].facts.interviewers[0].say.goals is not a known key; did you mean goal?"
    ]


def test_an_invalid_address_is_still_an_error():
    document = changed([*INTERVIEW, "facts", "interviewers", 0, "email"], "priya")
    assert faults_of(document) == [
        "interviews[0].facts.interviewers[0].email is not an email address; write it like name@company.example"
    ]


def test_people_and_files_are_matched_by_order():
    panel = Panel(
        Sender("Jo"),
        parse_panel(SMALL["interviews"][0]["facts"]).interview,
        (
            Interviewer("Ann", work_samples=(WorkSample("", file="a.pdf"), WorkSample("", file="b.pdf"))),
            Interviewer("Bo"),
        ),
    )
    files = tuple(ArchivedFile(UUID(int=number), f"files/{number}", 1) for number in (1, 2))
    people = (ArchivedPerson(UUID(int=3), files=files), ArchivedPerson(UUID(int=4)))
    account = ArchivedAccount(
        ArchivedSettings(), (ArchivedInterview(UUID(int=5), panel, MOMENT, people),), MOMENT
    )
    assert parse_account(json.loads(written(account))) == account


def test_lone_surrogates_do_not_break_writing():
    account = parse_account(changed([*INTERVIEW, "notes"], "a"))
    broken = replace(account, interviews=(replace(account.interviews[0], notes="a\ud800b"),))
    assert json.loads(written(broken).encode())["interviews"][0]["notes"] == "a\ufffdb"


def test_a_file_has_a_path_with_its_id_and_a_safe_name():
    assert [file_path(UUID(int=1), name) for name in ("../../case: study.pdf", "...")] == [
        "files/00000000-0000-0000-0000-000000000001/case- study.pdf",
        "files/00000000-0000-0000-0000-000000000001/work-sample",
    ]


@pytest.mark.parametrize("document", [None, [], "x", 7, {}, {"format": "x"}, SMALL["interviews"][0]["facts"]])
def test_other_documents_are_distinguished_from_accounts(document: object):
    assert faults_of(document) == [
        "This is not an account from Afterword; choose the .zip file that you downloaded from Afterword."
    ]


def test_a_newer_version_is_the_only_fault():
    assert faults_of({"format": "afterword-account", "version": 2, "people": 5}) == [
        "The file comes from a newer version of Afterword; bring this one up to date, and choose the file again."
    ]


@pytest.mark.parametrize("version", [MISSING, None, True, 0, -1, 1.0, "1"])
def test_a_version_is_a_whole_number(version: object):
    assert faults_of(changed(["version"], version)) == [
        "version must be a whole number of 1 or more; choose the file as it was downloaded"
    ]


ID = "must be an id such as 123e4567-e89b-42d3-a456-426614174000"
AS_DOWNLOADED = "is missing; choose the file as it was downloaded"
AN_OFFSET = "must be a date and time with a UTC offset, such as 2026-11-19T15:10:00+00:00"
DAYS = 'must be digits from 0 (Monday) to 6 (Sunday), each once, such as "01234"'
NULL = "holds a null character; remove it"
YEARS = "give a year from 1970 to 2200"


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (["exported_at"], MISSING, AS_DOWNLOADED),
        (["exported_at"], "2026-11-19T20:10", AN_OFFSET),
        (["exported_at"], 1_800_000_000, AN_OFFSET),
        (["exported_at"], "0001-01-01T00:00+14:00", f"names the year 1; {YEARS}"),
        (["exported_at"], "9999-12-31T23:00-12:00", f"names the year 9999; {YEARS}"),
        (["extra"], 1, "is not a known key; remove it"),
        (["schön"], 1, "is not a known key; remove it"),
        (["settings"], [], "must be an object with named values, not a list"),
        (["settings", "colour"], "red", "is not a known key; remove it"),
        (["settings", "full_name"], "x" * 101, "is longer than 100 characters"),
        (["settings", "full_name"], "a\nb", "must stay on one line; remove the line breaks"),
        (["settings", "signature"], True, "must be text in quotes, not true or false"),
        (
            ["settings", "signature"],
            "a\0",
            "holds a character that cannot be sent in an email (U+0000); remove it",
        ),
        (
            ["settings", "time_zone"],
            "../etc/passwd",
            "is not a known zone; give an IANA name such as America/New_York",
        ),
        (
            ["settings", "time_zone"],
            ["UTC"],
            "is not a known zone; give an IANA name such as America/New_York",
        ),
        (
            ["settings", "dialect"],
            "klingon",
            "must be one of american, british, canadian, australian, indian",
        ),
        (["settings", "dialect"], {}, "must be one of american, british, canadian, australian, indian"),
        (["settings", "strengths"], ["Go"] * 21, "has 21 entries; at most 20 can be imported"),
        (["settings", "own_words"], "Go", "must be a list, not text"),
        (["settings", "own_words"], ["Go"] * 1001, "has 1001 entries; at most 1000 can be imported"),
        (["settings", "usual_tone"], "cold", "must be one of warm, formal, brief"),
        (
            ["settings", "usual_channel"],
            "pigeon",
            "must be one of mail, gmail, outlook_work, outlook_personal, eml, share, copy",
        ),
        (["interviews"], {}, "must be a list, not an object"),
        ([*INTERVIEW, "id"], MISSING, AS_DOWNLOADED),
        ([*INTERVIEW, "id"], 5, ID),
        ([*INTERVIEW, "id"], "{00000000-0000-4000-8000-000000000001}", ID),
        (
            [*INTERVIEW, "id"],
            SMALL["interviews"][0]["people"][0]["id"],
            None,
        ),
        ([*INTERVIEW, "facts"], None, "must be an object with named values, not nothing (null)"),
        ([*INTERVIEW, "facts", "interview", "company"], "", "is empty; it is required"),
        ([*INTERVIEW, "facts", "sender", "full_name"], ["x"], "must be text in quotes, not a list"),
        ([*INTERVIEW, "notes"], "x" * 5001, "is longer than 5000 characters"),
        ([*INTERVIEW, "notes"], "a\0b", NULL),
        ([*INTERVIEW, "notes"], "a\udfffb", "holds half a character (a lone surrogate); remove it"),
        ([*INTERVIEW, "decision_expected_on"], "2026-02-30", "must be a date such as 2026-11-19"),
        ([*INTERVIEW, "decision_expected_on"], "20261119", "must be a date such as 2026-11-19"),
        ([*INTERVIEW, "decision_expected_on"], "1969-12-31", f"names the year 1969; {YEARS}"),
        ([*INTERVIEW, "outcome"], "x" * 101, "is longer than 100 characters"),
        ([*INTERVIEW, "outcome_on"], "2026-02-30", "must be a date such as 2026-11-19"),
        ([*INTERVIEW, "work_opens"], "9", "must be a time such as 09:00"),
        ([*INTERVIEW, "work_opens"], "25:00", "must be a time such as 09:00"),
        ([*INTERVIEW, "work_opens"], "09:00+01:00", "must be a time such as 09:00"),
        ([*INTERVIEW, "work_closes"], "09:00", "must be later than work_opens"),
        ([*INTERVIEW, "work_days"], "", DAYS),
        ([*INTERVIEW, "work_days"], "0011", DAYS),
        ([*INTERVIEW, "work_days"], "07", DAYS),
        ([*INTERVIEW, "work_days"], "０１", DAYS),
        ([*INTERVIEW, "work_days"], 1234, DAYS),
        ([*INTERVIEW, "chosen_send_at"], True, AN_OFFSET),
        ([*INTERVIEW, "invitation"], "uid", "must be an object with named values, not text"),
        ([*INTERVIEW, "created_at"], MISSING, AS_DOWNLOADED),
        ([*INTERVIEW, "deleted_at"], "soon", AN_OFFSET),
        (
            [*INTERVIEW, "people"],
            [],
            "has 0 entries, but facts has 1 people; choose the file as it was downloaded",
        ),
        ([*PERSON, "skipped_at"], "", AN_OFFSET),
        (
            [*PERSON, "files"],
            [],
            "has 0 entries, but facts has 1 files; choose the file as it was downloaded",
        ),
        ([*FILE, "path"], MISSING, AS_DOWNLOADED),
        ([*FILE, "path"], "x" * 401, "is longer than 400 characters"),
        ([*FILE, "size"], -1, f"must be a whole number from 0 to {MAX_FILES_BYTES}"),
        ([*FILE, "size"], True, f"must be a whole number from 0 to {MAX_FILES_BYTES}"),
        ([*FILE, "size"], MAX_FILES_BYTES + 1, f"must be a whole number from 0 to {MAX_FILES_BYTES}"),
        ([*FILE, "content_type"], "text/html\r\nX: y", "must be a type such as application/pdf"),
        ([*DRAFT, "kind"], "poem", f"must be one of {', '.join(Kind)}"),
        ([*DRAFT, "tone"], 1, "must be one of warm, formal, brief"),
        ([*DRAFT, "subject"], "x" * 201, "is longer than 200 characters"),
        ([*DRAFT, "body"], "x" * 20_001, "is longer than 20000 characters"),
        ([*DRAFT, "facts_digest"], "x" * 65, "is longer than 64 characters"),
        ([*DRAFT, "left_out"], {}, "must be a list, not an object"),
        ([*DRAFT, "dismissed"], ["x"] * 201, "has 201 entries; at most 200 can be imported"),
        ([*DRAFT, "answers"], [], "must be an object with named values, not a list"),
        ([*DRAFT, "created_at"], None, AS_DOWNLOADED),
        ([*REVISION, "version"], 0, "must be a whole number from 1 to 1000000"),
        ([*REVISION, "version"], 1.0, "must be a whole number from 1 to 1000000"),
        ([*REVISION, "version"], 1_000_001, "must be a whole number from 1 to 1000000"),
        ([*REVISION, "version"], None, AS_DOWNLOADED),
        ([*REVISION, "tone"], MISSING, AS_DOWNLOADED),
        ([*REVISION, "reason"], MISSING, AS_DOWNLOADED),
        (
            [*REVISION, "reason"],
            "bored",
            "must be one of composed, edited, recomposed, restored, typed, aside",
        ),
    ],
)
def test_a_fault_is_named_by_its_path(path: list[str | int], value: object, words: str | None):
    place = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path).removeprefix(".")
    if words is None:
        # If two objects have the same id, the second one is reported.
        place = "interviews[0].people[0].id"
        words = f"is {value}, which is already used elsewhere in the file"
    assert faults_of(changed(path, value)) == [f"{place} {words}"]


def test_faults_of_entries_name_the_entry():
    document = changed(["settings", "own_words"], ["Go", 3, "", "x" * 61])
    document["settings"]["strengths"] = ["Go", None, 4, "x" * 161]
    assert faults_of(document) == [
        "settings.strengths[2] must be text in quotes, not a number",
        "settings.strengths[3] is longer than 160 characters",
        "settings.own_words[1] must be text in quotes, not a number",
        "settings.own_words[2] is empty; remove it",
        "settings.own_words[3] is longer than 60 characters",
    ]


def test_two_drafts_of_a_kind_or_two_revisions_of_a_version_are_faults():
    draft = SMALL["interviews"][0]["people"][0]["drafts"][0]
    revision = draft["revisions"][0]
    second = {**draft, "id": str(UUID(int=7)), "revisions": [
        {**revision, "id": str(UUID(int=8))},
        {**revision, "id": str(UUID(int=9))},
    ]}  # fmt: skip
    document = changed([*PERSON, "drafts"], [draft, second])
    assert faults_of(document) == [
        "interviews[0].people[0].drafts[1].revisions has two with the same version; give each its own number",
        "interviews[0].people[0].drafts has two of the same kind; remove one",
    ]


def test_files_have_paths_of_their_own_and_fit_into_one_letter():
    document = changed([*FILE, "size"], MAX_FILES_BYTES)
    interview = document["interviews"][0]
    interview["facts"]["interviewers"][0]["work_samples"].append({"file": "b.pdf"})
    files = interview["people"][0]["files"]
    files.append({**files[0], "id": str(UUID(int=7)), "size": 1})
    assert faults_of(document) == [
        "interviews[0].people[0].files[1].path is already used by another file; give each its own",
        "interviews[0].people[0].files are larger than 10 MB in total; remove one",
    ]


def test_up_to_twenty_faults_are_reported():
    document = changed([*DRAFT, "body"], "x" * 20_001)
    document["interviews"][0]["outcome"] = 5
    assert faults_of(document) == [
        "interviews[0].people[0].drafts[0].body is longer than 20000 characters",
        "interviews[0].outcome must be text in quotes, not a number",
    ]

    document["interviews"] = [7] * 3000
    faults = faults_of(document)
    assert (len(faults), faults[:2]) == (
        20,
        [
            "interviews has 3000 entries; at most 2000 can be imported",
            "interviews[0] must be an object with named values, not a number",
        ],
    )


def test_faults_around_faulty_facts_are_found_too():
    document = changed([*INTERVIEW, "facts", "interview", "time_zone"], "Mars/Olympus")
    document["interviews"][0]["people"][0]["drafts"][0]["kind"] = "poem"
    assert faults_of(document) == [
        "interviews[0].facts.interview.time_zone is not a known zone; give an IANA name such as America/New_York",
        f"interviews[0].people[0].drafts[0].kind must be one of {', '.join(Kind)}",
    ]
