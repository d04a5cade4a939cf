"""Finds another position where the letter means this one: "the Data Analyst role" in a letter about a nursing job."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz.distance import Prefix

from drafts.domain.naming import tidy_position
from drafts.domain.tokens import Word, Words, fold, words_of
from drafts.review.findings import Finding, Part, found
from drafts.review.lexicon import entries, groups, phrases
from drafts.review.material import Material
from drafts.review.reading import Sentence

_MOST_WORDS = 6  # of a position between "the" and "role"
_SHORTEST_STEM = 4  # letters that "nurse" and "nursing" share
# How many letters may follow the common stem in two words, the shorter rest first.
_SHORT_ENDING, _LONG_ENDING = 3, 5


def wrong_position(material: Material) -> Iterator[Finding]:
    """Any other position in "the ... role" or "join you as a ..."."""
    position = tidy_position(material.facts.panel.interview.position)
    if not words_of(position):
        return
    for part, start, end in _claims(material):
        written = material.text(part)[start:end]
        if _is_this_position(material, written):
            continue
        yield found(
            "wrong_position",
            "other",
            start,
            end,
            part=part,
            suggestions=(position,),
            found=written,
            position=position,
        )


def _claims(material: Material) -> Iterator[tuple[Part, int, int]]:
    """Every span that names the position of this job."""
    for sentence in material.reading.sentences:
        words = sentence.words
        if not phrases("jobs", "now").are_in(words):
            continue
        text = material.reading.body
        for first, last in [*_before_a_noun(text, sentence), *_after_as(text, sentence)]:
            yield Part.BODY, words[first].start, words[last - 1].end
    words = material.reading.subject_words
    for first, last in phrases("jobs", "heads").find(words):
        if phrases("jobs", "of_somebody").are_in(words[last : last + 3]):
            continue
        begun = _begun(material.reading.subject, words, first)
        yield Part.SUBJECT, words[begun].start, words[last - 1].end


# ---------------------------------------------------------------- "the ... role"


def _before_a_noun(text: str, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """ "about the Data Analyst role", "for the position of Data Analyst"."""
    words = sentence.words
    nouns = entries("jobs", "nouns") & words.places.keys()
    for at in sorted(place for noun in nouns for place in words.places[noun]):
        first = _after_article(text, words, at)
        if first is not None and first < at and _is_about_the_job(words, first - 1):
            last = _last_head(words, first, at)
            if last:
                yield first, last
        if at + 2 < len(words) and words[at + 1].text in ("of", "as") and _is_about_the_job(words, at - 1):
            begun = at + 2 + (words[at + 2].text in ("a", "an", "the"))
            last = _run_of_a_job(text, words, begun)
            if last:
                yield begun, last


def _after_article(text: str, words: Words, at: int) -> int | None:
    """The first word after "the" before a noun, if there are only words between them."""
    for first in range(at - 1, max(-1, at - _MOST_WORDS - 2), -1):
        between = text[words[first].end : words[first + 1].start]
        if between.strip(" \t\n-/&()'’,") or "\n\n" in between:
            return None
        if words[first].text in ("the", "this", "your", "a", "an"):
            return first + 1
    return None


def _is_about_the_job(words: Words, article: int) -> bool:
    """Whether "the" refers to this job ("about the", "for the") and nothing before it refers to another one."""
    if article < 0 or words[article].text not in ("the", "this", "your", "a", "an"):
        return False
    before = words[article - 1].text if article else ""
    if before not in entries("jobs", "about"):
        return False
    shortly_before = words[max(0, article - 7) : article]
    return not any(phrases("jobs", name).are_in(shortly_before) for name in ("past", "not_this_job"))


def _last_head(words: Words, first: int, end: int) -> int:
    """Where the position's last word ends: "Head of Nursing", "Platform Engineer (Payments)"; 0 if there is none."""
    heads = [last for _, last in phrases("jobs", "heads").find(words[first:end])]
    return first + heads[-1] if heads else 0


# ---------------------------------------------------------------- "as a ..."


