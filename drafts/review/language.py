"""Spelling and grammar: the proofreader's remarks, without those on words that the user entered."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz.distance import OSA

from drafts.domain import proofread
from drafts.domain.corrections import corrections, says
from drafts.domain.facts import Dialect
from drafts.domain.messages import Message, gettext_noop
from drafts.domain.tokens import Words, fold, words_of
from drafts.review.findings import Finding, Part, found
from drafts.review.lexicon import Mixup, mixups, phrases, repairs, slips, vocabulary_phrases
from drafts.review.material import Material
from drafts.review.reading import Span, begins_sentence
from drafts.review.thresholds import LONG_NAME

MOST_SUGGESTIONS = 3
_DIALECTS = {
    # Translators: completes “{found}” isn’t the {dialect} spelling.
    Dialect.AMERICAN: Message("American"),
    Dialect.BRITISH: Message("British"),
    Dialect.CANADIAN: Message("Canadian"),
    Dialect.AUSTRALIAN: Message("Australian"),
    Dialect.INDIAN: Message("Indian"),
}


def spelling(material: Material) -> Iterator[Finding]:
    if not proofread.is_available():
        yield found("spelling", "unchecked")
        return
    said = [
        one
        for rule in (
            "greeting",
            "name_spelling",
            "wrong_name",
            "wrong_company",
            "composition",
            "placeholder",
            "leftovers",
            "unsigned",
            "tone",
            "grammar",
        )
        for one in material.so_far.get(rule, ())
    ]
    for part in (Part.SUBJECT, Part.BODY):
        text = material.text(part)
        for remark in remarks(material, part):
            if part is Part.BODY and any(
                whole.holds(remark.start, remark.end) for whole, _ in material.greetings
            ):
                # Skip greetings in other languages, and the name, which has its own rules.
                continue
            if not remark.is_spelling or any(
                one.part is part and one.start < remark.end and remark.start < one.end for one in said
            ):
                continue
            start, end = _trimmed(text, remark.start, remark.end)
            written = text[start:end]
            if not _is_a_slip(text, start, written, remark.replacements):
                continue
            dialect = material.facts.dialect
            yield found(
                "spelling",
                "dialect" if dialect and proofread.is_word_anywhere(written) else "word",
                start,
                end,
                part=part,
                suggestions=_suggestions(material, written, remark.replacements),
                found=written,
                dialect=_DIALECTS[dialect] if dialect else "",
            )


def _is_a_slip(text: str, start: int, written: str, proposed: tuple[str, ...]) -> bool:
    """Whether an unknown word is a misspelling rather than a word that no dictionary has yet.

    Words of other languages, acronyms, and names of places and people are not misspellings. A name only counts as
    misspelled if it is one typo away from another name ("Wensday"), a long capitalized word if it is one typo away from
    any word.
    """
    if not written.isascii() or (written == written.upper() and len(written) > 1):
        return False
    if not written[:1].isupper() or begins_sentence(text, start):
        return True
    if _is_beside_a_name(text, start, start + len(written)):
        return False
    return any(
        OSA.distance(word.lower(), written.lower(), score_cutoff=1) <= 1
        and written.removesuffix("s") != word
        and "'" not in word
        and (len(written) >= LONG_NAME or not proofread.is_word(word.lower()))
        for word in proposed
    )


def _is_beside_a_name(text: str, start: int, end: int) -> bool:
    """Whether the next or last word is written like a name and is in no dictionary ("Zhang Xiaoyu")."""
    before = re.search(r"([^\W\d_]+)[ ]\Z", text[:start])
    after = re.match(r"[ ]([^\W\d_]+)", text[end:])
    return any(
        beside and beside[1][0].isupper() and not proofread.is_word(beside[1].lower())
        for beside in (before, after)
    )


def grammar(material: Material) -> Iterator[Finding]:
    said = [
        one
        for rule in ("composition", "leftovers")
        for one in material.so_far.get(rule, ())
        if one.part is Part.BODY and one.start < one.end
    ]
    slips_there = [
        slip
        for slip in (*_slips(material), *_mixups(material))
        if not any(one.start < slip.end and slip.start < one.end for one in said)
    ]
    yield from slips_there
    # A text that is broken as a whole needs no findings on its words.
    said += slips_there
    for remark in remarks(material, Part.BODY):
        if any(one.start < remark.end and remark.start < one.end for one in said):
            continue
        if remark.is_spelling or material.reading.is_closing(remark.start, remark.end):
            continue
        finding = found(
            "grammar",
            "slip",
            remark.start,
            remark.end,
            suggestions=_decent(remark.replacements)[:MOST_SUGGESTIONS],
            advice=_advice(remark),
        )
        said.append(finding)
        yield finding
    yield from _second_language(material, said)


def _second_language(material: Material, said: list[Finding]) -> Iterator[Finding]:
    """Mistakes of writers in a second language, where no other finding stands."""
    reading = material.reading
    stands = [
        Span(one.start, one.end)
        for one in (*said, *(one for group in material.so_far.values() for one in group))
        if one.part is Part.BODY and one.start < one.end
    ]
    stands += _names(material, Part.BODY)
    for paragraph in reading.content:
        # Not the greeting and the signature, which need no parse.
        for one in corrections(reading.body[paragraph.start : paragraph.end]):
            start, end = paragraph.start + one.start, paragraph.start + one.end
            if not any(span.meets(start, end) for span in stands):
                yield found(
                    "grammar", "slip", start, end, suggestions=(one.replacement,), advice=says(one.rule)
                )


def _advice(remark: proofread.Remark) -> Message:
    """The engine speaks English only."""
    english = _plain(remark.message)
    if right := next(iter(_decent(remark.replacements)), ""):
        return Message.instead_of(
            english, gettext_noop("Perhaps this should be “{right}”."), {"right": right}
        )
    return Message.instead_of(english, gettext_noop("This may be a grammar mistake. Check it."), {})


def _slips(material: Material) -> Iterator[Finding]:
    for first, last in slips().find(material.reading.words):
        words = material.reading.words[first:last]
        start, end = words[0].start, words[-1].end
        written = material.reading.body[start:end]
        right = repairs()[" ".join(word.text for word in words)]
        right = right[0].upper() + right[1:] if written[0].isupper() else right
        yield found(
            "grammar",
            "slip",
            start,
            end,
            suggestions=(right,),
            advice=Message("Write “{right}”.", right=right),
        )


def _mixups(material: Material) -> Iterator[Finding]:
    """Words that sound alike ("your welcome", "you're team"), in obvious cases that the proofreader misses."""
    reading = material.reading
    for mixup in mixups():
        if mixup.wrong not in reading.words.texts:
            continue
        for sentence in reading.sentences:
            for at, word in enumerate(sentence.words):
                if word.text == mixup.wrong and _is_mixed_up(mixup, reading.body, sentence.words, at):
                    written = reading.body[word.start : word.end]
                    right = mixup.right[0].upper() + mixup.right[1:] if written[0].isupper() else mixup.right
                    yield found(
                        "grammar",
                        "slip",
                        word.start,
                        word.end,
                        suggestions=(right,),
                        advice=Message("Write “{right}”.", right=right),
                    )


def _is_mixed_up(mixup: Mixup, body: str, words: Words, at: int) -> bool:
    before = words[at - 1].text if at and not body[words[at - 1].end : words[at].start].strip() else ""
    if before in mixup.not_before or (mixup.before and before not in mixup.before):
        return False
    if mixup.before and not mixup.after:
        return at + 1 < len(words) and body[words[at].end : words[at + 1].start].isspace()
    return any(_follows(phrase, body, words, at) for phrase in mixup.after)


def _follows(phrase: tuple[str, ...], body: str, words: Words, at: int) -> bool:
    """Whether these words come next, with only white space between; "." is the end of a clause."""
    for place, wanted in enumerate(phrase, at + 1):
        between = body[words[place - 1].end : words[place].start if place < len(words) else None]
        if wanted == ".":
            return place >= len(words) or between.strip()[:1] in tuple(".,;:!?")
        if place >= len(words) or words[place].text != wanted:
            return False
        if not (between.isspace() or (between == "-" and place > at + 1)):
            return False
        if wanted == "a" and body[words[place].start] == "A":
            # "Your A levels".
            return False
    end = words[at + len(phrase)].end
    return body[end : end + 1] != "-"


MOST_REMARKS = 60  # checked; each takes the engine a few milliseconds, and no real letter has this many


def remarks(material: Material, part: Part) -> list[proofread.Remark]:
    """The proofreader's remarks on one part, without those on names, technical terms, links and addresses."""
    if part not in material.remarks:
        material.remarks[part] = _remarks(material, part)
    return material.remarks[part]


