"""Making what a user typed fit a sentence: the ends are trimmed, the inside stays letter for letter.

A *fragment* is the text that completes a prompt ("You mentioned ___"). Users type it with a capital, a full stop,
the prompt's own words or several lines; it leaves here ready to stand inside, and at the end of, a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

import inflect

from drafts.domain.facts import Role
from drafts.domain.words import words

_BULLET = re.compile(r"\A(?:[-*•·–—]|\d{1,2}[.)])\s+")
_TRAILING = " \t.,;:!?…-–—"
# A full stop, question or exclamation mark inside, followed by a new sentence.
_NEW_SENTENCE = re.compile(r"[.!?…][\"'”’)]?\s+[\"'“‘(]?[^\W\d_]")
_WORD = re.compile(r"[^\s,.;:!?…()\"“”]+")


class Shape(StrEnum):
    """How a fragment joins the words before it."""

    PHRASE = "phrase"  # the move to Kafka
    THAT = "that"  # that the offer takes two weeks
    QUESTION = "question"  # how the team runs reviews
    CLAUSE = "clause"  # we use Kafka: a whole sentence where a fragment was asked


@dataclass(frozen=True, slots=True)
class Fragment:
    text: str
    shape: Shape

    @property
    def many(self) -> bool:
        """Whether it holds more than one sentence, so that nothing may follow it in the same one."""
        return bool(_NEW_SENTENCE.search(self.text))


def fragment(text: str, key: str, names: Iterable[str] = ()) -> Fragment | None:
    """`text` made ready to complete the prompt of `key`; None when nothing that can be said is left.

    `names` are texts of this interview written with capitals (company, people): their first words keep theirs.
    """
    body = trim(without_prompt(one_line(text), key))
    if not any(not character.isspace() for character in body) or not re.search(r"\w|[^\x00-\x7f]", body):
        return None
    first = _first_word(body).lower()
    lists = words()
    if first == "that" and len(body.split()) > 1:
        shape = Shape.THAT
    elif first in lists.questions:
        shape = Shape.QUESTION
    elif first in lists.subjects and len(body.split()) > 1:
        shape = Shape.CLAUSE
    else:
        shape = Shape.PHRASE
    return Fragment(lower_first(body, names), shape)


def one_line(text: str) -> str:
    """Lines made one: a list where they are items (bullets, or each beginning like one), else simply joined."""
    lines = [line.strip() for line in text.splitlines()]
    lines = [line for line in lines if line]
    if not lines:
        return ""
    bulleted = all(_BULLET.match(line) for line in lines)
    items = [" ".join(_BULLET.sub("", line).split()) for line in lines]
    if len(items) > 1 and (bulleted or all(_starts_item(item) for item in items[1:])):
        return join_list([trim(items[0]), *(lower_first(trim(item)) for item in items[1:])])
    return " ".join(items)


def _starts_item(line: str) -> bool:
    return _first_word(line).lower() in words().item_starts


def trim(text: str) -> str:
    """Without white space, a bullet in front, or closing punctuation (that of an abbreviation stays)."""
    text = _BULLET.sub("", text.strip()).strip()
    while text and text[-1] in _TRAILING:
        if text[-1] == "." and text.split()[-1].lower() in words().abbreviations:
            break
        text = text[:-1]
    return text


def without_prompt(text: str, key: str) -> str:
    """Without the prompt's own words in front, however often they were repeated."""
    starts = words().prompts.get(key, ())
    while True:
        rest = text.lstrip(" \t,:;-–—…_")
        low = rest.lower()
        start = next(
            (
                one
                for one in starts
                if low.startswith(one) and (len(low) == len(one) or not low[len(one)].isalnum())
            ),
            None,
        )
        if start is None:
            return text
        # "experience design" is a subject, "experience with Go" repeats the prompt.
        keep = start.split()[1] if start in ("experience of", "experience with") else ""
        text = (keep + rest[len(start) :]).lstrip(" \t,:;-–—…_")


