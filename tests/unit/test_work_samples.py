"""Work samples in a letter: links as lines, files as attachments, each mentioned once, and the review of them."""

from __future__ import annotations

import itertools
import re
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drafts.domain import grammar
from drafts.domain.compose import CEILING, compose_letter, compose_panel
from drafts.domain.facts import Role, Tone
from drafts.domain.facts_json import parse_panel
from drafts.domain.phrasebook import phrasebook
from drafts.domain.similarity import likeness
from drafts.review import LetterText, OtherDraft, ReviewFacts, review
from tests.unit.facts_strategies import DONE, TOLD, TOPICS, documents

LINK = {"label": "Ledger", "url": "https://example.org/ledger"}
BARE_LINK = {"url": "https://example.org/talk"}
FILE = {"label": "Load test report", "file": "load_test_v2.docx"}
BARE_FILE = {"file": "case study.pdf"}
NAMES = ["Ana", "Ben", "Cem", "Dov", "Eva", "Fay", "Gus", "Hal"]


def panel_of(samples, count=1, roles=(Role.PEER,)):
    return parse_panel(
        {
            "sender": {"full_name": "Jordan Álvarez"},
            "interview": {
                "company": "Zylker",
                "position": "Senior Platform Engineer",
                "ended_at": "2026-11-19T15:10",
                "time_zone": "America/New_York",
            },
            "interviewers": [
                {
                    "full_name": f"{name} Lund",
                    "email": f"{name.lower()}@zylker.example",
                    "role": role,
                    "mentioned": told,
                    "experience": done,
                    "goal": f"get more out of {topic}",
                    "work_samples": samples,
                }
                for name, topic, told, done, role in zip(
                    NAMES[:count], TOPICS, TOLD, DONE, itertools.cycle(roles)
                )
            ],
        }
    )


def paragraph(samples, tone):
    """The letter's text on the work samples: its difference from the letter without them."""
    with_them = compose_letter(panel_of(samples), 0, tone).body.split("\n\n")
    without = compose_letter(panel_of([]), 0, tone).body.split("\n\n")
    return [part for part in with_them if part not in without]


def phrases(kind):
    """The phrasebook's work-sample phrases: "links" (placed above links), "files", and "more" (links after files)."""
    texts = {
        text for key, group in phrasebook().variants.items() if key[0] == "work_samples" for text in group
    }
    return {
        text
        for text in texts
        if kind == ("files" if text.endswith("…") else "more" if text.startswith("…") else "links")
    }


@pytest.mark.parametrize("tone", list(Tone))
@pytest.mark.parametrize(
    ("samples", "named"),
    [
        ([BARE_FILE], "case study.pdf."),
        ([FILE], "Load test report."),
        ([FILE, BARE_FILE], "Load test report and case study.pdf."),
        ([{**FILE, "label": " the  load test. "}], "the load test."),
        ([{**FILE, "label": "..."}], "load_test_v2.docx."),
        (
            [{**FILE, "label": "What broke?"}, FILE, BARE_FILE],
            "What broke, Load test report and case study.pdf.",
        ),
        ([{**FILE, "label": "{files} …"}], "{files}."),
    ],
)
def test_files_are_said_to_be_attached_in_one_sentence(tone, samples, named):
    (said,) = paragraph(samples, tone)
    assert said in {text.removesuffix("…") + named for text in phrases("files")}
    assert re.search(r"attach|enclose|with this email", said, re.I)


@pytest.mark.parametrize("tone", list(Tone))
def test_links_stand_in_lines_of_their_own(tone):
    (said,) = paragraph([LINK, BARE_LINK], tone)
    first, *rest = said.split("\n")
    assert first in phrases("links")
    assert rest == ["Ledger: https://example.org/ledger", "https://example.org/talk"]


@pytest.mark.parametrize("tone", list(Tone))
def test_both_are_said_once_the_files_first(tone):
    (said,) = paragraph([LINK, FILE, BARE_LINK, BARE_FILE], tone)
    first, *rest = said.split("\n")
    assert first in {
        f"{files.removesuffix('…')}Load test report and case study.pdf.{more.removeprefix('…')}"
        for files in phrases("files")
        for more in phrases("more")
    }
    assert rest == ["Ledger: https://example.org/ledger", "https://example.org/talk"]


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("tone", list(Tone))
def test_a_panel_of_eight_has_eight_ways_to_say_that_files_are_attached(role, tone):
    reach = phrasebook().within_reach("work_samples", role, tone)
    assert len(set(reach) & phrases("files")) >= 8
    assert len(set(reach) & phrases("links")) >= 8
    assert set(reach) & phrases("more") != set()


