"""The title of an invitation: without what programs add, taken apart, and the stage that it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from drafts.domain.facts import Stage
from drafts.domain.naming.lists import any_of
from drafts.domain.tokens import fold
from drafts.invite.lists import listed, one_of, tables
from drafts.invite.names import is_like_person, is_occupation, looks_like_name, name_key
from drafts.invite.texts import tidy

MAX_TITLE = 300  # characters
STAGE_LINES = 60  # of a description

_PREFIX = re.compile(
    rf"\s*(?:\[(?:ext|external|extern|spam|caution)[^\[\]]{{0,20}}\]\s*:?|\(external\)|(?:{one_of('title_prefixes')})\s*:)\s*",
    re.I,
)
_DAY = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}"
_SUFFIX = re.compile(
    rf"\s+@\s+(?:weekly from|{_DAY},?\s|\d{{1,2}}[./ ]|\d{{4}}-)[^@]{{0,120}}(?:\([^()]{{0,190}}\)\s*){{0,3}}\Z",
    re.I,
)
_ZONE = re.compile(
    r"\s*[(\[](?:[A-Z]{1,4}T|(?:UTC|GMT)[^()\[\]]{0,12}|(?:[Bb]and|[Gg]rade|[Ll]evel) \d{1,2}"
    r"|[^()\[\]]{3,40}\b[Tt]ime[^()\[\]]{0,20})[)\]]"
)
_JOB_OF_PERSON = re.compile(r"(\b(?:with|mit|avec|con|com|met)\s+([^()|]{3,60}?))\s*\(([^()]{2,60})\)", re.I)
_SEPARATOR = re.compile(
    r"\s+[-–—]+\s*|\s*[-–—]+\s+|\s*[|·•»›→]\s*|\s*:\s+|\s+/{1,2}\s+|\s*<-?>\s*|\s*[↔⟷]\s*|\s+x\s+|\s*;\s*|\s*[()\[\]]\s*|\s+\+\s+"
)
# "Attorney at Law" is one name.
_NOT_A_PLACE = r"(?!\s+(?:law|arms|large|sea|height|heights)\b)"
AT = re.compile(rf"\s+(?:at{_NOT_A_PLACE}|@|with|bei|chez|presso|bij)\s+", re.I)
_JOIN_WORDS = {word: join for join, words in tables()["joins"].items() for word in words}
_JOIN = re.compile(
    rf"(?:\A|\s+)({'|'.join(word + (_NOT_A_PLACE if word == 'at' else '') for word in _JOIN_WORDS)})\s+", re.I
)
_ROUND = re.compile(
    r"\b(?:(?:round|stage|step|part|interview)\s*#?\s*\d{1,2}(?:\s*(?:of|/)\s*\d{1,2})?|\d{1,2}(?:st|nd|rd|th)\s+(?:round|stage|interview)"
    r"|\d{1,2}\s*(?:of|/)\s*\d{1,2}"
    r"|\d{1,3}(?:[.,]\d)?\s*-?\s*(?:min(?:ute)?s?|hours?|hrs?|h|stunden?|heures?|horas?|ore|uur))\b",
    re.I,
)
_TITLE_LINE = re.compile(rf"\W*(?:{one_of('title_labels')})\s*:\s*(.+)\Z", re.I)
# Lines of a mail that stand for a title: "Interview for Staff Nurse - Riverside NHS Trust"
_HEADLINE = re.compile(
    r"\W*(?:(?:your )?(?:[\w-]+ )?interview(?: (?:for|with|at|[-–—])|:) "
    r"|\S.{2,60} [-–|] (?=.*\b(?:interview|screen|round|onsite)\b))"
    r"(?:\S+ ){0,12}\S*[^\s.!?,:;]\Z",
    re.I,
)
_STAGE_PHRASE = re.compile(r"\b(?:interview|round|stage|screen|call|loop|onsite|on-site|session|day)\b")


# What job boards add after a position.
NOTES = re.compile(
    r"""\s*[(\[](?:
        [mwfdxh](?:\s?[/|*,]\s?[mwfdxh]){1,3} | all\ genders | gn
      | remote | hybrid | on-?site | full[- ]time | part[- ]time | contract | permanent
      | (?:req|job|id|ref|r|jr)?\.?\s*(?:id|no\.?)?[#:\s-]{0,3}[\w-]{0,20}\d[\w-]{0,20}
      )[)\]]
    | \s+(?:[-–—|,]\s*)?(?:req(?:uisition)?|job\ id|ref)\.?\s*[#:]?\s*[\w-]{0,20}\d[\w-]{0,20}\Z
    | \s+\#\d[\w-]{0,20}""",
    re.I | re.X,
)


@dataclass(frozen=True, slots=True)
class Said:
    """The words of an invitation: its titles and its lines, each with where it is from."""

    titles: tuple[tuple[str, str], ...]
    lines: tuple[tuple[str, str], ...]


def clean_title(title: str) -> str:
    """Without what mail and calendar programs put before and after: "Updated invitation: X @ Tue 24 Nov ... (CET)"."""
    text = tidy(title)[:MAX_TITLE]
    for _ in range(8):
        shorter = _PREFIX.sub("", text, count=1) if _PREFIX.match(text) else text
        if shorter == text or not shorter:
            break
        text = shorter
    text = _SUFFIX.sub("", text).strip() or text
    return _JOB_OF_PERSON.sub(_without_job, NOTES.sub("", _ZONE.sub("", text))).strip() or text


def _without_job(match: re.Match[str]) -> str:
    """ "with Kevin Larsson (CTO)" names the person's job, "with Kestrel (SRE)" the position."""
    return match[1] if is_like_person(match[2]) and is_occupation(match[3]) else match[0]


def titles_in(lines: Sequence[str]) -> list[str]:
    """Titles that a scheduler repeats in the description: "Event Name: Recruiter call"."""
    found = [match[1] for line in lines if (match := _TITLE_LINE.match(line))]
    found += [line for line in lines if _HEADLINE.match(line) and not line[0].isdigit()]
    return [clean_title(title) for title in found[:3]]


def pieces(title: str, names: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    """A title taken apart: (how it is joined: at, with, for, or empty; the words). `names` are keys of people."""
    found: list[tuple[str, str]] = []
    for segment in _SEPARATOR.split(title[:MAX_TITLE]):
        parts = _JOIN.split(segment)
        words = ["", *(_JOIN_WORDS[word.lower()] for word in parts[1::2])]
        joined = zip(words, parts[0::2], strict=True)
        for place, (word, text) in enumerate(joined):
            if word == "and" and found and place and not _between_people(found[-1][1], text, names):
                found[-1] = (found[-1][0], f"{found[-1][1]} and {text}".strip())
            elif text.strip():
                kept = {"and": found[-1][0] if found else "", "by": "with"}.get(word, word)
                found.append((kept, text.strip(" ,")))
    return found


def _between_people(left: str, right: str, names: frozenset[str]) -> bool:
    """ "Trust and Safety", "Johnson and Johnson" stay whole; "Birch & Loom and Ana Ruiz" does not."""
    if name_key(left) in names or name_key(right) in names:
        return True
    return looks_like_name(left) and looks_like_name(right)


def without_stage(text: str) -> str:
    """Without the words that say what kind of interview it is, at both ends."""
    words = tidy(_ROUND.sub(" ", text)).strip(" ,#!\"'").split()
    while words and (count := _words_listed([words[-size:] for size in (3, 2, 1)], "stage_ends")):
        # "Service Tech"
        if fold(" ".join(words[-2:])) in listed("occupations"):
            break
        words = words[:-count]
    while words and not _keeps_its_start(words):
        count = _words_listed([words[:size] for size in (3, 2, 1)], "stage_starts")
        if not count:
            break
        words = words[count:]
    return " ".join(words).strip(" ,-–—#&\"'")


def _words_listed(runs: Sequence[Sequence[str]], key: str) -> int:
    """How many words the first of these has that is in a list; 0 where none is."""
    return next((len(run) for run in runs if fold(" ".join(run)).strip(",.!") in listed(key)), 0)


def _keeps_its_start(words: Sequence[str]) -> bool:
    """ "Technical Writer" begins with no stage, and "The Copper Kettle" with no article."""
    first, second = fold(words[0]), fold(" ".join(words[1:2]))
    is_title = first == "technical" and second in listed("technical_titles")
    return is_title or (first in ("the", "a", "an") and words[0][0].isupper())


def find_stage(said: Said, position: str) -> Stage | None:
    """The stage a title names, else a line of the description; the position's own words name none."""
    own = re.compile(re.escape(fold(position)) or r"\Z")
    titles, lines = ([own.sub(" ", fold(text)) for text, _ in texts] for texts in (said.titles, said.lines))
    found = [_stage_of(text) for text in titles]
    # "The final step is a call" tells of another one.
    told = [_stage_of(line) for line in lines[:STAGE_LINES] if _STAGE_PHRASE.search(line)]
    found += [stage for stage in told if stage is not Stage.FINAL]
    return next(filter(None, found), None)


@cache
def _stages() -> dict[Stage, re.Pattern[str]]:
    return {
        Stage(name): re.compile(rf"(?<![^\W_])(?:{any_of(phrases)})(?![^\W_])")
        for name, phrases in tables()["stages"].items()
    }


def _stage_of(low: str) -> Stage | None:
    """The final round, a phone screen or a panel is one whatever it is about; else what is named first."""
    found = {stage: match.start() for stage, pattern in _stages().items() if (match := pattern.search(low))}
    whole = next((stage for stage in (Stage.FINAL, Stage.PHONE_SCREEN, Stage.PANEL) if stage in found), None)
    return whole or min(found, key=found.__getitem__, default=None)
