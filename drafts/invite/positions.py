"""The position: what a label says, what is named as a role, and what is left of a title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from drafts.domain.naming import tidy_position
from drafts.domain.tokens import fold
from drafts.invite.companies import MOST_CHOICES, are_alike, fits_label, name_keys, without_company
from drafts.invite.lists import listed, one_of
from drafts.invite.model import Reading
from drafts.invite.names import is_occupation, looks_like_name, name_key
from drafts.invite.texts import tidy
from drafts.invite.titles import AT, NOTES, Said, pieces, without_stage

MAX_TEXT = 300  # characters

LABELLED = re.compile(rf"\W*(?:{one_of('position_labels')})(?: name)?\s*(?:[:=]|[-–—]\s)\s*(.+)\Z", re.I)
_NOUN = r"(?:role|position|post|job|vacancy|opening|opportunity|profile|seat|placement)"
_ROLE_OF = re.compile(
    rf"\b(?:for|about|regarding|as|in|to|discuss)\s+(?:(?:the|our|a|an|your)\s+)?(?:open\s+)?{_NOUN}\s+(?:of|as)\s+(?:an?\s+|the\s+)?"
    r"((?:\b(?:Dy|Sr|Jr|Asst)\.|[^.;!?\n]){3,120})",
    re.I,
)
_THE_ROLE = re.compile(
    r"\b(?:for|about|regarding|discuss|discussing|in|through|applying to|application to)\s+"
    rf"(?:the|our|an?|your|their|this)\s+([^.;:!?\n]{{3,100}}?)\s+{_NOUN}\b",
    re.I,
)
_OTHER_WORDS = re.compile(
    r"\b(?:zur\s+(?:position|stelle)\s(?:als\s)?"
    r"|(?:poste|puesto|vacante|vaga|cargo|posto|posizione|ruolo|functie|stelle|position|vacature|função|funcao)\s+"
    r"(?:(?=(?-i:[A-Z]\w+\s[A-Z]))|de\s+la\s|del?\s|d['’]|di\s|da\s|van\s|von\s|als\s)|\w*gespräch\s+als\s|bewerbung\s+(?:als|f[uü]r\s+die\s+stelle)\s)\s*(?:an?\s|une?\s|una?\s)?([^.;!?\n]{3,120})",
    re.I,
)
# "Line cook interview. Come in by the back door."
_BEFORE_STAGE = re.compile(r"\A(?=[A-Z])((?:[\w/&'-]+\s){1,5}?)(?:interview|trial)\b")
# What a requisition is numbered before its position: "JR100482 Marine Engineer", "Ref PL0417 - Planning Officer".
_CODE = re.compile(
    r"\A\W*(?:(?:ref(?:erence)?|req|job|vacancy|id|no)\b\.?:?\s*(?:no\.?\s*)?)?"
    r"#?(?:[A-Z]{1,6}[-/ ]?)?\d{3,}[\w/-]*\s*(?:[-–—:|]\s*|(?=[A-Z]))",
    re.I,
)
_FOR = re.compile(
    r"\b(?:for|as|become|to be|hire|hiring)\s+(?:(?:the|our|an?)\s+)?(?=([^.;:!?\n]{3,120}))", re.I
)
# If this comes before "for" or "as", what follows is surely the position.
_APPLIED = re.compile(rf"\b(?:{one_of('talks')}|applying|applied|application)\b[^.;:!?]{{0,60}}\Z", re.I)
_CAPITALS = re.compile(
    r"\b(?:\d+(?:st|nd|rd|th)\s)?[A-Z][\w/&+.#-]*(?:\s(?:(?:of|and|&)\s)?[A-Z][\w/&+.#-]*){1,6}\b"
)
_NAMED = re.compile(rf"({_CAPITALS.pattern})\s+{_NOUN}\b")
_BEFORE = re.compile(r"\b(?:for|in|about|regarding|discuss)\s+(?:the|our|an?|your|their|this)\s+", re.I)
# What follows a position's name in a sentence.
_GOES_ON = re.compile(
    r"\s*[|·•]\s*|(?<!\bDy)(?<!\bds)(?<!\bSr)(?<!\bJr)(?<!\bAsst)[.;!?](?:\s|\Z)|\s+https?:"
    r"|\s(?:is|are|was|has|will|on|from|au sein|in unser\w+|in der|im|beim|bei uns)\s|\s\(\d+\s?[-–]"
    # "... le jeudi 3 décembre"
    r"|\s(?:le|el|am|op|il|no dia|em|w)\s(?=[^\W\d_]{3,14},?\s(?:den\s)?\d)"
    r"|,\s(?:you|we|locatie|location|remote|hybrid|standort|sede|lieu)\s"
)


def find_position(said: Said, company: str, people: Iterable[str]) -> tuple[Reading, tuple[str, ...]]:
    """(the position, what else it may be): what a label says, then what a title names, then "for the X role"."""
    found: dict[str, Reading] = {}
    for one in _positions(said, company, name_keys(people)):
        if one.value:
            found.setdefault(fold(one.value), one)
    first, *others = [*found.values(), Reading("", "")]
    jobs = [text for line, _ in said.lines for text in _jobs_in(line)]
    others += [Reading(as_position(text, company, name_keys(people)), "", True) for text in jobs]
    longer = [one.value for one in others if fold(first.value) in fold(one.value) != fold(first.value)]
    rivals = [
        one.value
        for one in others
        if not one.is_guess and one.value and not are_alike(one.value, first.value)
    ]
    if first.is_guess or longer or rivals:
        values = [one.value for one in others if one.value not in ("", first.value)]
        return Reading(first.value, first.source, bool(first.value)), tuple(dict.fromkeys(values))[
            :MOST_CHOICES
        ]
    return first, ()


def _jobs_in(line: str) -> list[str]:
    """The occupations that a line writes with capitals, which the page offers."""
    return [text for match in list(_CAPITALS.finditer(line))[:20] if is_occupation(text := match[0])]


def _positions(said: Said, company: str, names: frozenset[str]) -> Iterator[Reading]:
    for line, source in (*said.lines, *said.titles):
        if labelled := LABELLED.match(line):
            yield Reading(as_position(labelled[1], company, names, is_whole=True), source)
        elif (code := _CODE.match(line)) and is_occupation(line[code.end() :]):
            yield Reading(as_position(line[code.end() :], company, names, is_whole=True), source)
    for title, source in said.titles:
        yield from (Reading(text, source) for text in _in_title(title, company, names))
    for line, source in said.lines:
        text, is_guess = _in_line(line, company, names)
        yield Reading(text, source, is_guess)


def _in_line(line: str, company: str, names: frozenset[str]) -> tuple[str, bool]:
    """(what a line names as the position, whether that is a guess)."""
    for pattern in (_ROLE_OF, _THE_ROLE, _OTHER_WORDS, _BEFORE_STAGE, _FOR, _NAMED):
        for match in list(pattern.finditer(line))[:5]:
            # "your interest in the Nurse position": the last of what could begin it.
            words = _BEFORE.split(match[1])[-1] if pattern is _THE_ROLE else match[1]
            text = as_position(words, company, names, is_whole=pattern in (_ROLE_OF, _THE_ROLE))
            is_guess = pattern is _FOR and not _APPLIED.search(line[: match.start()])
            # Other languages write a position small.
            is_named = text[:1].isupper() or (
                pattern is _OTHER_WORDS and is_occupation(text.partition(" ")[0])
            )
            if is_named and (pattern not in (_FOR, _NAMED, _BEFORE_STAGE) or is_occupation(text)):
                return text, is_guess
    return "", False


def _in_title(title: str, company: str, names: frozenset[str]) -> Iterator[str]:
    """The position in a title, and its possible full name: "Technician", "Technician - 2nd Shift"."""
    for pattern in (_ROLE_OF, _THE_ROLE, _OTHER_WORDS):
        match = pattern.search(title)
        if match and (text := as_position(match[1], company, names)):
            yield text
            return
    parts = [(word, without_stage(text)) for word, text in pieces(title, names)]
    for place, (word, text) in enumerate(parts):
        # "Interview: X at Acme", whatever X is called.
        is_before = [word for word, _ in parts[place + 1 : place + 2]] == ["at"]
        if word in ("with", "at") or name_key(text) in names:
            continue
        if is_occupation(text) or (is_before and _may_be_position(text, company, names)):
            short = as_position(text, company, names)
            if short and fold(short) not in ("hiring manager", "staff"):
                yield short
                following, more = parts[place + 1] if place + 1 < len(parts) else ("", "")
                if (
                    not following
                    and more
                    and _may_be_position(more, company, names)
                    and not looks_like_name(more)
                ):
                    yield f"{short} - {more}"
                return


def _may_be_position(text: str, company: str, names: frozenset[str]) -> bool:
    words = [fold(word).strip(".,") for word in text.split()]
    if not words or len(words) > 8 or not (text[0].isupper() or text[0].upper() == text[0].lower()):
        return False
    if name_key(text) in names or " ".join(words) in listed("labels") or not re.search(r"[^\W\d_]", text):
        return False
    if company and (fold(text) == fold(company) or fits_label(text, company)):
        return False
    return not all(word in listed("generic") for word in words) and words[0] not in listed("generic") - {
        "panel",
        "system",
    }


def as_position(text: str, company: str, names: frozenset[str], *, is_whole: bool = False) -> str:
    """A position's name without notes in brackets, the company, a person, the stage, "the" and "role".

    `is_whole`: the text is only the position, so all of its parts are kept: "Registered Nurse - Night Shift".
    """
    text = tidy(NOTES.sub("", tidy(text)[:MAX_TEXT]))
    text = _CODE.sub("", AT.split(_GOES_ON.split(text)[0])[0])
    # A sentence may have been cut inside of a bracket: "Store Manager (Portland, Alder St."
    text = re.sub(r"\s*\([^()]*\Z", "", text)
    both = re.split(r"\s+(?:&|and|und)\s+", text)
    # "Amara Nwosu & Peter Lindqvist" are two people.
    if len(both) == 2 and all(map(looks_like_name, both)) and any(name_key(one) in names for one in both):
        return ""
    parts = [
        part
        for part in re.split(r"\s+[-–—]+\s+", text)
        if not (company and fold(part) == fold(company))
        and name_key(part) not in names
        and without_stage(part)
    ]
    occupied = [part for part in parts if is_occupation(without_stage(part))]
    kept = " - ".join(parts) if is_whole else (occupied or parts or [""])[0]
    short = without_company(without_stage(kept), company)
    short = tidy_position(short) if short else ""
    if not re.search(r"[^\W\d_]", short) or name_key(short) in names or len(short.split()) > 12:
        return ""
    return "" if company and fold(short) == fold(company) else short
