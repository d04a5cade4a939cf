"""Tries the sentences a remark could become and takes the first sound one, else the sound parts of the remark."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from drafts.domain.notes.lists import frame_of
from drafts.domain.notes.mending import mended
from drafts.domain.notes.parser import SUBJECTS, parse
from drafts.domain.notes.points import Asked, Context, Form, Point
from drafts.domain.notes.shapes import Shape, shape_of
from drafts.domain.notes.soundness import FOREIGN_DECIMAL, doubt

MOST_PARTS = 6  # commas at which a remark may be cut
FEWEST_WORDS = 2  # of a part worth a sentence
# A text that starts with one of these refers to the text before it, which may not be in the letter.
REFERS_BACK = re.compile(
    r"\b(?:it|its|this(?! (?:year|week|month|quarter|summer|winter|spring|autumn|fall|time|role|job))|that's"
    r"|these|those|the one|the other|another|them|they|there|then|same|so)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible wording of a remark: `text` in its form, and whether its pronouns were clear."""

    form: Form
    text: str
    sure: bool = True
    reason: str = ""


# A part that begins like this depends on something before it.
_HANGING = re.compile(
    r"(?:like|such as|so|because|which|but|than|rather|instead|e\.g\.?|i\.e\.?|for example|not|nor|or)\b",
    re.I,
)


def sentence_of(key: str, form: Form, text: str) -> str:
    """The plainest sentence of a point, with its closing mark."""
    frame = frame_of(key, form)
    said = text if frame[0] != "{" else text[:1].upper() + text[1:]
    if said.endswith((".", "!", "?")) and frame.endswith(("}.", "}?")):
        said = said[:-1] if frame.endswith("?") or said.endswith(".") else said
        return frame[:-1].format(said) if said.endswith(("!", "?")) else frame.format(said)
    return frame.format(said)


_PHRASES = frozenset({Form.ABOUT, Form.TALKED, Form.ITSELF})
# "you said" with nothing after it, or a percentage of something unnamed.
_VAGUE = re.compile(
    r"(?:(?:on|in|at) the interview )?you (?:said|say|told|tell|mentioned|explained)\b"
    r"|(?:about |nearly |over )?\d+(?:[.,]\d+)?% (?!of\b)",
    re.I,
)


def _ends_in_adjective(text: str) -> bool:
    found = parse(text)
    return found is not None and len(found.tokens) > 1 and found.tokens[-1].tag == "JJ"


def fits(key: str, candidate: Candidate, context: Context) -> str:
    """Why a candidate cannot be used (an id of reasons.toml); "" if it can."""
    if candidate.reason:
        return candidate.reason
    if not candidate.sure:
        return "third_person"
    if candidate.form in _PHRASES and ("," in candidate.text or _ends_in_adjective(candidate.text)):
        return "shape"
    if candidate.form is Form.THAT and _VAGUE.match(candidate.text):
        return "shape"
    sentence = sentence_of(key, candidate.form, candidate.text)
    is_phrase = candidate.form is Form.PHRASE
    return doubt(
        sentence,
        context.known,
        question=sentence.endswith("?"),
        phrase=is_phrase,
        loose=key in WHOLE_ONLY and candidate.form is Form.OWN,
    )


def found_in_parts(
    key: str, tidied: str, typed: str, context: Context, maker: Callable[[str, Context], list[Candidate]]
) -> Iterator[Point | Asked]:
    """The whole remark as one point, else its longest sound beginning as a point, and so on with the rest."""
    whole = _best(key, tidied, typed, context, maker)
    if isinstance(whole, Point) or key in WHOLE_ONLY:
        yield whole
        return
    without = re.sub(r"\s*\([^()]*\)", "", tidied).strip(" ,")
    chunks = [chunk.strip() for chunk in re.split(r"[,:]\s+|\s+(?=\()|(?<=\))\s+", without) if chunk.strip()][
        :MOST_PARTS
    ]
    if len(chunks) < 2 and without == tidied:
        yield whole
        return
    points, used = _points_in(key, chunks, lambda part: _best(key, part, typed, context, maker))
    cut_off = " ".join(chunk for number, chunk in enumerate(chunks) if number not in used)
    if not points or (key == "experience" and re.search(r"\d", cut_off)):
        yield whole
        return
    yield from points
    for number, chunk in enumerate(chunks):
        if number not in used:
            yield Asked(chunk, "", "shape")
    for aside in re.findall(r"\([^()]*\)", tidied) if without != tidied else ():
        yield Asked(aside, "", "shape")


def _points_in(
    key: str, chunks: list[str], best: Callable[[str], Point | Asked]
) -> tuple[list[Point], set[int]]:
    """The points found in the parts of a remark, and the indexes of the parts they use."""
    points: list[Point] = []
    at = 0
    used: set[int] = set()
    while at < len(chunks):
        longest = _longest_point(key, chunks, at, best, follows_gap=not used.issuperset(range(at)))
        if longest:
            point, end = longest
            points.append(point)
            used.update(range(at, end))
            at = end
            continue
        if points and at - 1 in used and _is_detail(key, points[-1], chunks[at]):
            points[-1] = _with_detail(points[-1], chunks[at])
            used.add(at)
        elif points or key == "experience":
            # The next part may refer back to one that could not be turned into a point.
            break
        at += 1
    return points, used