def lower_first(text: str, names: Iterable[str] = ()) -> str:
    """With a small first letter where the first word is an ordinary one; names, acronyms, code names and "I" stay."""
    word = _first_word(text)
    if not word or not text.startswith(word) or not word[0].isupper() or word[1:] != word[1:].lower():
        return text
    if word in ("I", "I'm", "I've", "I'd", "I'll", "I’m", "I’ve", "I’d", "I’ll"):
        return text
    if any(name.split()[:1] == [word] and text.startswith(name) for name in names if name):
        return text
    low = word.lower()
    lists = words()
    gerund = len(low) > 4 and low.endswith("ing") and low not in lists.names_in_ing
    if low not in lists.common and not gerund:
        return text
    following = text[len(word) :].split()[:1]
    capitalised = bool(following) and following[0][:1].isupper() and following[0] not in ("I", "I'm", "I've")
    functional = (
        low in lists.determiners or low in lists.questions or low in lists.link_words or low in lists.subjects
    )
    # "Open Policy Agent", "Machine Learning": a name of several words keeps its capitals.
    if capitalised and not functional and not gerund and low not in _LEADING_VERBS:
        return text
    return low[0] + text[1:]


_LEADING_VERBS = frozenset(
    [
        "cut",
        "reduce",
        "build",
        "make",
        "keep",
        "move",
        "improve",
        "migrate",
        "replace",
        "rewrite",
        "scale",
        "launch",
        "create",
        "write",
        "fix",
        "learn",
        "run",
        "manage",
        "maintain",
        "support",
        "that",
        "and",
        "or",
        "but",
        "so",
        "to",
        "into",
        "after",
        "before",
        "about",
        "without",
        "against",
    ]
)


def upper_first(text: str) -> str:
    """With a capital first letter, unless it begins with a code name (iOS, gRPC, npm)."""
    word = _first_word(text)
    if not word or not text.startswith(word) or word in words().small_names or word[1:] != word[1:].lower():
        return text
    return text[0].upper() + text[1:] if len(text[0].upper()) == 1 else text


def full_stop(text: str) -> str:
    """Ended with a full stop unless it already ends a sentence, or ends in an emoji or a smiley."""
    last = text[-1:]
    if re.search(r"[.!?…][\"'”’)]*\Z|[:;]-?[()DP]\Z", text) or not (last.isalnum() or last in "\"'”’)]}%>+#"):
        return text
    return text + "."


def position_name(position: str) -> str:
    """A position without "the" before it or "role" after it; the sentences say these themselves."""
    parts = trim(" ".join(position.split())).split()
    if len(parts) > 1 and parts[-1].lower() in words().position_nouns:
        parts = parts[:-1]
    if len(parts) > 1 and parts[0].lower() in ("the", "a", "an"):
        parts = parts[1:]
    return " ".join(parts) or " ".join(position.split())


def team_name(team: str) -> str:
    """ "the Payments team", however it was typed; empty when it was not."""
    parts = trim(" ".join(team.split())).split()
    if len(parts) > 1 and parts[0].lower() in ("the", "your", "our"):
        parts = parts[1:]
    if not parts:
        return ""
    return " ".join(["the", *parts, *([] if parts[-1].lower() in words().team_nouns else ["team"])])


def greeted(greet_as: str, full_name: str) -> str:
    """The name in the greeting: what the user said (without a "Hi" of its own), else the first name."""
    name = " ".join(greet_as.split()).rstrip(" ,;:")
    parts = name.split()
    if len(parts) > 1 and parts[0].lower() in words().salutations:
        name = " ".join(parts[1:])
    return name or greet_name(full_name)


