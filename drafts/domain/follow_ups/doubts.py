"""Why an answer is asked about before it is used, and the sentence that the page suggests for it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from drafts.domain.corrections import corrected
from drafts.domain.files import PHRASEBOOK_DIR, read_toml
from drafts.domain.follow_ups.people import names_somebody
from drafts.domain.naming import indefinite
from drafts.domain.notes import mending as slips_of_notes
from drafts.domain.notes.clauses import spliced
from drafts.domain.notes.lists import word_sets
from drafts.domain.notes.nouns import lacks_article
from drafts.domain.notes.parser import Parse, Token, is_available, parse
from drafts.domain.notes.points import Context
from drafts.domain.notes.reader import said_to_reader
from drafts.domain.notes.soundness import doubt
from drafts.domain.sentences import capital


@dataclass(frozen=True, slots=True)
class Read:
    """An answer as its sentence has it. With a `reason` (an id of reasons.toml) it is asked about instead, with the
    `suggestion`, or with a `rough` one that still needs correcting; both may be empty."""

    text: str = ""
    reason: str = ""
    suggestion: str = ""
    rough: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What an answer may refer to.

    `earlier`: what the letter says before it. `is_of_the_reader`: it says something about the reader, so that "he" is
    hardly ever anybody else. `is_to_the_panel`: the reader is the only person that "he" may be unless somebody is
    named. `is_whole`: it was typed as sentences, with their commas.
    """

    earlier: str = ""
    is_of_the_reader: bool = False
    is_to_the_panel: bool = False
    is_whole: bool = False


_TITLES = r"(?<!\bDr\.)(?<!\bMr\.)(?<!\bMs\.)(?<!\bSt\.)(?<!\bNo\.)(?<!\bMrs\.)(?<!\bProf\.)"
_BETWEEN = re.compile(rf"(?<=[.!?]){_TITLES}\s+(?=[A-Z\"“'‘(])")
# "promoted to charge nurse" needs no article.
# Nouns that need no article in these words.
_IDIOMS = re.compile(
    r"\b(?:on (?:\w+ )?(?:leave|holiday|vacation|file|duty|board|probation|standby)|face to face|in hospital|first aid"
    r"|off sick|at university|to university|in person|by phone|on time|at short notice)\b",
    re.I,
)
_BECAME = re.compile(r"\b(promoted to|step(?:ped|ping) up to|worked as|work as) (?=[a-z])", re.I)


def checked(text: str, context: Context, about: About) -> Read:
    """The sentences as they are, or why they are asked about."""
    if not is_available():
        return Read(text)
    reason = ""
    said: list[str] = []
    for one in _BETWEEN.split(text):
        before = " ".join([about.earlier, *said])
        said.append(_to_you(one, context))
        reason = reason or _reason(said[-1], context, replace(about, earlier=before))
    text = " ".join(said)
    if not reason:
        return Read(text)
    better = suggested(text, context, is_to_reader=reason == "third_person")
    if any(slip(one, context) for one in _BETWEEN.split(better)):
        return Read("", reason, rough=better)
    return Read("", reason, better)


def _to_you(one: str, context: Context) -> str:
    """ "Karen told me" -> "You told me", in a letter to Karen; unchanged where it says more of others."""
    found = parse(one)
    if found is None or not _names_the_reader(found, context):
        return one
    said = said_to_reader(found, context.reader)
    is_of_others = any(token.lower in _NOT_THEM | _OTHERS for token in found.tokens)
    return capital(said.text) if said.sure and not is_of_others else one


def _names_the_reader(found: Parse, context: Context) -> bool:
    return any(token.lower in context.reader and token.pos == "PROPN" for token in found.tokens)


def _reason(one: str, context: Context, about: About) -> str:
    found = parse(one)
    if found is None:
        return ""
    if _names_the_reader(found, context):
        return "third_person"
    if _means_somebody_unnamed(found, context, about):
        return "third_person" if about.is_of_the_reader or about.is_to_the_panel else "refers"
    if refers_back(found, about):
        return "refers"
    return slip(one, context) or ("parts" if joins_remarks(found, is_whole=about.is_whole) else "")


