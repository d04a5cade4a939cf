"""The lists of notes.toml, slips.toml, abbreviations.toml and set_aside.toml in phrasebook, read once.

The files explain each list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from drafts.domain.files import PHRASEBOOK_DIR, read_toml
from drafts.domain.tokens import Phrases

NOTES = PHRASEBOOK_DIR / "notes.toml"
SLIPS = PHRASEBOOK_DIR / "slips.toml"
ABBREVIATIONS, SET_ASIDE = NOTES.with_name("abbreviations.toml"), NOTES.with_name("set_aside.toml")
REASONS = NOTES.with_name("reasons.toml")


@dataclass(frozen=True, slots=True)
class SetAside:
    """Phrases that identify a remark that is better left out."""

    reason: str
    whole: bool
    phrases: Phrases


@dataclass(frozen=True, slots=True)
class NoteLists:
    """The lists of what people type and how it is changed."""

    spelled_out: dict[str, str]
    days: dict[str, str]
    months: dict[str, str]
    units: dict[str, str]
    per: dict[str, str]
    written_large: frozenset[str]
    nothing: frozenset[str]
    nothing_starts: tuple[str, ...]
    set_aside: tuple[SetAside, ...]
    people: frozenset[str]
    enjoyable: frozenset[str]
    articles_before_of: frozenset[str]
    bare_nouns: frozenset[str]
    article_idioms: frozenset[str]
    bare_after_verbs: frozenset[str]
    mass: frozenset[str]
    done: frozenset[str]
    theirs_ing: frozenset[str]
    mine: frozenset[str]
    left_open: frozenset[str]
    personal: frozenset[str]


@dataclass(frozen=True, slots=True)
class WordSets:
    """The table [words]: small sets that the grammar rules use. Every entry has a field here and every field an
    entry."""

    no_compound: frozenset[str]
    product_names: frozenset[str]
    first_names: frozenset[str]
    shorthand: frozenset[str]
    no_skill: frozenset[str]
    with_bare_verb: frozenset[str]
    reporting: frozenset[str]
    mine_to_do: frozenset[str]
    measuring: frozenset[str]
    spoken: frozenset[str]
    never_plural: frozenset[str]
    plain_verbs: frozenset[str]
    prepositions: frozenset[str]
    quantifiers: frozenset[str]
    indefinite: frozenset[str]
    no_field: frozenset[str]
    no_traits: frozenset[str]
    positions: frozenset[str]
    periods: frozenset[str]
    after_years: frozenset[str]
    job_endings: frozenset[str]
    comparatives: frozenset[str]
    standing: frozenset[str]
    identities: frozenset[str]
    numbers: frozenset[str]
    collective: frozenset[str]
    singling: frozenset[str]
    determining: frozenset[str]
    before_places: frozenset[str]
    third_person: frozenset[str]
    relatives: frozenset[str]
    before_ing: frozenset[str]
    time_words: frozenset[str]
    measures: frozenset[str]
    own_aims: frozenset[str]
    alone: frozenset[str]
    together: frozenset[str]
    titles: frozenset[str]
    own_titles: frozenset[str]
    crowd: frozenset[str]
    states: frozenset[str]
    auxiliaries: frozenset[str]
    person_nouns: frozenset[str]
    inner_verbs: frozenset[str]
    no_names: frozenset[str]
    too_general: frozenset[str]


@dataclass(frozen=True, slots=True)
class NotePatterns:
    """The regular expressions of notes.toml and slips.toml, compiled."""

    fillers: re.Pattern[str]
    wishes: re.Pattern[str]
    mending: tuple[tuple[re.Pattern[str], str], ...]
    unlinked_years: re.Pattern[str]
    slips: re.Pattern[str]
    hurried_slips: re.Pattern[str]
    second_language: re.Pattern[str]
    blunt: re.Pattern[str]
    beginnings: tuple[tuple[str, re.Pattern[str]], ...]
    answered_badly: re.Pattern[str]


@cache
def _tables() -> dict[str, Any]:
    return {
        **read_toml(NOTES),
        **read_toml(SLIPS),
        **read_toml(ABBREVIATIONS),
        "set_aside": read_toml(SET_ASIDE),
    }


def frame_of(key: str, form: str) -> str:
    """The plainest sentence for a remark of this field and form, with a {} where its words go."""
    frame: str = _tables()["frames"].get(key, {}).get(form, "{}.")
    return frame


def stem_of(key: str) -> str:
    """How a sentence of the candidate's own under this key may begin, with an ellipsis for the rest."""
    stem: str = _tables()["stems"][key]
    return stem