@pytest.mark.slow
@given(documents(), st.sampled_from(list(Tone)))
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_sample_is_named_or_told_as_left_out(document, tone):
    panel = parse_panel(document)
    for person, letter in zip(panel.interviewers, compose_panel(panel, tone), strict=True):
        assert letter.words <= CEILING
        assert "…" not in letter.body or "…" in str(panel)
        if "work_samples" in letter.left_out:
            assert person.work_samples != ()
            continue
        for sample in person.work_samples:
            label = grammar.trim(" ".join(sample.label.split()))
            assert (label or sample.file) in letter.body
            assert sample.url in letter.body


@pytest.mark.parametrize(
    "samples", [[FILE], [BARE_FILE], [FILE, BARE_FILE], [LINK, FILE], [BARE_LINK, BARE_FILE]]
)
@pytest.mark.parametrize("count", [1, 3, 8])
@pytest.mark.parametrize("tone", list(Tone))
def test_letters_with_files_have_nothing_to_fix(tone, count, samples):
    panel, letters = composed(tone, count, samples)
    assert [letter.left_out for letter in letters] == [()] * count
    files = tuple(sample["file"] for sample in samples if "file" in sample)
    for index, letter in enumerate(letters):
        result = review(
            text_of(letter), ReviewFacts(panel, index, attachments=files), others(panel, letters, index)
        )
        assert result.findings == ()


@pytest.mark.parametrize("name", ["ingest.py", "Diagramme.png", "zylker_kpi.xlsx", "teh-plan.pdf"])
def test_names_of_files_are_known_words(name):
    panel, letters = composed(Tone.WARM, 1, [{"file": name}])
    assert review(text_of(letters[0]), ReviewFacts(panel, 0, attachments=(name,))).findings == ()


@pytest.mark.parametrize("samples", [[FILE], [BARE_FILE], [FILE, BARE_FILE]])
@pytest.mark.parametrize("count", [1, 3, 8])
@pytest.mark.parametrize("tone", list(Tone))
def test_a_letter_that_speaks_of_files_without_any_is_found(tone, count, samples):
    panel, letters = composed(tone, count, samples)
    for index, letter in enumerate(letters):
        result = review(text_of(letter), ReviewFacts(panel, index), others(panel, letters, index))
        assert [(finding.rule, finding.severity.value) for finding in result.findings] == [
            ("attachment", "fix")
        ]


@pytest.mark.parametrize("text", sorted(phrases("files")))
def test_each_way_to_say_it_is_a_promise_to_the_review(text):
    letter = compose_letter(panel_of([]), 0)
    body = letter.body.replace("\n\n", f"\n\n{text.removesuffix('…')}case study.pdf.\n\n", 1)
    facts = ReviewFacts(panel_of([BARE_FILE]), 0)
    found = review(LetterText(letter.subject, body), facts).findings
    assert [finding.rule for finding in found] == ["attachment"]


@pytest.mark.parametrize("roles", [(role,) for role in Role] + [tuple(Role)])
@pytest.mark.parametrize("tone", list(Tone))
def test_letters_with_the_same_files_stay_apart(tone, roles):
    letters = compose_panel(panel_of([LINK, FILE, BARE_FILE], 8, roles), tone)
    assert max(likeness(one.body, other.body) for one, other in itertools.combinations(letters, 2)) <= 0.25


def composed(tone, count, samples):
    return _composed(tone, count, tuple(tuple(sample.items()) for sample in samples))


@cache
def _composed(tone, count, samples):
    panel = panel_of([dict(sample) for sample in samples], count, tuple(Role))
    return panel, compose_panel(panel, tone)


def text_of(letter):
    return LetterText(letter.subject, letter.body)


def others(panel, letters, index):
    return tuple(
        OtherDraft(person.full_name, letter.body)
        for place, (person, letter) in enumerate(zip(panel.interviewers, letters, strict=True))
        if place != index
    )