def join_list(items: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"; commas alone where the last item has an "and" of its own."""
    cleaned = [item for item in items if item]
    if len(cleaned) < 2:
        return "".join(cleaned)
    last = cleaned[-1]
    if re.search(r"\b(and|&)\b", last, re.I):
        return ", ".join(cleaned)
    return f"{', '.join(cleaned[:-1])} and {last}"


def strengths_list(items: Sequence[str], names: Iterable[str] = ()) -> list[str]:
    """Skills one by one: trimmed, a leading "and" taken off, said once."""
    seen: dict[str, str] = {}
    names = tuple(names)
    for item in items:
        text = trim(re.sub(r"\A(?:and|&)\s+", "", " ".join(item.split()), flags=re.I))
        if text and re.search(r"\w|[^\x00-\x7f]", text):
            seen.setdefault(text.casefold(), lower_first(text, names))
    return list(seen.values())


def experience_shape(found: Fragment) -> Fragment:
    """An experience made to follow "My experience": a noun gets "with", a clause stays one."""
    if found.shape is Shape.CLAUSE:
        return found
    first = _first_word(found.text).lower()
    lists = words()
    if first in lists.link_words or (
        first.endswith("ing") and len(first) > 4 and first not in lists.names_in_ing
    ):
        return found
    if re.match(r"(?:\d[\d+,.]*|\w+(?:-\w+)?|over \w+)\+? years?\b", found.text, re.I):
        return Fragment(f"of {found.text}", found.shape)
    return Fragment(f"with {found.text}", found.shape)


def goal_shape(found: Fragment) -> Fragment:
    """A goal made to follow "help the team": a verb stands as it is, a noun or an -ing form gets "with"."""
    first = _first_word(found.text).lower()
    lists = words()
    gerund = first.endswith("ing") and len(first) > 5 and first not in lists.names_in_ing
    if found.shape is not Shape.PHRASE or first in lists.determiners or gerund:
        return Fragment(f"with {found.text}", found.shape)
    return found


@lru_cache(maxsize=1024)
def indefinite(noun: str) -> str:
    """ "a" or "an" as the noun is said: an SRE, a UX designer, an 8-person team."""
    noun = noun.strip()
    match = re.match(r"\d[\d,]*", noun)
    if match:
        digits = match.group().replace(",", "")
        eleven = digits[:2] in ("11", "18") and len(digits) in (2, 5, 8)
        return "an" if digits[0] == "8" or eleven else "a"
    word = re.split(r"[\s/\-]", noun, maxsplit=1)[0].strip("\"'“‘(")
    low = word.lower()
    lists = words()
    if low in lists.takes_an:
        return "an"
    if low in lists.takes_a:
        return "a"
    letters = re.sub(r"[^A-Za-z]", "", word)
    if letters and letters == letters.upper() and letters not in lists.spoken_acronyms and len(letters) <= 5:
        return "an" if letters[0] in "AEFHILMNORSX" else "a"
    if not word or not word[0].isascii():
        return "an" if word[:1].lower() in "áàâäãåéèêëíìîïóòôöõ" and word else "a"
    return _engine().a(word).split(" ", 1)[0]


@cache
def _engine() -> inflect.engine:
    return inflect.engine()


def possessive(name: str) -> str:
    """Zylker's, Jones's, H&M's; a name that is one already (Atlassian's) stays."""
    if re.search(r"['’]s?\Z", name):
        return name
    return f"{name}'s"


def greet_name(full_name: str) -> str:
    """What one is greeted by when nothing was said: the first name, or the whole where that is not plain."""
    name = " ".join(full_name.split())
    if "," in name:
        family, _, given = name.partition(",")
        name = f"{given.strip()} {family.strip()}".strip()
    parts = name.split()
    while len(parts) > 1 and parts[0].rstrip(".").lower() in words().titles:
        parts = parts[1:]
    if not parts:
        return full_name.strip()
    first = parts[0]
    # An initial, or a particle ("van der Berg"), greets nobody.
    if re.fullmatch(r"(?:\w\.?){1,2}|\w\.\w\.?", first) and ("." in first or len(first) == 1):
        return " ".join(parts)
    if first[0].islower() and len(parts) > 1 and any(part[0].isupper() for part in parts[1:]):
        return " ".join(parts)
    return first


_ROLE_TITLES = (
    (Role.RECRUITER, r"recruit|talent|sourc|\bhr\b|human resources|people (?:ops|operations|partner)"),
    (
        Role.LEADER,
        r"\bv\.?p\b|vice president|\bc[etpidfo]o\b|chief|head of|founder|president|\bdirector of\b|partner\b",
    ),
    (Role.HIRING_MANAGER, r"manager|director|\bteam lead\b|supervisor"),
)


def role_from_title(job_title: str) -> Role | None:
    """The role a job title suggests; None when there is no title."""
    title = job_title.strip().lower()
    if not title:
        return None
    for role, pattern in _ROLE_TITLES:
        if re.search(pattern, title):
            return role
    return Role.PEER


def _first_word(text: str) -> str:
    match = _WORD.match(text.lstrip("\"'“‘("))
    return match.group() if match else ""
