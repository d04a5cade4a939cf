"""Checks what a thank-you must say: thanks, interest, something personal, next steps; and how a correction is
worded."""

from __future__ import annotations

from collections.abc import Iterator

from drafts.domain.naming import tidy_position
from drafts.domain.tokens import Phrases, Word
from drafts.review.findings import Finding, found
from drafts.review.lexicon import entries, phrases, usual
from drafts.review.material import Material
from drafts.review.reading import Sentence
from drafts.review.thresholds import APOLOGIES


def free_of(words: tuple[Word, ...], wanted: Phrases, excluded: Phrases) -> Iterator[tuple[int, int]]:
    """Matches of the wanted phrases that are not part of an excluded one."""
    matches = list(wanted.find(words))
    # Most of what is wanted is in no letter.
    taken = {at for first, last in excluded.find(words) for at in range(first, last)} if matches else set()
    for first, last in matches:
        if not taken.issuperset(range(first, last)):
            yield first, last


def _has(words: tuple[Word, ...], wanted: Phrases, excluded: Phrases) -> bool:
    return next(free_of(words, wanted, excluded), None) is not None


# ---------------------------------------------------------------- gratitude


def gratitude(material: Material) -> Iterator[Finding]:
    """The article: thank them for their time. A sign-off ("Thanks,") does not count."""
    thanked = False
    for sentence in material.reading.sentences:
        if any(
            not _is_by(sentence.words, first, "first_person")
            for first, _ in phrases("gratitude", "alone").find(sentence.words)
        ):
            return
        if _has(sentence.words, phrases("gratitude", "thanks"), phrases("gratitude", "not_for")):
            if phrases("gratitude", "for_what").are_in(sentence.words):
                return
            thanked = True
    at = material.reading.content[0].start if material.reading.content else material.reading.last_word_at
    yield found("gratitude", "elsewhere" if thanked else "absent", at, at, name=material.names.greet_as)


# ---------------------------------------------------------------- interest


def interest(material: Material) -> Iterator[Finding]:
    """The article: say again that you want the job, and why it fits."""
    if any(_wants_the_job(sentence.words) for sentence in material.reading.sentences):
        return
    at = material.reading.last_word_at
    yield found("interest", "absent", at, at, position=tidy_position(material.facts.panel.interview.position))


def _wants_the_job(words: tuple[Word, ...]) -> bool:
    """Whether a sentence says that the writer wants the job: directly, or as a wish to do a part of it."""
    for first, _ in free_of(words, phrases("interest", "says"), phrases("interest", "but_not")):
        if not _is_by(words, first, "others"):
            return True
    thanks = phrases("gratitude", "thanks").are_in(words)
    for first, last in free_of(words, phrases("interest", "wishes"), phrases("interest", "but_not")):
        if (
            last == len(words)
            or words[last].text in entries("interest", "not_wished")
            or _is_by(words, first, "others")
        ):
            continue
        if not (thanks and words[first].text in ("chance", "opportunity")):
            return True
    return False


def _is_by(words: tuple[Word, ...], at: int, who: str) -> bool:
    """Whether the nearest subject before a place is in a list: "he is excited", "I took the time"."""
    for word in reversed(words[:at]):
        if word.text in entries("subjects", who):
            return True
        if word.text in entries("subjects", "any"):
            return False
    return False


# ---------------------------------------------------------------- personal


def personal(material: Material) -> Iterator[Finding]:
    """The article: call back to something said. A note used, a P.S., or a reference to their words counts."""
    # A request to the recruiter says nothing about the conversation with the interviewer.
    said = [sentence for sentence in material.reading.sentences if sentence.start >= material.note_at]
    if _uses_a_note(material) or any(_refers(material, sentence) for sentence in said):
        return
    at = material.reading.content[0].end if material.reading.content else material.reading.last_word_at
    person = material.facts.person
    noted = next((key for key in ("mentioned", "enjoyed", "callback") if getattr(person, key).strip()), "")
    yield found(
        "personal",
        "unused" if noted else "thin",
        at,
        at,
        field=noted or "mentioned",
        name=material.names.greet_as,
    )


def _telling(words: tuple[Word, ...], material: Material) -> set[str]:
    """Words specific to this conversation: not those of every letter, nor those of the interview's own facts."""
    interview = material.facts.panel.interview
    own = {
        word
        for text in (
            interview.company,
            interview.position,
            interview.team,
            interview.field,
            *material.facts.person.strengths,
        )
        for word in text.casefold().split()
    }
    blanks = material.so_far.get("placeholder", ())
    return {
        _stem(word.text)
        for word in words
        if word.text not in usual()
        and word.text not in own
        and len(word.text) > 2
        and not any(blank.start <= word.start < blank.end for blank in blanks)
    }


def _stem(word: str) -> str:
    """The start of a word, so that other forms match ("reviews", "reviewing")."""
    word = word.removesuffix("'s")
    for ending in ("ing", "ed", "es", "s"):
        if len(word) > len(ending) + 3 and word.endswith(ending):
            return word.removesuffix(ending)
    return word


def _uses_a_note(material: Material) -> bool:
    said = _telling(material.reading.content_words, material)
    return any(
        len(told & said) >= min(2, len(told))
        for words in material.names.personal_notes
        if (told := _telling(words, material))
    )


