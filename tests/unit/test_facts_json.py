from __future__ import annotations

import copy
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drafts.domain.facts import OWN_SENTENCE_KEYS, Reaction, WorkSample
from drafts.domain.facts_json import FactsError, dump_panel, parse_panel
from tests.unit.facts_strategies import documents

GOOD = {
    "sender": {"full_name": "Jordan Álvarez"},
    "interview": {
        "company": "Zylker",
        "position": "SRE",
        "ended_at": "2026-11-19T15:10",
        "time_zone": "America/New_York",
    },
    "interviewers": [{"full_name": "Priya Nair"}],
}
MISSING = object()


def changed(path, value):
    document = copy.deepcopy(GOOD)
    place = document
    for key in path[:-1]:
        place = place[key]
    if value is MISSING:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return document


def faults_of(document):
    with pytest.raises(FactsError) as raised:
        parse_panel(document)
    return [str(fault) for fault in raised.value.faults]


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        (["sender"], MISSING, "sender: is missing"),
        (["sender", "full_name"], MISSING, "sender.full_name: is missing"),
        (["sender", "full_name"], "  ", "sender.full_name: is empty"),
        (["interview"], MISSING, "interview: is missing"),
        (["interview", "company"], MISSING, "interview.company: is missing"),
        (["interview", "company"], 7, "interview.company: must be text in quotes, not a number"),
        (
            ["interview", "company"],
            "x" * 10_000,
            "interview.company: is 10000 characters long; shorten it to 100",
        ),
        (["interview", "company"], "x y" * 30, "interview.company: is 31 words long"),
        (["interview", "position"], "a\nb", "interview.position: must stay on one line"),
        (["interview", "position"], "a\x00b", "U+0000"),
        (["interview", "position"], "a\ud800b", "U+D800"),
        (["interview", "ended_at"], MISSING, "interview.ended_at: is missing"),
        (["interview", "ended_at"], "2026-11-19", "interview.ended_at: must be a date and time"),
        (["interview", "ended_at"], "soon", "interview.ended_at: must be a date and time"),
        (["interview", "ended_at"], 20261119, "interview.ended_at: must be a date and time"),
        (
            ["interview", "ended_at"],
            "2026-03-08T02:30",
            "interview.ended_at: did not exist in America/New_York",
        ),
        (["interview", "ended_at"], "0001-01-01T00:00", "interview.ended_at: names the year 1"),
        (["interview", "time_zone"], "Mars/Olympus", "interview.time_zone: is not a known zone"),
        (["interview", "time_zone"], "../etc/passwd", "interview.time_zone: is not a known zone"),
        (["interview", "time_zone"], ["UTC"], "interview.time_zone: is not a known zone"),
        (["interview", "stage"], "lunch", "interview.stage: must be one of phone_screen"),
        (["interview", "stage"], ["panel"], "interview.stage: must be one of"),
        (["interview", "country"], "Utopia", "interview.country: must be a two-letter country code"),
        (["interview", "compny"], "x", "interview.compny: is not a known key; did you mean company?"),
        (["extra"], 1, "extra: is not a known key"),
        (["interviewers"], MISSING, "interviewers: is missing"),
        (["interviewers"], [], "interviewers: is empty"),
        (["interviewers"], {"full_name": "x"}, "interviewers: must be a list, not an object"),
        (["interviewers"], [{"full_name": "x"}] * 21, "interviewers: has 21 entries; at most 20"),
        (["interviewers", 0], "Priya", "interviewers[0]: must be an object"),
        (["interviewers", 0, "full_name"], MISSING, "interviewers[0].full_name: is missing"),
        (["interviewers", 0, "full_name"], "a\nb", "interviewers[0].full_name: must stay on one line"),
        (["interviewers", 0, "email"], "priya", "interviewers[0].email: is not an email address"),
        (
            ["interviewers", 0, "email"],
            "a@b.example, c@d.example",
            "interviewers[0].email: is not an email address",
        ),
        (["interviewers", 0, "role"], "boss", "interviewers[0].role: must be one of hiring_manager"),
        (["interviewers", 0, "strengths"], "Go", "interviewers[0].strengths: must be a list, not text"),
        (["interviewers", 0, "strengths"], ["Go", 3], "interviewers[0].strengths[1]: must be text in quotes"),
        (["interviewers", 0, "correction"], "x", "interviewers[0].correction: must be an object"),
        (
            ["interviewers", 0, "correction"],
            {"topc": "x"},
            "interviewers[0].correction.topc: is not a known key",
        ),
        (
            ["interviewers", 0, "work_samples"],
            [{"label": "x"}],
            "interviewers[0].work_samples[0].url: is missing",
        ),
        (
            ["interviewers", 0, "work_samples"],
            [{"url": "javascript:alert(1)"}],
            "work_samples[0].url: must be a web address",
        ),
        (
            ["interviewers", 0, "work_samples"],
            [{"url": "https://[x"}],
            "work_samples[0].url: must be a web address",
        ),
        (
            ["interviewers", 0, "work_samples"],
            [{"url": "https://x.example"}] * 6,
            "interviewers[0].work_samples: has 6 entries; at most 5 can be used",
        ),
        (
            ["interviewers", 0, "work_samples"],
            [{"url": "https://x.example"}] * 60 + [{"file": "a.pdf"}],
            "interviewers[0].work_samples: has 60 links; at most 5 can be used",
        ),
        (
            ["interviewers", 0, "work_samples"],
            [{"file": "a.pdf"}] * 6 + [{"url": "https://x.example"}] * 5,
            "interviewers[0].work_samples: has 6 files; at most 5 can go with one letter",
        ),
        (
            ["interviewers", 0, "work_samples"],
            [{"url": "https://x.example"}, {"url": "https://x.example", "file": "a.pdf"}],
            "interviewers[0].work_samples[1]: has both url and file; keep one",
        ),
        (
            ["interviewers", 0, "work_samples"],
            [{"label": "x", "url": None, "file": ""}],
            "interviewers[0].work_samples[0].url: is missing; give a web address, or the name of a file",
        ),
        (
            ["interviewers", 0, "work_samples"],
            [{"url": " "}],
            "interviewers[0].work_samples[0].url: is empty; it is required",
        ),
        (
            ["interviewers", 0, "work_samples"],
            [{"file": 7}],
            "interviewers[0].work_samples[0].file: must be text in quotes, not a number",
        ),
        (
            ["interviewers", 0, "work_samples"],
            [{"file": " "}],
            "interviewers[0].work_samples[0].file: is empty; it is required",
        ),
        (
            ["interviewers", 0, "work_samples"],
            [{"file": "x" * 77 + ".pdf"}],
            "interviewers[0].work_samples[0].file: is 81 characters long; shorten it to 80",
        ),
        (
            ["interviewers", 0, "work_samples"],
            [{"file": "a\nb.pdf"}],
            "interviewers[0].work_samples[0].file: must stay on one line",
        ),
        *(
            (
                ["interviewers", 0, "work_samples"],
                [{"file": name}],
                "interviewers[0].work_samples[0].file: must be just a file name",
            )
            for name in ("../a.pdf", "C:\\a.pdf", "..", "cv\u202efdp.exe")
        ),
        (
            ["interviewers", 0, "work_samples"],
            [{"flie": "a.pdf", "url": "https://x.example"}],
            "interviewers[0].work_samples[0].flie: is not a known key; did you mean file?",
        ),
        (
            ["interviewers", 0, "mentioned"],
            True,
            "interviewers[0].mentioned: must be text in quotes, not true or false",
        ),
        (
            ["interviewers", 0, "ask"],
            "x" * 1001,
            "interviewers[0].ask: is 1001 characters long; shorten it to 1000",
        ),
        *(
            (
                ["interviewers", 0, "relates"],
                value,
                f"interviewers[0].relates: must be true or false, not {kind}",
            )
            for value, kind in (("true", "text"), ("", "text"), (1, "a number"), ([], "a list"))
        ),
        (
            ["interviewers", 0, "reaction"],
            "curious",
            "interviewers[0].reaction: must be one of work_on, good_to_know",
        ),
        (["interviewers", 0, "reaction"], True, "interviewers[0].reaction: must be one of work_on"),
        (
            ["interviewers", 0, "say"],
            "x",
            "interviewers[0].say: must be an object with named values, not text",
        ),
        (
            ["interviewers", 0, "say"],
            [],
            "interviewers[0].say: must be an object with named values, not a list",
        ),
        (
            ["interviewers", 0, "say"],
            {"menti": "x"},
            "interviewers[0].say.menti: is not a known key; did you mean mentioned?",
        ),
        (
            ["interviewers", 0, "say"],
            {"work_samples": "x"},
            "interviewers[0].say.work_samples: is not a known key",
        ),
        (
            ["interviewers", 0, "say"],
            {"goal": True},
            "interviewers[0].say.goal: must be text in quotes, not true or false",
        ),
        (
            ["interviewers", 0, "say"],
            {"goal": "x" * 1001},
            "interviewers[0].say.goal: is 1001 characters long; shorten it to 1000",
        ),
    ],
)
def test_fault_has_its_path(path, value, expected):
    faults = faults_of(changed(path, value))
    assert [fault for fault in faults if expected in fault] != []
    assert len(faults) == 1