def slip(one: str, context: Context) -> str:
    """The reason to ask about the grammar of one sentence; empty if it has no slip."""
    if _slips().search(one) or _wants_to(one) or corrected(one) != one:
        return "slip"
    plain = _IDIOMS.sub("well", _BECAME.sub(r"\1 the ", one))
    problem = doubt(plain, context.known, loose=True, others=True)
    if not problem and slips_of_notes.mended(plain) != plain:
        problem = "grammar"
    return "slip" if problem == "grammar" else problem


_WANTS = frozenset({"need", "want", "ask", "tell", "expect", "allow", "invite", "advise"})


def _wants_to(one: str) -> bool:
    """ "they need me come back": lacks its "to"."""
    found = parse(one)
    if found is None:
        return False
    return any(
        verb.lemma in _WANTS and whom.tag == "PRP" and act.tag == "VB"
        for verb, whom, act in zip(found.tokens, found.tokens[1:], found.tokens[2:], strict=False)
    )


_OTHERS = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
_OBJECTS = ("dobj", "pobj")
_POINTING = frozenset({"it", "them", "that", "this", "those", "these"})


def _means_somebody_unnamed(found: Parse, context: Context, about: About) -> bool:
    """Whether "he" or "she" is the reader, or nobody who was named."""
    return any(
        token.lower in _OTHERS
        and (
            about.is_of_the_reader or not names_somebody(f"{about.earlier} {_before(found, token)}", context)
        )
        for token in found.tokens
    )


def _before(found: Parse, token: Token) -> str:
    return "".join(one.text + one.space for one in found.tokens[: token.index])


def refers_back(found: Parse, about: About) -> bool:
    """ "they asked me exactly that": an object that points to something which the letter does not say.

    "It" may be the offer or the role of a letter to the panel: "I would like to talk it over".
    """
    if about.earlier.strip():
        return False
    return any(
        token.lower in (_POINTING - {"it", "them"} if about.is_to_the_panel else _POINTING)
        and token.dep in _OBJECTS
        and token.tag in ("PRP", "DT")
        and not any(other.pos in ("NOUN", "PROPN") for other in found.tokens[: token.index])
        for token in found.tokens
    )


# Words after a comma that join what follows to what went before.
_JOINS = re.compile(
    r"(?:and|but|so|or|because|which|who|whose|where|when|if|although|though|while|since|as|not|one of|some of"
    r"|both|including|too|please|thanks|thank you|even|especially|after|before|until|with|without|then)\b",
    re.I,
)
_OPENS = re.compile(
    r"(?:since|when|if|after|before|as|while|because|although|though|once|until|last|this|next|in|on|at|for|with"
    r"|during|yesterday|today|tomorrow|also|now|again|honestly|unfortunately|sadly|luckily|yes|no|so|by|from)\b",
    re.I,
)
_NEEDS_CLAUSE = re.compile(r"(?:so|but|because|although|though|while) (.+)", re.I)


def joins_remarks(found: Parse, *, is_whole: bool = False) -> bool:
    """Whether a comma joins two remarks, or a remark and a piece of one: "I got a start, 2 week trial".

    `is_whole`: typed as a sentence. Then only a comma between two sentences is asked about.
    """
    if is_whole:
        return spliced(found) is not None
    return any(token.text == "," and not _is_sound_comma(found, token) for token in found.tokens[1:])


def _after(found: Parse, comma: Token) -> str:
    return "".join(one.text + one.space for one in found.tokens[comma.index + 1 :]).strip(" .!?")


def _is_quality(text: str) -> bool:
    """ "all clear", "very happy"."""
    found = parse(text)
    return (
        found is not None and len(found.tokens) < 4 and all(one.pos in ("ADJ", "ADV") for one in found.tokens)
    )