def _longest_point(
    key: str, chunks: list[str], at: int, best: Callable[[str], Point | Asked], *, follows_gap: bool
) -> tuple[Point, int] | None:
    """The longest sound point that begins with part `at`, and the index after its last part."""
    for end in range(len(chunks), at, -1):
        part = ", ".join(chunks[at:end])
        if at:
            part = re.sub(r"\A(?:and|but|so|also|then|plus|which)\s+", "", part, flags=re.I)
        if len(part.split()) < FEWEST_WORDS or not _may_be_part(key, part, first=not at):
            continue
        if follows_gap and (REFERS_BACK.search(part) or part[0].isdigit()):
            # "14 techs, 3 are apprentices": this part refers to one that was left out.
            continue
        outcome = best(part)
        if isinstance(outcome, Point):
            return outcome, end
    return None


MOST_DETAILS = 10  # words in brackets after a point
_DETAILED = frozenset({"experience", "mentioned", "forgot"})
_DETAIL_TAGS = frozenset({"VBZ", "VBP", "MD", "PRP", "PRP$", "WP", "WDT", "WRB"})


def _is_detail(key: str, point: Point, chunk: str) -> bool:
    """Whether a part after a comma can follow in brackets: "ran the line, 140 covers, two shifts"."""
    chunk = _unmarked(chunk)
    found = parse(chunk)
    if (
        key not in _DETAILED
        or found is None
        or _HANGING.match(chunk)
        or re.search(r"[<>|{}()\[\]=*/→?!]", chunk)
    ):
        return False
    if _has_details(point):
        chunk = f"{point.text[point.text.rindex('(') + 1 : -1]}, {chunk}"
    if len(chunk.split()) > MOST_DETAILS or FOREIGN_DECIMAL.search(chunk):
        return False
    if re.fullmatch(r"\d[\d,.]*[k%+]? [a-z]+", chunk):
        # "40 covers": the parser takes some of these for verbs.
        return True
    if _is_action(chunk):
        return False
    acts = any(child.dep in ("dobj", *SUBJECTS) for token in found.tokens for child in found.children(token))
    return not acts and not any(token.tag in _DETAIL_TAGS or token.lower == "not" for token in found.tokens)


def _has_details(point: Point) -> bool:
    return bool(re.search(r"\([^()]*\)\Z", point.text))


def _with_detail(point: Point, chunk: str) -> Point:
    chunk = _unmarked(chunk)
    if _has_details(point):
        return replace(point, text=f"{point.text[:-1]}, {chunk})")
    return replace(point, text=f"{point.text} ({chunk})")


# A P.S. or a correction may change its meaning if a part is missing.
WHOLE_ONLY = frozenset({"callback", "answer"})
_WITHOUT_SUBJECT = frozenset({"experience", "forgot"})


def _may_be_part(key: str, part: str, *, first: bool) -> bool:
    """Whether a part of a remark may be used without the rest; a single item from a list of things I did says too
    little."""
    if not first:
        return _stands_alone(key, part)
    if key != "experience":
        return True
    found = parse(part)
    if found is not None and shape_of(found) is not Shape.NOUN:
        return True
    return bool(re.match(r"\w+(?: \w+)? (?:years|months)\b", part))


def _stands_alone(key: str, part: str) -> bool:
    """Whether a later part of a remark makes sense by itself: a clause with its own subject, or what I did."""
    found = parse(part)
    if found is None:
        return False
    return (key in _WITHOUT_SUBJECT and _is_action(part)) or shape_of(found) is Shape.CLAUSE


def _is_action(part: str) -> bool:
    """ "cut the waste" was done by a person, whereas "came in early" may describe the thing before it."""
    found = parse(f"I {part}")
    if found is None or len(found.tokens) < 3:
        return False
    verb = found.tokens[1]
    acts_on = any(child.dep == "dobj" for child in found.children(verb))
    return verb.tag == "VBD" and found.tokens[0].dep in SUBJECTS and acts_on


def _unmarked(text: str) -> str:
    """The text without closing punctuation, except the full stop of an abbreviation."""
    text = text.rstrip("!? ")
    return text if re.search(r"(?:\b[A-Z]|\b(?:Inc|Ltd|Co|etc|a\.m|p\.m))\.\Z", text) else text.rstrip(". ")


def _best(
    key: str, part: str, typed: str, context: Context, maker: Callable[[str, Context], list[Candidate]]
) -> Point | Asked:
    candidates = maker(part, context)
    reason, suggestion = "shape", ""
    if _HANGING.match(part) and key not in WHOLE_ONLY:
        return Asked(
            typed, sentence_of(key, candidates[0].form, candidates[0].text) if candidates else "", reason
        )
    for candidate in candidates:
        text = candidate.text if key == "callback" else _unmarked(candidate.text)
        candidate = Candidate(candidate.form, mended(text), candidate.sure, candidate.reason)
        problem = fits(key, candidate, context)
        if not problem:
            return Point(key, candidate.form, candidate.text, typed)
        if not suggestion:
            reason, suggestion = problem, sentence_of(key, candidate.form, candidate.text)
    return Asked(typed, suggestion, reason)