@pytest.mark.parametrize("document", [None, 3, "x", [], [GOOD]])
def test_document_of_another_kind_is_refused(document):
    assert "must be an object" in faults_of(document)[0]


def test_every_fault_is_reported_at_once():
    assert len(faults_of({"interview": {"company": 1}, "interviewers": [{}], "x": 1})) == 7


@pytest.mark.parametrize(
    ("ended_at", "expected"),
    [
        ("2026-11-19T15:10", "2026-11-19T15:10:00-05:00"),
        ("2026-11-19T20:10:00Z", "2026-11-19T15:10:00-05:00"),
        ("2026-11-19T15:10:30", "2026-11-19T15:10:30-05:00"),
        # When clocks go back, the earlier of the two.
        ("2026-11-01T01:30", "2026-11-01T01:30:00-04:00"),
    ],
)
def test_ended_at_is_read_in_the_zone(ended_at, expected):
    panel = parse_panel(changed(["interview", "ended_at"], ended_at))
    assert panel.interview.ended_at.isoformat() == expected


def test_null_counts_as_not_given():
    document = changed(["interviewers", 0, "mentioned"], None)
    assert parse_panel(document) == parse_panel(GOOD)


def test_links_and_files_are_read_in_their_order_each_kind_up_to_its_limit():
    link, file = {"label": "Talk", "url": "https://x.example/talk"}, {"label": "Plan", "file": "the plan.pdf"}
    document = changed(["interviewers", 0, "work_samples"], [{**link, "file": ""}, {**file, "url": None}] * 5)
    panel = parse_panel(document)
    samples = (WorkSample("Talk", url="https://x.example/talk"), WorkSample("Plan", file="the plan.pdf"))
    assert panel.interviewers[0].work_samples == samples * 5
    assert dump_panel(panel)["interviewers"][0]["work_samples"] == [link, file] * 5