def _refers(material: Material, sentence: Sentence) -> bool:
    """A reference to something specific that this person said or did."""
    is_postscript = any(
        ps.start == sentence.start or ps.holds(sentence.start, sentence.end)
        for ps in material.reading.postscripts
    )
    if is_postscript:
        return bool(_telling(sentence.words, material))
    noted = {word for words in material.names.all_notes for word in _telling(words, material)}
    for _, last in phrases("personal", "refers").find(sentence.words):
        after = _telling(sentence.words[last:], material)
        if len(after) >= 2 or after & noted:
            return True
    told = _telling(sentence.words, material)
    if phrases("personal", "wishes").are_in(sentence.words):
        return bool(told)
    return (len(told) >= 3 or bool(told & noted)) and _speaks_of_them(sentence.words)


def _speaks_of_them(words: tuple[Word, ...]) -> bool:
    """Whether a sentence is about what its reader did, said or has; thanking them does not count."""
    return any(
        word.text in ("you", "your", "you'd", "you've", "you're")
        and not (at and words[at - 1].text in entries("personal", "not_of_them"))
        for at, word in enumerate(words)
    )


# ---------------------------------------------------------------- next steps


def next_steps(material: Material) -> Iterator[Finding]:
    """The article: look forward to the next steps; asking again is pressure."""
    sentences = list(_askable(material))
    asks = [sentence for sentence in sentences if _asks(sentence)]
    is_expected = not material.facts.has_no_room
    if is_expected and not asks and not any(_looks_ahead(material, sentence) for sentence in sentences):
        at = material.reading.last_word_at
        yield found("next_steps", "absent", at, at)
    for again in asks[1:]:
        yield found("next_steps", "twice", again.start, again.end)


def _askable(material: Material) -> Iterator[Sentence]:
    """The text in which a question may count: the user's own sentences, without notes of what this person said, and the
    sign-off."""
    reading = material.reading
    for sentence in reading.sentences:
        if sentence.start not in material.noted_sentences:
            yield sentence
    sign_off = reading.sign_off
    if sign_off:
        text = reading.body[sign_off.start : sign_off.end]
        yield Sentence(sign_off.start, sign_off.end, reading.words_in(sign_off.start, sign_off.end), text)


def _asks(sentence: Sentence) -> bool:
    words = sentence.words
    if phrases("next_steps", "not_asks").are_in(words):
        return False
    if phrases("next_steps", "alone").are_in(words):
        return True
    if not phrases("next_steps", "what").are_in(words):
        return False
    return sentence.text.rstrip("\"'”’) ").endswith("?") or phrases("next_steps", "asks").are_in(words)


def _looks_ahead(material: Material, sentence: Sentence) -> bool:
    """A softer way to ask, near the end: a mention of what comes next, or a question about it."""
    ending = [span for span in material.reading.content if span not in material.reading.postscripts][-2:]
    if not any(span.holds(sentence.start, sentence.end) for span in ending):
        return False
    if phrases("next_steps", "softly").are_in(sentence.words):
        return True
    is_question = sentence.text.rstrip("\"'”’) ").endswith("?") and any(
        word.text in entries("next_steps", "ahead") for word in sentence.words
    )
    return is_question


# ---------------------------------------------------------------- correction


def correction(material: Material) -> Iterator[Finding]:
    """Optional, brief, never an apology (docs/sources.md)."""
    reading = material.reading
    apologies = [
        (sentence.words[first].start, sentence.words[last - 1].end)
        for sentence in reading.sentences
        for first, last in free_of(
            sentence.words, phrases("tone", "apologies"), phrases("tone", "not_apologies")
        )
        if not any(
            word.text in entries("subjects", "others") for word in sentence.words[max(0, first - 2) : first]
        )
        or sentence.words[first - 1].text in ("an", "owe")
    ]
    for start, end in apologies[APOLOGIES - 1 :]:
        yield found("correction", "apology", start, end)
    begun = _correction_span(material)
    if begun is None:
        return
    start, end = begun
    inside = len(reading.words_in(start, end))
    if inside > len(reading.words) - inside:
        yield found("correction", "too_long", start, end)


def _correction_span(material: Material) -> tuple[int, int] | None:
    """From the sentence that begins a correction to where the letter moves on."""
    answer = material.facts.person.correction.answer
    own = Phrases([answer] if len(answer.split()) > 2 else [])
    for paragraph in material.reading.content:
        for sentence in material.reading.sentences:
            if not paragraph.holds(sentence.start, sentence.end):
                continue
            if phrases("correction", "begins").are_in(sentence.words) or own.are_in(sentence.words):
                return sentence.start, _where_it_ends(material, paragraph.end)
    return None


def _where_it_ends(material: Material, end: int) -> int:
    """The end of the last paragraph after a place that only goes on explaining: no thanks, interest or next steps."""
    for paragraph in material.reading.content:
        inside = [one for one in material.reading.sentences if paragraph.holds(one.start, one.end)]
        if paragraph.start < end or not inside:
            continue
        if any(
            _wants_the_job(one.words) or _asks(one) or phrases("gratitude", "thanks").are_in(one.words)
            for one in inside
        ) or any(ps.start == paragraph.start for ps in material.reading.postscripts):
            break
        end = paragraph.end
    return end