@cache
def note_lists() -> NoteLists:
    """The lists of what people type. A missing one raises KeyError."""
    data = _tables()
    return NoteLists(
        spelled_out=data["spelled_out"],
        days=data["days"],
        months=data["months"],
        units=data["units"],
        per=data["per"],
        written_large=frozenset(data["written_large"]["words"]),
        nothing=frozenset(data["nothing"]["whole"]),
        nothing_starts=tuple(data["nothing"]["starts"]),
        set_aside=tuple(
            SetAside(reason, bool(table.get("whole")), Phrases(table["phrases"]))
            for reason, table in data["set_aside"].items()
        ),
        people=frozenset(data["people"]["singular"]),
        enjoyable=frozenset(data["enjoyable"]["nouns"]),
        articles_before_of=frozenset(data["articles"]["before_of"]),
        bare_nouns=frozenset(data["articles"]["bare"]),
        article_idioms=frozenset(data["articles"]["idioms"]),
        bare_after_verbs=frozenset(data["articles"]["after_verbs"]),
        mass=frozenset(data["articles"]["mass"]),
        done=frozenset(data["verbs"]["done"]),
        theirs_ing=frozenset(data["verbs"]["theirs_ing"]),
        mine=frozenset(data["verbs"]["mine"]),
        left_open=frozenset(data["verbs"]["left_open"]),
        personal=frozenset(data["personal"]["words"]),
    )


@cache
def word_sets() -> WordSets:
    """The sets of the table [words]. Raises TypeError for an unknown or missing one."""
    return WordSets(**{name: frozenset(words) for name, words in _tables()["words"].items()})


@cache
def note_patterns() -> NotePatterns:
    """The regular expressions; a broken one raises re.error."""
    data = _tables()
    starts, mending, slips = data["starts"], data["mending"], data["slips"]
    right = "".join(f"(?<!{phrase})" for phrase in slips["not_fine"])
    bare_negation = rf"\bnot (?:{'|'.join(slips['not_verbs'])})\b{right}"
    linked = "".join(rf"(?<!\b{word})" for word in mending["before_years"])
    return NotePatterns(
        fillers=_any_of(starts["fillers"], r"\A(?:(?:{})\b[,\s]+|(?:ok so|oh and)\s+)+"),
        wishes=_any_of(starts["wishes"], r"(?:{})\b"),
        mending=tuple((re.compile(wrong), right) for wrong, right in mending["rules"]),
        unlinked_years=re.compile(
            linked
            + r"(?<=[a-z]) (\d+ (?:years|months|weeks))"
            + r"(?= (?:at|in|with|on|as|for|and)\b(?! (?:a row|advance)\b)|[.,;]|\Z)"
        ),
        slips=_any_of([*slips["patterns"], bare_negation]),
        hurried_slips=_any_of(slips["hurried_patterns"]),
        second_language=_any_of(slips["second_language"]),
        blunt=_any_of(data["blunt"]["patterns"], r"\b(?:{})\b"),
        beginnings=tuple((key, _any_of(patterns)) for key, patterns in data["beginnings"].items()),
        answered_badly=_any_of(data["asked"]["answered_badly"], r"\b(?:{})\b"),
    )


def _any_of(patterns: list[str], frame: str = "{}") -> re.Pattern[str]:
    """One case-insensitive expression that matches any of several."""
    return re.compile(frame.format("|".join(patterns)), re.I)


@cache
def _reasons() -> dict[str, Any]:
    return read_toml(REASONS)


def reason_text(use: str, reason: str) -> str:
    """What the page says about a note that is asked about or set aside; empty for an unknown reason."""
    text: str = _reasons().get(use, {}).get(reason, "")
    return text
