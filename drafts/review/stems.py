"""Finds sentence beginnings with a continuation that does not fit: "you mentioned that she told me that"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from drafts.domain.tokens import Phrases, Words
from drafts.review.findings import Finding, Part, found
from drafts.review.lexicon import entries, pairs, phrases
from drafts.review.material import Material
from drafts.review.reading import Sentence

# The words checked after a stem; no entry of the lists is longer.
_LOOKAHEAD = 8
_MARKS = frozenset("_[]{}<>…")  # placeholders, which `placeholder` reports
_SHORTEST_VERB = 5  # letters of a verb that ends in "-ed"


def stems(material: Material) -> Iterator[Finding]:
    """At most one finding per sentence: the first place where the sentence breaks."""
    for sentence in material.reading.sentences:
        place = next(_breaks(material, sentence), None)
        if place:
            case, start, end = place
            yield found("composition", case, start, end, found=material.reading.body[start:end])


def _breaks(material: Material, sentence: Sentence) -> Iterator[tuple[str, int, int]]:
    """Each fault as (case, start, end)."""
    words, body = sentence.words, material.reading.body
    yield from _empty(sentence)
    for first, last in _all_stems().find(words):
        names = _lists_of()[" ".join(word.text for word in words[first:last])]
        yield from _nothing(body, words, last, names)
        yield from _clash(body, words, first, last, names)
        yield from _repeated(body, words, first, last, names)
        yield from _past_after_experience(body, words, first, last, names)
        yield from _capital_inside(material, words, first, last, names)
    yield from _doubled(material, words)


@cache
def _lists_of() -> dict[str, frozenset[str]]:
    """Every stem with the lists of review_words.toml that contain it."""
    held: dict[str, set[str]] = {}
    for name in entries("composition", "stems"):
        for stem in entries("composition", name):
            held.setdefault(stem, set()).add(name)
    return {stem: frozenset(names) for stem, names in held.items()}


@cache
def _all_stems() -> Phrases:
    return Phrases(_lists_of())


@cache
def _cannot_follow(name: str) -> tuple[Phrases, ...]:
    """The lists of what cannot follow the stems of a list."""
    return tuple(
        phrases("composition", after) for before, after in pairs("composition", "clashes") if before == name
    )


def _clash(
    body: str, words: Words, first: int, last: int, names: frozenset[str]
) -> Iterator[tuple[str, int, int]]:
    """ "my experience with when I worked", "hear that I really liked": a continuation that does not fit the stem."""
    if "help" in names and _stands_at(phrases("composition", "not_objects"), words, last):
        # "Would help the team a great deal".
        return
    for name in sorted(names):
        for wrong in _cannot_follow(name):
            count = _stands_at(wrong, words, last)
            if count and not _is_apart(body, words, first, last + count):
                yield "stem", words[first].start, words[last + count - 1].end


def _stands_at(wanted: Phrases, words: Words, at: int) -> int:
    """The number of words of the phrase that matches here; 0 if none does."""
    if at >= len(words):
        return 0
    first, last = next(wanted.find(words[at : at + _LOOKAHEAD]), (1, 1))
    return last if first == 0 else 0


def _is_apart(body: str, words: Words, first: int, last: int) -> bool:
    """Whether words are separated by more than white space: a comma, a colon or a quotation mark.

    A word in capitals is a name ("my experience in IS audits"), and "I/O" is not a pronoun.
    """
    between = [body[words[at].end : words[at + 1].start] for at in range(first, last - 1)]
    end = words[last - 1].end
    return (
        any(text.strip(" \t\r\n") for text in between)
        or body[end : end + 1] in ("/", "-")
        or any(_is_acronym(body[words[at].start : words[at].end]) for at in range(first, last))
    )


def _is_acronym(written: str) -> bool:
    return len(written) > 1 and written == written.upper() and written != written.lower()


# ---------------------------------------------------------------- no answers


def _empty(sentence: Sentence) -> Iterator[tuple[str, int, int]]:
    """A whole sentence that says nothing, or that stops after its beginning."""
    said = " ".join(word.text for word in sentence.words)
    if said in entries("composition", "empty_sentences"):
        yield "nothing", sentence.start, sentence.end
    if said in entries("composition", "half_sentences") and not _MARKS.intersection(sentence.text):
        yield "half", sentence.start, sentence.end


def _nothing(body: str, words: Words, last: int, names: frozenset[str]) -> Iterator[tuple[str, int, int]]:
    """ "you mentioned n/a": a stem followed by an empty answer."""
    if not names & entries("composition", "stems_of_nothing"):
        return
    at = last + (last < len(words) and words[last].text == "that")
    sure = _stands_at(phrases("composition", "surely_nothing"), words, at)
    count = sure or _stands_at(phrases("composition", "nothing"), words, at)
    if not count or body[words[at - 1].end : words[at].start].strip(" \t\n:\"“'‘"):
        return
    start, end = words[at].start, words[at + count - 1].end
    if sure or body[end : end + 2].strip("\"”'’ \n")[:1] in ("", ".", ",", ";", "!", "?", "…"):
        yield "nothing", start, end


# ---------------------------------------------------------------- repeated and broken


def _repeated(
    body: str, words: Words, first: int, last: int, names: frozenset[str]
) -> Iterator[tuple[str, int, int]]:
    """ "you mentioned that you mentioned": a stem before a note that already starts with it."""
    if not names & entries("composition", "said_once"):
        return
    stem = [word.text for word in words[first:last] if word.text != "that"]
    again = [word.text for word in words[last : last + len(stem)]]
    if stem == again and not _is_apart(body, words, first, last + len(stem)):
        yield "stem", words[first].start, words[last + len(stem) - 1].end


def _past_after_experience(
    body: str, words: Words, first: int, last: int, names: frozenset[str]
) -> Iterator[tuple[str, int, int]]:
    """ "my experience with managed a team", "my experience with hit 118%": a verb where a noun is needed."""
    if "experience" not in names or last + 1 >= len(words) or _is_apart(body, words, first, last + 2):
        return
    verb, after = words[last], words[last + 1]
    is_verb = verb.text in entries("composition", "past") or (
        verb.text.endswith("ed") and len(verb.text) >= _SHORTEST_VERB
    )
    if is_verb and (after.text in entries("composition", "determiners") or after.text[0].isdigit()):
        yield "stem", words[first].start, verb.end


def _capital_inside(
    material: Material, words: Words, first: int, last: int, names: frozenset[str]
) -> Iterator[tuple[str, int, int]]:
    """ "you mentioned The ward has 24 beds": a note that is a complete sentence."""
    body = material.reading.body
    if names <= {"plain"} or last >= len(words) or _is_apart(body, words, first, last):
        return
    word = words[last]
    written = body[word.start : word.end]
    if (
        not written[0].isupper()
        or word.text not in entries("composition", "begins_anew")
        or _is_acronym(written)
        or body[words[last - 1].end : word.start].strip(" \t\n")
    ):
        return
    after = words[last + 1] if last + 1 < len(words) else None
    is_a_title = after is not None and body[after.start].isupper() and after.text != "i"
    if not is_a_title and not _is_in_a_name(material, word.start, word.end):
        yield "capital", words[first].start, word.end


def _is_in_a_name(material: Material, start: int, end: int) -> bool:
    return any(span.meets(start, end) for span in material.entered_spans(Part.BODY))


def _doubled(material: Material, words: Words) -> Iterator[tuple[str, int, int]]:
    body = material.reading.body
    for at, (word, after) in enumerate(pairwise(words)):
        if word.text != after.text:
            continue
        between = body[word.end : after.start]
        is_wrong = word.text in entries("composition", "doubled") or (
            word.text == "that" and _stands_at(phrases("composition", "that_that"), words, at) > 0
        )
        if not is_wrong or not between.isspace() or "\n\n" in between:
            continue
        if not _is_in_a_name(material, word.start, after.end):
            yield "doubled", word.start, after.end
