"""Tone: too familiar, too loud, too apologetic, too pushy; pay, badmouthing others, and belittling oneself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from drafts.domain.facts import Kind, Outcome
from drafts.domain.kinds import letter_kind
from drafts.domain.proofread import LONGEST_WORD, is_word
from drafts.domain.tokens import Word, fold, words_of
from drafts.review.content import free_of
from drafts.review.findings import Finding, Part, found
from drafts.review.lexicon import entries, phrases
from drafts.review.material import Material
from drafts.review.reading import begins_sentence
from drafts.review.thresholds import DRAWN_OUT_LETTERS, EXCLAMATIONS, SHOUTED_LETTERS

_EMOJI = re.compile(
    "(?:[\U0001f000-\U0001faff\U00002600-\U000027bf\U00002b00-\U00002bff\U0001f1e6-\U0001f1ff]"
    "[\ufe0f\u200d\U0001f3fb-\U0001f3ff]*)+"
    r"|(?<![\w/:])[:;=8xX]['’]?-?[)(DPpO/\\|*3](?![\w/])|<3+(?!\d)|(?<!\w)\^_+\^|(?<!\w)[xX]D\b"
)
# Marks that are common in letters but are in Unicode's symbol ranges.
_NO_EMOJI = frozenset("✓✔✗✘➔➜→★☆❖●○")
# "Heyyy", "sooo": three of a letter in a row, which no word has.
_RUN = re.compile(r"([^\W\d_])\1\1+")
_EXCLAMATIONS = re.compile(r"!(?:[!?1])+|[?]!+")
_CAPITALS = re.compile(
    r"\b[^\W\d_a-z]{2,}(?:['’][^\W\d_a-z]+)?(?:[ ,]+(?:[^\W\d_a-z]{2,}|I|A)(?:['’][^\W\d_a-z]+)?)*\b"
)


def tone(material: Material) -> Iterator[Finding]:
    """The article: stay professional, not too chummy."""
    yield from _said(material)
    yield from _badmouthing(material)
    yield from _rates(material)
    yield from _emoji(material)
    yield from _shouting(material)
    yield from _exclamations(material)


_LISTS = (
    ("swearing", "swearing", None),
    ("vocative", "vocatives", "not_slang"),
    ("chummy", "chummy", "not_slang"),
    ("slang", "slang", "not_slang"),
    ("grovelling", "grovelling", "not_grovelling"),
    ("pushy", "pushy", "not_pushy"),
    ("abusive", "abusive", "not_abusive"),
    ("ill", "ill", "not_ill"),
    ("belittling", "belittling", "not_belittling"),
    ("pay", "pay", "not_pay"),
)
# "38/hr", "$60,000 a year".
_RATE = re.compile(
    r"(?:[$€£]\s?\d[\d,.]*\s?k?|(?<![\w./,])\d[\d,.]*k?)\s?(?:/\s?(?:hr|hour|yr|annum)\b)"
    r"|[$€£]\s?\d[\d,.]*\s?k?\s(?:per|an?)\s(?:hour|year|annum|month|week|day|shift)\b"
)


def _said(material: Material) -> Iterator[Finding]:
    for part in (Part.SUBJECT, Part.BODY):
        text, words = material.text(part), material.words(part)
        own = {at for first, last in material.names.entered_phrases.find(words) for at in range(first, last)}
        taken = set(own)
        for case, wanted, excluded in _LISTS:
            if case == "pay" and _is_about_pay(material):
                continue
            apart = phrases("tone", excluded) if excluded else phrases("tone", "nothing")
            for first, last in free_of(words, phrases("tone", wanted), apart):
                places = set(range(first, last))
                if (
                    case == "vocative"
                    and (
                        not _is_vocative(text, words[first].start, words[last - 1].end)
                        # Greetings without a name have their own rule.
                        or not text[: words[first].start].strip()
                    )
                ):
                    continue
                if places & taken or (part is Part.BODY and _is_apart(material, words[first].start)):
                    continue
                taken |= places
                start, end = words[first].start, words[last - 1].end
                yield found(
                    "tone",
                    "chummy" if case == "vocative" else case,
                    start,
                    end,
                    part=part,
                    found=text[start:end],
                )
        for word in words if _RUN.search(text.casefold()) else ():
            if _is_drawn_out(material, word) and not (part is Part.BODY and _is_apart(material, word.start)):
                yield found(
                    "tone", "slang", word.start, word.end, part=part, found=text[word.start : word.end]
                )


def _is_about_pay(material: Material) -> bool:
    """Whether the job is about pay, as in payroll, or there is an offer to negotiate."""
    if Outcome.OFFER in _outcomes(material.facts.kind):
        return True
    interview = material.facts.panel.interview
    texts = (
        interview.position,
        interview.company,
        interview.field,
        interview.team,
        material.facts.person.job_title,
    )
    return any(phrases("tone", "pay_trades").are_in(words_of(text)) for text in texts)


def _outcomes(kind: Kind) -> tuple[Outcome, ...]:
    return letter_kind(kind).outcomes


def _rates(material: Material) -> Iterator[Finding]:
    if _is_about_pay(material):
        return
    body = material.reading.body
    for match in _RATE.finditer(body):
        if not _is_apart(material, match.start()):
            yield found("tone", "pay", match.start(), match.end(), found=match.group())


def _badmouthing(material: Material) -> Iterator[Finding]:
    """ "My last boss was such a bully": a person, a few function words, and an insult."""
    body = material.reading.body
    for sentence in material.reading.sentences:
        words = sentence.words
        for first, last in phrases("tone", "targets").find(words):
            at = last
            while (
                at < len(words)
                and at - last < _SMALL_WORDS
                and words[at].text in entries("tone", "small_between")
            ):
                at += 1
            bad = next(phrases("tone", "ill_words").find(words[at : at + 4]), None)
            if at > last and bad and bad[0] == 0:
                start, end = words[first].start, words[at + bad[1] - 1].end
                yield found("tone", "ill", start, end, found=body[start:end])


_SMALL_WORDS = 7  # words between a person and the insult


def _is_apart(material: Material, place: int) -> bool:
    """Whether a position is in the signature or in a link, which have no tone."""
    reading = material.reading
    return reading.is_in_signature(place, place) or reading.is_in_link(place, place + 1)


def _is_drawn_out(material: Material, word: Word) -> bool:
    """Whether letters are repeated for effect; "necesssity" is a typo, which the proofreader reports."""
    said = word.text
    if len(said) > LONGEST_WORD or set(said) <= {"w", "x", "i"}:
        return False
    run = _RUN.search(said)
    if run is None or len(_RUN.sub(r"\1", said)) > DRAWN_OUT_LETTERS:
        return False
    return not material.names.is_known(said) and not is_word(said[: run.start()] + said[run.start() + 1 :])


def _is_vocative(text: str, start: int, end: int) -> bool:
    """Whether a word addresses someone: set off by a comma, or at the end of a sentence after a greeting or thanks."""
    before, after = text[:start].rstrip(), text[end:].lstrip(" ")
    if text[start - 1 : start] == "-" or text[end : end + 1] == "-":
        return False
    set_off = before.endswith(",") or before.split()[-1:] in (
        ["Hey"],
        ["hey"],
        ["Hi"],
        ["hi"],
        ["thanks"],
        ["Thanks"],
        ["you"],
        ["yo"],
        ["Yo"],
    )
    if begins_sentence(text, start):
        return after.startswith((",", "!"))
    return set_off and (not after or after[0] in ",.!?;\n")


def _emoji(material: Material) -> Iterator[Finding]:
    for part in (Part.SUBJECT, Part.BODY):
        for match in _EMOJI.finditer(material.text(part)):
            text = match.group()
            if set(text) <= _NO_EMOJI or (
                part is Part.BODY and any(url.meets(*match.span()) for url in material.reading.urls)
            ):
                continue
            yield found("tone", "emoji", match.start(), match.end(), part=part, found=text)


def _shouting(material: Material) -> Iterator[Finding]:
    """Words in capitals that are not acronyms: several in a row, or a single long one."""
    for part in (Part.SUBJECT, Part.BODY):
        text = material.text(part)
        if text.isascii() and text.lower() == text:
            continue
        for match in _CAPITALS.finditer(text):
            words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", match.group())
            loud = [word for word in words if _is_shouted(material, word)]
            if not _is_loud(loud):
                continue
            if part is Part.BODY and (
                _is_apart(material, match.start())
                or any(url.meets(*match.span()) for url in material.reading.urls)
            ):
                continue
            start = match.start() + match.group().index(loud[0])
            end = match.start() + match.group().rindex(loud[-1]) + len(loud[-1])
            yield found("tone", "shouting", start, end, part=part, found=text[start:end])


def _is_loud(words: list[str]) -> bool:
    """Whether this is an emphatic word or a run of words in capitals; any other single word in capitals is a label."""
    if len(words) > 1:
        return any(len(word) >= SHOUTED_LETTERS for word in words)
    return bool(words) and words[0].lower() in entries("tone", "shouted")


def _is_shouted(material: Material, word: str) -> bool:
    if len(word) < 3 or word.lower() == word or any(unicodedata.category(c) == "Lo" for c in word):
        return False
    return not material.names.is_known(word) and (is_word(fold(word)) or len(word) > 6)


def _exclamations(material: Material) -> Iterator[Finding]:
    """Several exclamation marks in a row, or too many in one letter."""
    for part in (Part.SUBJECT, Part.BODY):
        text = material.text(part)
        rows = list(_EXCLAMATIONS.finditer(text))
        for match in rows:
            yield found(
                "tone",
                "exclamations",
                match.start(),
                match.end(),
                part=part,
                suggestions=("!" if "?" not in match.group() else "?", "."),
            )
        if part is Part.BODY and not rows:
            marks = [match.start() for match in re.finditer("!", text)]
            for at in marks[EXCLAMATIONS - 1 :]:
                yield found("tone", "exclamations", at, at + 1, suggestions=(".",))