def _after_as(text: str, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """ "join you as a waiter", "considering me as a waiter"; "as a waiter I learned" is the past."""
    words = sentence.words
    for at in words.places.get("as", ()):
        if at + 2 >= len(words) or words[at + 1].text not in ("a", "an", "your", "the"):
            continue
        if not phrases("jobs", "as_before").are_in(words[max(0, at - 6) : at]):
            continue
        if phrases("jobs", "past").are_in(words[max(0, at - 9) : at]):
            continue
        last = _run_of_a_job(text, words, at + 2)
        if last:
            yield at + 2, last


def _run_of_a_job(text: str, words: Words, first: int) -> int:
    """Where a position that begins here ends: after its last word that is part of a job title; 0 if none is."""
    end = first
    while end < len(words) and end - first < _MOST_WORDS:
        if end > first and text[words[end - 1].end : words[end].start].strip(" \t-/&'’"):
            break
        if words[end].text in entries("jobs", "ends"):
            break
        end += 1
    return _last_head(words, first, end)


# ---------------------------------------------------------------- the subject


def _begun(subject: str, words: Words, head: int) -> int:
    """The first word of a position, found from its last one: includes capitalized words, ranks and fields before it."""
    first = head
    while first:
        word, before = words[first], words[first - 1]
        between = subject[before.end : word.start]
        is_part = (
            subject[before.start].isupper()
            or before.text in entries("jobs", "fields")
            or before.text in entries("jobs", "levels")
        )
        if (
            between not in (" ", "-", "/", "&", " & ")
            or not is_part
            or before.text in entries("jobs", "ends")
        ):
            break
        first -= 1
    return first


# ---------------------------------------------------------------- whether it is this one


def _is_this_position(material: Material, written: str) -> bool:
    """Whether this is a short form of the position, or mentioned in the notes on this person."""
    if material.names.is_noted(written):
        return True
    telling = [word for word in words_of(written) if fold(word.text) not in entries("jobs", "levels")]
    if not telling:
        return True
    said = [fold(word.text) for word in telling]
    position, around = _words_of_the_position(material), _words_around(material)
    if _is_short_for(said, position):
        return True
    if not _is_one_of(said[-1], position):
        # The last word is the job. For a position without such a word ("Growth Marketing"), any word counts.
        names_a_job = phrases("jobs", "heads").are_in(Words(Word(word, 0, 0) for word in position))
        return not names_a_job and any(_is_one_of(word, position) for word in said)
    return all(
        _is_one_of(key, position)
        or any(_is_like(key, own) for own in around)
        or not _makes_another_job(key, written[word.start])
        for word, key in zip(telling[:-1], said[:-1], strict=True)
    )


def _makes_another_job(word: str, initial: str) -> bool:
    """Whether a word before the last makes it a different job: a field, a job by itself, or a capitalized word."""
    is_job = phrases("jobs", "heads").are_in(Words([Word(word, 0, 0)]))
    return is_job or word in entries("jobs", "fields") or initial.isupper()


def _words_of_the_position(material: Material) -> list[str]:
    return [fold(word.text) for word in words_of(material.facts.panel.interview.position)]


def _words_around(material: Material) -> set[str]:
    """Folded words that may also refer to the position: the team, the field, and the notes on this person."""
    interview, person = material.facts.panel.interview, material.facts.person
    texts = [interview.team, interview.field, interview.company, *material.facts.own_words]
    texts += [person.mentioned, person.enjoyed, person.goal, person.ask, *(said for _, said in person.say)]
    return {fold(word.text) for text in texts for word in words_of(text)}


def _is_one_of(word: str, position: list[str]) -> bool:
    """Whether this word is in the position, in another form ("nurse", "nursing") or as a synonym."""
    return any(
        _is_like(word, own) or any(word in same and own in same for same in groups("jobs", "same"))
        for own in position
    )


def _is_like(word: str, own: str) -> bool:
    """Whether two words share a stem, like "nurse" and "nursing"."""
    if word.rstrip("s") == own.rstrip("s"):
        return True
    shared = Prefix.similarity(word, own)
    left = sorted((len(word) - shared, len(own) - shared))
    return shared >= _SHORTEST_STEM and left[0] <= _SHORT_ENDING and left[1] <= _LONG_ENDING


def _is_short_for(said: list[str], position: list[str]) -> bool:
    """ "SRE" for Site Reliability Engineer, and the other way round."""
    whole = [word for word in position if word not in entries("jobs", "levels")]
    return any(
        len(short) == 1 and len(long) > 1 and "".join(word[0] for word in long) == short[0]
        for long, short in ((position, said), (whole, said), (said, position), (said, whole))
    )