def _remarks(material: Material, part: Part) -> list[proofread.Remark]:
    text = material.text(part)
    dialect = material.facts.dialect
    names = _names(material, part)
    kept = []
    for remark in proofread.proofread(text, dialect or Dialect.AMERICAN)[:MOST_REMARKS]:
        if any(span.holds(remark.start, remark.end) for span in names):
            continue
        if remark.is_spelling and _is_right(material, text, remark, anywhere=dialect is None):
            continue
        if not remark.is_spelling and _is_about_a_name(material, text, remark, names):
            continue
        written = text[remark.start : remark.end]
        if remark.kind == "Capitalization" and len(written) > 1 and written == written.upper():
            # The engine confuses acronyms ("ACLS" with "ACLs").
            continue
        kept.append(remark)
    return kept


def _names(material: Material, part: Part) -> list[Span]:
    """The places of names, technical terms, links and addresses."""
    if part not in material.terms:
        words = material.words(part)
        material.terms[part] = [
            Span(words[first].start, words[last - 1].end)
            for first, last in vocabulary_phrases().find(words)
            if last - first > 1
        ]
    names = [*material.entered_spans(part), *material.terms[part]]
    return [*names, *material.reading.urls] if part is Part.BODY else names


def _is_right(material: Material, text: str, remark: proofread.Remark, *, anywhere: bool) -> bool:
    """Whether the word, or the longer word it is a part of ("Node.js"), is known."""
    start, end = remark.start, remark.end
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    written = text[remark.start : remark.end]
    whole = text[start:end].strip(".,;:!?()[]{}\"“”‘’'…")
    for piece in (written, whole, *re.split(r"[/–—]", whole)):
        if material.names.is_known(piece):
            return True
    # "Kubernetes-based": check every part.
    parts = [part for part in re.split(r"[-/]", whole) if part]
    if len(parts) > 1 and all(
        material.names.is_known(part) or proofread.is_word(fold(part)) for part in parts
    ):
        return True
    if is_compound(fold(written)) or (
        written.lower() in proofread.lists()["pieces"]
        and "-" in (text[start : remark.start][-1:], text[remark.end : end][:1])
    ):
        return True
    if any(character.isdigit() or character == "&" for character in whole) or not any(
        character.isalpha() for character in written
    ):
        return True
    return anywhere and proofread.is_word_anywhere(written)


