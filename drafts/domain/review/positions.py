"""Another position where the letter speaks of this one: "the Data Analyst role" in a letter about a nurse's post."""

from __future__ import annotations

from collections.abc import Iterator

from drafts.domain import grammar
from drafts.domain.review.findings import Finding, Part, found
from drafts.domain.review.lexicon import entries, groups, phrases
from drafts.domain.review.material import Material
from drafts.domain.review.reading import Sentence
from drafts.domain.tokens import Word, Words, fold, words_of

_MOST_WORDS = 6  # of a position between "the" and "role"
_SHORTEST_STEM = 4  # letters that "nurse" and "nursing" share


def wrong_position(material: Material) -> Iterator[Finding]:
    """Any position but this one in "the ... role" or "join you as a ..."."""
    position = grammar.position_name(material.facts.panel.interview.position)
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
    """Every place that names the position of this job, from the first word of it to the last."""
    for sentence in material.reading.sentences:
        words = sentence.words
        if not phrases("jobs", "now").are_in(words):
            continue
        text = material.reading.body
        for first, last in [*_before_a_noun(text, sentence), *_after_as(text, sentence)]:
            yield Part.BODY, words[first].start, words[last - 1].end
    words = material.reading.subject_words
    for first, last in phrases("jobs", "heads").find(words):
        begun = _begun(material.reading.subject, words, first)
        yield Part.SUBJECT, words[begun].start, words[last - 1].end


# ---------------------------------------------------------------- "the ... role"


def _before_a_noun(text: str, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """ "about the Data Analyst role", "for the position of Data Analyst"."""
    words = sentence.words
    for at, word in enumerate(words):
        if word.text not in entries("jobs", "nouns"):
            continue
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
    """The word after "the" before a noun, where nothing but words stands between."""
    for first in range(at - 1, max(-1, at - _MOST_WORDS - 2), -1):
        between = text[words[first].end : words[first + 1].start]
        if between.strip(" \t\n-/&()'’,") or "\n\n" in between:
            return None
        if words[first].text in ("the", "this", "your", "a", "an"):
            return first + 1
    return None


def _is_about_the_job(words: Words, article: int) -> bool:
    """Whether "the" is said of the job: "about the", "for the"; and nothing before speaks of another one."""
    if article < 0 or words[article].text not in ("the", "this", "your", "a", "an"):
        return False
    before = words[article - 1].text if article else ""
    if before not in entries("jobs", "about"):
        return False
    shortly_before = words[max(0, article - 7) : article]
    return not any(phrases("jobs", name).are_in(shortly_before) for name in ("past", "not_this_job"))


def _last_head(words: Words, first: int, end: int) -> int:
    """Where the position's last word ends: "Head of Nursing", "Platform Engineer (Payments)"; 0 where there is none."""
    heads = [last for _, last in phrases("jobs", "heads").find(words[first:end])]
    return first + heads[-1] if heads else 0


# ---------------------------------------------------------------- "as a ..."


def _after_as(text: str, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """ "join you as a waiter", "considering me as a waiter"; "as a waiter I learned" is the past."""
    words = sentence.words
    for at in range(1, len(words) - 2):
        if words[at].text != "as" or words[at + 1].text not in ("a", "an", "your", "the"):
            continue
        if not phrases("jobs", "as_before").are_in(words[max(0, at - 6) : at]):
            continue
        if phrases("jobs", "past").are_in(words[max(0, at - 9) : at]):
            continue
        last = _run_of_a_job(text, words, at + 2)
        if last:
            yield at + 2, last


def _run_of_a_job(text: str, words: Words, first: int) -> int:
    """Where a position that begins here ends: with the last of its words that is one of a job; 0 where none is."""
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
    """The first word of a position by its last one: capitalised words, ranks and fields before it."""
    first = head
    while first:
        word, before = words[first], words[first - 1]
        between = subject[before.end : word.start]
        is_part = (
            subject[before.start].isupper()
            or before.text in entries("jobs", "fields")
            or before.text in entries("jobs", "levels")
        )
        if between.strip(" -/&") or not is_part or before.text in entries("jobs", "ends"):
            break
        first -= 1
    return first


# ---------------------------------------------------------------- whether it is this one


def _is_this_position(material: Material, written: str) -> bool:
    """A short form of the position, or something that the facts name as well."""
    if material.names.is_noted(written):
        return True
    telling = [word for word in words_of(fold(written)) if word.text not in entries("jobs", "levels")]
    if not telling:
        return True
    own = _own_words(material)
    heads = phrases("jobs", "heads")
    for place, word in enumerate(telling):
        if any(_is_like(word.text, one) for one in own):
            continue
        last = place == len(telling) - 1
        start = word.start
        # A word before the last one makes another job of it where it is a field or written like a name.
        if (
            last
            or heads.are_in((Word(word.text, 0, 0),))
            or word.text in entries("jobs", "fields")
            or written[start].isupper()
        ):
            return _is_short_for(telling, material)
    return True


def _own_words(material: Material) -> set[str]:
    panel, person = material.facts.panel, material.facts.person
    interview = panel.interview
    texts = [
        interview.position,
        interview.team,
        interview.field,
        interview.company,
        *material.facts.own_words,
    ]
    texts += [text for one in panel.interviewers for text in (one.job_title,)]
    texts += [person.mentioned, person.enjoyed, person.goal, person.ask, *(said for _, said in person.say)]
    return {fold(word.text) for text in texts for word in words_of(text)}


def _is_like(word: str, own: str) -> bool:
    if word == own or {word, own} <= {word} or word.rstrip("s") == own.rstrip("s"):
        return True
    shared = len(word) - len(word[_shared(word, own) :])
    if (
        shared >= _SHORTEST_STEM
        and min(len(word), len(own)) - shared <= 3
        and max(len(word), len(own)) - shared <= 5
    ):
        return True
    return any(word in group and own in group for group in groups("jobs", "same"))


def _shared(word: str, own: str) -> int:
    """How many letters two words begin alike with."""
    count = 0
    for one, other in zip(word, own, strict=False):
        if one != other:
            break
        count += 1
    return count


def _is_short_for(telling: list[Word], material: Material) -> bool:
    """ "SRE" for Site Reliability Engineer, and the other way round."""
    position = [word.text for word in words_of(fold(material.facts.panel.interview.position))]
    whole = [word for word in position if word not in entries("jobs", "levels")]
    said = [word.text for word in telling]
    for long, short in ((position, said), (whole, said), (said, position), (said, whole)):
        if len(short) == 1 and len(long) > 1 and "".join(one[0] for one in long) == short[0]:
            return True
    return False
