"""Words that complete a sentence of the letter: what to talk about, what was agreed, the pay, and when one is free."""

from __future__ import annotations

import re

from drafts.domain.follow_ups.doubts import Read
from drafts.domain.follow_ups.phrases import phrase
from drafts.domain.kinds import Prompt
from drafts.domain.notes.parser import Parse, Token, parse
from drafts.domain.notes.points import Context
from drafts.domain.notes.soundness import FOREIGN_DECIMAL

# ---------------------------------------------------------------- points and what was agreed

_BREAKS = re.compile(r"\s[-–—]+\s|[?;:()]|\.\s")
_BELONGS = re.compile(r"(?:not|and|or)\b", re.I)
_MINE = re.compile(r"\b(?:i|i'm|i've|i'll|mine|we|they|he|she|because|please|want|need)\b", re.I)
# Adjectives that other languages put after the noun.
_AFTER = re.compile(
    r"\b((?:salary|contract|pay|wage|holiday|bonus|money|hours|days|shift|ticket)s?) "
    r"(basic|direct|extra|free|full|fixed|monthly|yearly|annual|minimum|net|gross|more|better|high|higher)\b",
    re.I,
)
_RATHER = re.compile(r"(\d+(?: in \d+)?) not (\d)")
_WRONG_IN = re.compile(r"\b(?:in|on) (?=(?:christmas|easter)\b)", re.I)
_ASKS = re.compile(
    r"(?:is|are|was|do|does|did|can|could|will|would|should|may|have|has)\b"
    r"|(?:what|why|how|when|where|which|who)(?: (?:much|many|long|often))? (?:is|are|do|does|can|could|will|would)\b",
    re.I,
)
# "how the overtime is paid"
_CLAUSE = re.compile(r"(?:how|whether|when|where|what|which) (?:the|my|your|much|many|long)\b", re.I)
_ABOUT = re.compile(r"\A(?:about|regarding|re:?|concerning) ", re.I)
# "hourly rate £13", "no weekends", "a bit more per hour": these ask for something, and name no thing to talk about.
_AMOUNT = re.compile(
    r"\b(rate|pay|salary|wage|base|bonus|allowance|probation|notice|budget) ([£$€]?\d)", re.I
)
_NO = re.compile(r"\Ano (weekends|nights|sundays|saturdays|overtime|night shifts|evenings)\b", re.I)
_WISH = re.compile(
    rf"{_AMOUNT.pattern}|\Ano\b|\A(?:a (?:bit|little) )?(?:more|less|better|higher|bigger|extra)\b", re.I
)
_TIMES = re.compile(r"\b(?:1|one) times? (?=(?:every|per|a) )", re.I)


SHORT = 3  # words of an item


def point(prompt: Prompt, typed: str, context: Context) -> Read:
    """One thing to talk about, as it follows "about"; asked about unless it plainly is one."""
    typed = re.sub(r"\s/\s", " and ", _ABOUT.sub("", typed))
    text = phrase(typed, context, prompt.article)
    if not text:
        return Read("", "point")
    if (
        is_thing(text)
        and not _WISH.search(typed)
        and not _BREAKS.search(typed.strip(" ?.!"))
        and "," not in typed
    ):
        return Read(text)
    items = typed.split(", ")
    if len(items) > 1 and all(
        len(one.split()) <= SHORT and is_thing(one) and not _WISH.search(one) for one in items
    ):
        return Read(text)
    first = re.split(r",|(?<=\w) (?:because|since|as it)\b|\s[-–—]+\s|[?;:(]|\.\s", typed)[0].strip()
    mended = _AFTER.sub(r"\2 \1", _TIMES.sub("once ", _WRONG_IN.sub("at ", first)))
    mended = _AMOUNT.sub(r"\1 of \2", _NO.sub(r"not working \1", mended))
    mended = phrase(_RATHER.sub(r"\1 instead of \2", mended), context, prompt.article)
    return Read("", "point", mended if mended and is_thing(mended) and not _WISH.search(mended) else "")


def is_thing(text: str) -> bool:
    """Whether the words name a thing or an activity, and are no remark about one."""
    if _MINE.search(text) or _AFTER.search(text) or _WRONG_IN.search(text):
        return False
    found = parse(text)
    if found is None:
        return True
    if _ASKS.match(text):
        return False
    if _CLAUSE.match(text):
        return True
    if found.tokens[0].tag != "VBG" and re.search(r"\bnot\b(?! \w+ing\b)", text):
        return False
    return not any(_is_remark(found, token) for token in found.tokens)