@lru_cache(maxsize=4096)
def is_compound(word: str) -> bool:
    """Whether the word is a known word with a prefix ("intercompany"), which dictionaries may lack."""
    return any(
        word.startswith(prefix)
        and len(word) >= len(prefix) + 5
        and proofread.is_word(word.removeprefix(prefix))
        for prefix in proofread.lists()["prefixes"]
    )


def _is_about_a_name(material: Material, text: str, remark: proofread.Remark, names: list[Span]) -> bool:
    """Whether the remark is about grammar around a name that the engine does not know: "a Ubuntu", "Kafkas is"."""
    if any(span.meets(remark.start, remark.end) for span in names) or material.names.is_known(
        text[remark.start : remark.end]
    ):
        return True
    if remark.kind == "Capitalization" and any(span.end <= remark.start <= span.end + 2 for span in names):
        # The full stop of "Zylker Ltd." does not end a sentence.
        return True
    after = re.match(r"\W*([^\s]+)", text[remark.end :])
    inside = text[remark.start : remark.end].split()
    beside = [after.group(1)] if after and len(inside) == 1 and inside[0].lower() in ("a", "an") else []
    return any(
        material.names.is_known(word.strip(".,;:!?()\"'“”"))
        and not proofread.is_word(fold(word.strip(".,;:!?()\"'“”")))
        for word in (*inside, *beside)
    )


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _suggestions(material: Material, written: str, proposed: tuple[str, ...]) -> tuple[str, ...]:
    """The suggestions, nearest first; words of this interview before dictionary words."""
    key = fold(written)
    near = [
        word
        for word in material.names.known_words
        if abs(len(word) - len(key)) <= 1
        and len(key) > 3
        and OSA.distance(fold(word), key, score_cutoff=1) <= 1
    ]
    ranked = sorted(
        dict.fromkeys(proposed),
        key=lambda word: (OSA.distance(fold(word), key), _other_letters(fold(word), key)),
    )
    return _decent(tuple(dict.fromkeys([*near, *ranked])))[:MOST_SUGGESTIONS]


def _decent(proposed: tuple[str, ...]) -> tuple[str, ...]:
    """The suggestions without swear words and slurs, which the engine does not filter."""
    return tuple(text for text in proposed if not phrases("spelling", "offensive").are_in(words_of(text)))


def _other_letters(one: str, other: str) -> int:
    """The number of letters that two words do not share; it is 0 for swapped letters ("thougth"), the likelier typo."""
    a, b = Counter(one), Counter(other)
    return sum(((a - b) + (b - a)).values())


def _plain(message: str) -> str:
    """The engine's message without Markdown, and with our quotation marks."""
    text = re.sub(r"`([^`]*)`", r"“\1”", message)
    return re.sub(r"[*_]{1,2}([^*_]+)[*_]{1,2}", r"\1", text)
