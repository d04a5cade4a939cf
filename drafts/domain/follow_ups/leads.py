"""Answers that name a thing, as the prompt's label asks, put into the prompt's own sentence: "I valued …"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from drafts.domain.follow_ups.mending import is_piece, is_quality
from drafts.domain.grammar import full_stop
from drafts.domain.naming import indefinite
from drafts.domain.notes.parser import Parse, parse
from drafts.domain.notes.phrases import lower_first, with_article
from drafts.domain.notes.points import Context
from drafts.domain.notes.reader import is_verb, said_to_reader
from drafts.domain.notes.shapes import QUESTION_WORDS, Shape, shape_of

# Words that begin a clause which names something: not "when" and "if", which hardly ever do.
_NAMES_SOMETHING = re.compile(r"(?:how|what|which|why|who|whose|where|whether)\b", re.I)
_THAT = re.compile(r"that (?:i|you|he|she|they|we|it|the|your|everyone|everybody|nobody|there)\b", re.I)
_BEGINS = re.compile(
    r"(?:i|you|he|she|they|we|it|thanks|thank|my thanks|because|to|no|not|nothing|none)\b", re.I
)
_ASIDE = re.compile(
    r"(?:hope|want|need|have|know|like|love|wish|think|feel|believe|expect|prefer|appreciate)\b", re.I
)


_KNOWN_REASON = re.compile(
    r"\A(?:for |due to |because of )?(?:some )?(?:personal|family|private|medical|health) "
    r"(?:reasons?|stuff|issues?|things|problems?|matters)\Z",
    re.I,
)
_TO_ME = re.compile(r"(?:\w+) (?:me|us)\b", re.I)
_TO_DO = re.compile(r"to [a-z]+", re.I)


def led(text: str, leads: Mapping[str, str], context: Context, *, is_whole: bool) -> str:
    """The sentence of `leads` for words of this form, completed; empty if they are a sentence themselves, have no
    such form, or can't safely be addressed to the reader.

    `is_whole`: typed as a sentence. Then only a clause is completed, which is no sentence with a capital either.
    """
    bare = text.rstrip(".… ")
    found = parse(bare) if bare[-1:] not in ("?", "!") and not is_piece(bare) else None
    if found is None or len(found.tokens) == 0:
        return ""
    form = _form(found)
    if form not in leads or (is_whole and form != "clause"):
        return ""
    if _KNOWN_REASON.search(bare) or (form == "do" and _TO_ME.match(bare)):
        # "health stuff" has a sentence of its own, and "let me know" is said to the reader.
        return ""
    said = said_to_reader(found, context.reader)
    if not said.sure:
        return ""
    words = said.text
    if form == "thing" and leads[form].startswith(_NEW) and _NO_OFFER.search(words):
        # "anything you need painting", "beers on me": nothing that one offers in these words.
        return ""
    if form == "thing":
        words = _in_its_sentence(words, leads[form])
    elif form == "doing" and _TO_ME.search(words):
        # Done by the reader: "showing me the unit".
        words = f"your {lower_first(words, context)}"
    return full_stop(leads[form].replace("…", lower_first(words, context)))


# What is told for the first time: "It led to an interview".
_NO_OFFER = re.compile(r"\A(?:any|every|no\b|my\b)|\bon me\b", re.I)
_NEW = ("It led to", "I would be glad to offer you")


def _in_its_sentence(words: str, lead: str) -> str:
    """The thing with its article: "the tour", or "an interview" where it is news."""
    named = with_the(words)
    if named != words and lead.startswith(_NEW):
        return f"{indefinite(words)} {words}"
    return named


def _form(found: Parse) -> str:
    """The key of `leads` for these words; empty for none."""
    text, shape = found.text, shape_of(found)
    if (shape is Shape.CONTENT and _NAMES_SOMETHING.match(text) and not condition(found)) or _THAT.match(
        text
    ):
        return "clause"
    asks = found.tokens[0].lower in QUESTION_WORDS
    if shape is Shape.GERUND and found.tokens[0].tag == "VBG":
        return "doing"
    if _TO_DO.match(text) and len(found.tokens) > 2 and found.tokens[1].tag == "VB":
        return "to"
    if shape is Shape.NOUN and not _BEGINS.match(text) and not is_quality(text) and not asks:
        return "thing"
    first = found.tokens[0]
    is_act = first.tag in ("VB", "VBP") and is_verb(first.lemma) and not _ASIDE.match(text)
    return "do" if shape is Shape.BASE and is_act else ""


def condition(found: Parse) -> str:
    """ "if you need a hand just shout" -> "if you need a hand, just shout"; empty without a main clause."""
    root = found.roots[0]
    before = next(
        (child for child in found.children(root) if child.dep == "advcl" and child.index < root.index), None
    )
    if before is None:
        return ""
    last = max(token.index for token in found.subtree(before))
    if last + 1 >= len(found.tokens) or found.tokens[last + 1].text == ",":
        return found.text
    return "".join(
        f"{token.text},{token.space}" if token.index == last else token.text + token.space
        for token in found.tokens
    ).strip()


def with_the(text: str) -> str:
    """ "hourly rate" -> "the hourly rate"; a list, an action, or several things are unchanged."""
    found = parse(text)
    if found is None or found.tokens[0].tag == "VBG":
        return text
    if shape_of(found) is Shape.NOUN:
        return with_article(found, text)
    # "start date" alone is parsed as something to do.
    whole = parse(f"the {text}")
    if whole is None or len(found.tokens) < 2 or "NN" not in (found.tokens[1].tag, found.tokens[-1].tag):
        return text
    root = whole.roots[0]
    is_last = root.index == len(whole.tokens) - 1
    return f"the {text}" if is_last and root.tag == "NN" and shape_of(whole) is Shape.NOUN else text
