"""Every source that a rule or a letter names has its title, and is an entry of docs/sources.md."""

import tomllib
from pathlib import Path

import pytest

from drafts.domain.kinds import letter_kinds
from drafts.domain.sources import Citation, citations, entries

ROOT = Path(__file__).resolve().parent.parent.parent
PHRASEBOOK = ROOT / "drafts" / "phrasebook"
NAMED = [
    (f"{name}/{rule}", table["source"])
    for name in ("review.toml",)
    for rule, table in tomllib.loads((PHRASEBOOK / name).read_text()).items()
    if "source" in table
]
NAMED += [(kind.value, one.source) for kind, one in letter_kinds().items()]


@pytest.mark.parametrize("source", [pytest.param(source, id=name) for name, source in NAMED])
def test_what_a_rule_rests_on_has_a_title(source):
    found = citations(source)
    assert found
    assert all(one.name and one.says for one in found)


def test_sources_are_entries_of_the_docs():
    docs = (ROOT / "docs" / "sources.md").read_text()
    missing = [name for name in entries() if f"**{name}" not in docs and f"## {name}" not in docs]
    assert missing == []


def test_addresses_are_the_same_as_in_the_docs():
    docs = (ROOT / "docs" / "sources.md").read_text()
    assert [one["url"] for one in entries().values() if "url" in one and one["url"] not in docs] == []


def test_a_semicolon_within_what_a_source_says_begins_no_other():
    assert citations("Candidates' reports: be brief; be kind; The product's own choices: 9:00") == (
        Citation("What candidates and interviewers report in public threads", "", "be brief; be kind"),
        Citation("Our own choice", "", "9:00"),
    )


def test_a_source_nobody_entered_is_a_mistake():
    with pytest.raises(KeyError):
        citations("Somebody: says so")