def test_what_the_candidate_adds_to_the_notes_is_read_and_written():
    told = {
        "full_name": "Priya Nair",
        "ask": "When do you decide?\nWho else will I meet?",
        "relates": False,
        "reaction": "work_on",
        "say": {"callback": "Good luck\non Sunday!", "mentioned": " Streaming it is. ", "goal": " "},
    }
    panel = parse_panel(changed(["interviewers", 0], told))
    [person] = panel.interviewers
    assert (person.ask, person.relates, person.reaction) == (told["ask"], False, Reaction.WORK_ON)
    # In the order of the notes, whatever the input's order; empty ones are dropped.
    assert person.say == (("mentioned", "Streaming it is."), ("callback", "Good luck\non Sunday!"))
    written = dump_panel(panel)["interviewers"][0]
    assert written == told | {"say": {"mentioned": "Streaming it is.", "callback": "Good luck\non Sunday!"}}
    assert list(written["say"]) == ["mentioned", "callback"]


def test_every_note_but_work_samples_may_have_an_own_sentence():
    document = changed(["interviewers", 0, "say"], {key: f"About {key}." for key in OWN_SENTENCE_KEYS})
    [person] = parse_panel(document).interviewers
    assert person.say == tuple((key, f"About {key}.") for key in OWN_SENTENCE_KEYS)


@pytest.mark.parametrize("nothing", [{}, {"relates": None, "reaction": "", "say": {}, "ask": ""}])
def test_what_was_not_said_of_the_notes_is_not_written(nothing):
    panel = parse_panel(changed(["interviewers", 0], {"full_name": "Priya Nair", **nothing}))
    assert (panel.interviewers[0].relates, panel.interviewers[0].reaction) == (None, None)
    # Digests of letters composed before these keys existed stay the same.
    assert dump_panel(panel)["interviewers"] == [{"full_name": "Priya Nair"}]


@pytest.mark.slow
@given(documents())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_dumped_document_can_be_parsed_again(document):
    panel = parse_panel(document)
    assert parse_panel(json.loads(json.dumps(dump_panel(panel)))) == panel


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "sender",
                    "interview",
                    "interviewers",
                    "full_name",
                    "company",
                    "time_zone",
                    "ended_at",
                    "strengths",
                    "relates",
                    "say",
                    "stage",
                    "x",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=25,
)


@given(JSON)
@settings(max_examples=300, deadline=None)
def test_any_json_gives_facts_or_faults(document):
    try:
        read = parse_panel(document)
    except FactsError as error:
        read = None
        faults = error.faults
    assert read is not None or faults