def _is_remark(found: Parse, token: Token) -> bool:
    """Whether a word makes the words a remark: "mine are getting on", but not "the bonus you mentioned"."""
    if token.tag == "MD":
        return True
    if token.dep not in ("nsubj", "nsubjpass"):
        return False
    verb = found.head(token)
    # "the base pay": a noun that is also a verb.
    is_noun = verb.index == len(found.tokens) - 1 and verb.tag in ("VB", "VBP", "NN", "NNS")
    return verb.dep != "relcl" and not is_noun


# "mileage 45p": a thing and its amount, as a list has them.
_PRICED = re.compile(
    r"\b(?!about\b|over\b|to\b|of\b|and\b|at\b|from\b|every\b|per\b|plus\b)[a-z]{4,} [£$€]?\d+p?\b"
)


def agreed(prompt: Prompt, typed: str, context: Context) -> Read:
    """What was agreed, as it follows "on": things, or a list of terms as they were typed."""
    text = phrase(typed, context, prompt.article)
    if not text:
        return Read("", "point")
    items = [one for one in re.split(r", | and ", text) if one]
    if all(is_thing(one) and not _PRICED.search(one) for one in items):
        return Read(text)
    terms = [phrase(one, context) for one in re.split(r"\s*,\s+", typed)]
    is_list = len(terms) > 1 and not any(_MINE.search(one) or _AFTER.search(one) for one in terms)
    return Read(f"the following: {', '.join(terms)}") if is_list else Read("", "point")


# ---------------------------------------------------------------- pay

_ODD_PER = re.compile(r"\b(?:for|by|in) (?:one )?(?:hour|day|week|month|year)\b", re.I)
_FOREIGN = re.compile(r"\b\d{1,3}\.\d{3}\b|,-(?!\w)|\b(?:brutto|netto)\b", re.I)
_PER_HOUR = re.compile(
    r"\b(?:for|by|in|per|the) (?=(?:one )?(hour|day|week|month|year|shift)\b)(?:one )?", re.I
)


def pay(prompt: Prompt, typed: str, context: Context) -> Read:
    """The pay as agreed; a number as other languages write it is asked about, since it must be right."""
    text = phrase(typed, context, prompt.article)
    if not (FOREIGN_DECIMAL.search(text) or _ODD_PER.search(text) or _FOREIGN.search(text)):
        return Read(text)
    mended = re.sub(r",-(?!\w)", "", text)
    mended = re.sub(r"\b(\d+),(\d{1,2})(?!\d)", r"\1.\2", mended)
    mended = re.sub(r"\b(\d{1,3})\.(\d{3})\b", r"\1,\2", mended)
    mended = mended.replace("brutto", "gross").replace("netto", "net")
    mended = _PER_HOUR.sub(lambda match: "an " if match[1].lower() == "hour" else "a ", mended)
    mended = re.sub(r"(\d)\s?(?:euros?|eur)\b", r"\1 euros", mended, flags=re.I)
    return Read("", "amount", mended)


# ---------------------------------------------------------------- a mistake and what it should say

MOST_QUOTED = 3  # words; of longer quotations only what differs is quoted


def differing(wrong: str, right: str) -> tuple[str, str]:
    """The words that differ, where most do not: "3 years" and "2 years" of two sentences."""
    old, new = wrong.split(), right.split()
    if min(len(old), len(new)) <= MOST_QUOTED:
        return wrong, right
    start = _same(old, new)
    end = _same(old[start:][::-1], new[start:][::-1])
    parts = [words[start : len(words) - end] for words in (old, new)]
    if not all(parts) or start + end == 0:
        return wrong, right
    after = old[len(old) - end] if end else ""
    if after and any(part[-1][:1].isdigit() for part in parts):
        # A figure says little without what it counts.
        parts = [[*part, after] for part in parts]
    return " ".join(parts[0]).strip(" ,.;"), " ".join(parts[1]).strip(" ,.;")


def _same(old: list[str], new: list[str]) -> int:
    """How many words at the start are the same, in any case."""
    count = 0
    for one, other in zip(old, new, strict=False):
        if one.casefold().strip(",.;") != other.casefold().strip(",.;"):
            break
        count += 1
    return count