def _is_sound_comma(found: Parse, comma: Token) -> bool:
    after = _after(found, comma)
    before = _before(found, comma).strip()
    if needs := _NEEDS_CLAUSE.match(after):
        rest = parse(needs[1])
        return rest is not None and (
            rest.has_subject or rest.tokens[0].tag == "MD" or needs[1].startswith("no ")
        )
    if _JOINS.match(after) or _is_quality(after) or (after[:1].isdigit() and before[-1:].isdigit()):
        return True
    following = found.tokens[comma.index + 1] if comma.index + 1 < len(found.tokens) else comma
    if following.tag == "VBG" and following.dep in ("advcl", "acl"):
        return True
    if _OPENS.match(before) and "," not in before:
        rest = parse(after)
        return rest is not None and (rest.has_subject or rest.roots[0].tag == "VB")
    return _is_in_list(found, comma) or _is_place(found, comma)


def _is_in_list(found: Parse, comma: Token) -> bool:
    """ "the van, the phone and the fuel card": a comma between things before an "and"."""
    rest = found.tokens[comma.index + 1 :]
    ending = next((one for one in rest if one.lower in ("and", "or")), None)
    if ending is None:
        return False
    between = found.tokens[comma.index + 1 : ending.index]
    return bool(between) and not any(one.pos in ("VERB", "AUX") for one in between)


def _is_place(found: Parse, comma: Token) -> bool:
    """ "in Portland, Oregon", "on Monday, November 30"."""
    following = found.tokens[comma.index + 1 : comma.index + 2]
    return (
        bool(following)
        and following[0].pos == "PROPN"
        and found.tokens[comma.index - 1].pos in ("PROPN", "NUM")
    )


# ---------------------------------------------------------------- suggestions


_NOT_THEM = frozenset({"they", "them", "their", "we", "us", "our", "she'd"})


def suggested(text: str, context: Context, *, is_to_reader: bool = False) -> str:
    """The sentences with what can be mended mended, for the candidate to check."""
    said = []
    for one in _BETWEEN.split(text):
        for wrong, right in _rules():
            one = wrong.sub(right, one)
        one = corrected(one)
        found = parse(one)
        if found is not None and is_to_reader and not any(token.lower in _NOT_THEM for token in found.tokens):
            one = said_to_reader(found, context.reader).text
        said.append(slips_of_notes.mended(_with_articles(one)))
    text = " ".join(said)
    return capital(re.sub(r"\b([Aa])n other\b", r"\1nother", text))


_BARE = frozenset({"leave", "holiday", "file", "duty", "face", "aid", "probation", "hospital", "university"})


def _with_articles(one: str) -> str:
    """ "I have big car" -> "I have a big car"."""
    found = parse(one)
    if found is None:
        return one
    edits = {}
    for token in found.tokens:
        if token.tag != "NN" or token.lower in _BARE or not lacks_article(found, token):
            continue
        first = min(
            [token.index]
            + [part.index for part in found.subtree(token) if part.index < token.index and part.dep != "case"]
        )
        word = found.tokens[first].text
        phrase = _between(found, first, token)
        is_new = token.dep in ("dobj", "attr") and token.lower not in word_sets().collective
        edits[first] = f"{indefinite(phrase)} {word}" if is_new else f"the {word}"
    return "".join(edits.get(token.index, token.text) + token.space for token in found.tokens).strip()


def _between(found: Parse, first: int, last: Token) -> str:
    return "".join(one.text + one.space for one in found.tokens[first : last.index + 1]).strip()


@cache
def _slips() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in _tables()["slips"]["patterns"]), re.I)


@cache
def _rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(wrong, re.I), right) for wrong, right in _tables()["mending"]["rules"])


@cache
def _tables() -> dict[str, Any]:
    return read_toml(PHRASEBOOK_DIR / "answers.toml")
