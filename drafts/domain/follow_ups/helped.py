"""Turns what somebody outside the panel did or said, as typed, into sentences of a letter to them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from drafts.domain.facts import Interviewer
from drafts.domain.follow_ups.mending import with_names
from drafts.domain.follow_ups.people import PEOPLE
from drafts.domain.follow_ups.tidying import tidied
from drafts.domain.grammar import full_stop, trim
from drafts.domain.notes import clean
from drafts.domain.notes.parser import Parse, Token, parse
from drafts.domain.notes.phrases import lower_first, with_article
from drafts.domain.notes.points import Context, sentence_of
from drafts.domain.notes.reader import inflected, is_verb, said_to_reader
from drafts.domain.notes.sensitive import reason_to_leave_out
from drafts.domain.notes.shapes import Shape, shape_of
from drafts.domain.readings import read_person
from drafts.domain.sentences import Sentences

# Words before what they did that the letter adds itself: "thank you so much for", "she also", "they".
_THANKS = re.compile(r"\A(?:a |big |many )*(?:thank you|thanks|thank)(?: \w+){0,3}? for (?=\w)", re.I)
_THEM = re.compile(r"\A(?:he|she|they|you|who)(?:'s|'ve| has| have)?\s+", re.I)
_SOFTENERS = re.compile(
    r"\A(?:also|kindly|just|basically|even|really|actually|already|then|so|and|like"
    r"|(?:was |were )?(?:so |very |really )?(?:kind|nice|good|sweet|generous)(?: enough)? to)\s+",
    re.I,
)
_COPIED = re.compile(r"\bcc'?(?:e?d) (?=me\b)(me)(?: in)?(?: (?:to|on|with))?\b", re.I)
_INTRO = re.compile(r"\bintro'?(?:e?d)\b", re.I)
_ALREADY = re.compile(r"\A(?:he|she|they|you)\b", re.I)
# Verbs that do not describe a favor: "he is a good guy", "she knows everyone".
_STATES = frozenset({"be", "have", "know", "seem", "want", "need", "like", "love", "work"})
_THIRD = re.compile(r"\b(?:he|she|his|him|hers?|himself|herself)\b", re.I)
# "how you plan the week, and to visit the school": two things that do not fit into one sentence.
_MIXED = re.compile(r",? and to \w+", re.I)
_TO_THEM = re.compile(r"\b(?:you|your|yours)\b", re.I)


# Advice, and no money.
_TIPS = re.compile(
    r"\b((?:g[ai]v(?:e|ing)|shared|sharing|sent|with) (?:(?:me|us|some|a few|lots of|good|great|interview) )*)tips?\b",
    re.I,
)


def thanks_for(typed: str, context: Context) -> str:
    """Words that complete "Thank you for ...", addressed to the reader; empty if they are uncertain.

    "she passed my resume to her boss" -> "passing my resume to your boss".
    """
    found = _favor(typed, context)
    if found is None or found.unknown:
        return ""
    if not _tells_another(found.parse.text, context) and _names_another(found.parse, context):
        return ""
    return _thanks(found.parse, typed, context)


def suggested_thanks(typed: str, context: Context) -> str:
    """The words for the candidate to check where `thanks_for` is uncertain; may be empty too."""
    found = _favor(typed, context)
    return _thanks(found.parse, typed, context, is_checked=True) if found else ""


@dataclass(frozen=True, slots=True)
class _Favor:
    parse: Parse
    unknown: bool


def _favor(typed: str, context: Context) -> _Favor | None:
    """What they did, without what the letter says itself; None if it is nothing to thank for."""
    tidy = tidied(_INTRO.sub("introduced", _COPIED.sub(r"copied \1 in on an email to", trim(typed))), context)
    if (
        reason_to_leave_out(_TIPS.sub(r"\1advice", typed))[0]
        or clean.says_nothing(typed)
        or len(clean.remarks(tidy)) != 1
    ):
        return None
    text, unknown = clean.spell(tidy, context.known)
    text = _THANKS.sub("", text, count=1)
    text = re.sub(r"\Afor (?=\w)", "", text, flags=re.I)
    text = _without_subject(text, context)
    found = parse(text)
    return None if found is None or len(found.tokens) < 2 else _Favor(found, bool(unknown))


def _thanks(found: Parse, typed: str, context: Context, *, is_checked: bool = False) -> str:
    said = _doing(found, context, is_checked=is_checked)
    if not said and not _ALREADY.match(trim(typed)):
        said = _thing(found, context)
    if _THIRD.search(said) and not (is_checked or _tells_another(found.text, context)):
        return ""
    return with_names(said, context.known, context.names[0])


def _without_subject(text: str, context: Context) -> str:
    first = re.match(r"([^\W\d_]+)\s+(?=\w)", text)
    if first and first[1].casefold() in context.reader:
        text = text[first.end() :]
    text = _THEM.sub("", text, count=1)
    while softer := _SOFTENERS.match(text):
        text = text[softer.end() :]
    return text


_PERSON = frozenset({"he", "she", "him", "them", "they"})


def _names_another(found: Parse, context: Context) -> bool:
    """Whether "him" or "them" may refer to somebody named earlier: "called Gus and told him"."""
    seen = False
    for token in found.tokens:
        if seen and (token.lower in _PERSON or (token.lower == "her" and token.tag == "PRP")):
            return True
        is_name = token.pos == "PROPN" and token.lower not in context.reader
        seen = seen or is_name or token.lemma in PEOPLE
    return False


def _tells_another(text: str, context: Context) -> bool:
    """Whether each "him" and "her" is somebody named before to whom the favor was done: "called Gus and told him".

    It cannot be the reader, who did it: that would be "himself".
    """
    whole = parse(f"She {text}")
    if whole is None or len(whole.tokens) < 3:
        return False
    verbs = {verb.index for verb in (whole.roots[0], *_joined_verbs(whole, whole.roots[0]))}
    others = [token for token in whole.tokens[1:] if token.lower in _PERSON or _THIRD.fullmatch(token.text)]
    return bool(others) and all(
        token.tag == "PRP" and _is_done_to(whole, token, verbs) and _is_after_somebody(whole, token, context)
        for token in others
    )


def _is_done_to(whole: Parse, token: Token, verbs: set[int]) -> bool:
    above = whole.head(token)
    if token.dep == "nsubj":
        # "told him I can start" may be read as "him ... can start".
        return token.lower in ("him", "them", "her") and token.index - 1 in verbs
    return above.index in verbs or (above.pos == "ADP" and above.head in verbs) or token.index - 1 in verbs


def _is_after_somebody(whole: Parse, token: Token, context: Context) -> bool:
    return any(
        (other.pos == "PROPN" and other.lower not in context.reader) or other.lemma in PEOPLE
        for other in whole.tokens[1 : token.index]
    )


def _doing(found: Parse, context: Context, *, is_checked: bool = False) -> str:
    """ "passed it on and told them" -> "passing it on and telling them"; empty if it does not start with a verb."""
    # A subject is added so that the parser does not take a past tense for a participle.
    whole = parse(f"She {found.text}")
    if whole is None or len(whole.tokens) < 3:
        return ""
    verb = whole.tokens[1]
    if found.tokens[0].tag == "VBG" and shape_of(found) in (Shape.GERUND, Shape.NOUN):
        said = said_to_reader(found, context.reader)
        return lower_first(said.text, context) if said.sure else ""
    root = whole.roots[0]
    is_bare = verb.tag in ("VBP", "VBZ", "VB")
    if verb.lemma in _STATES or not is_verb(verb.lemma) or (is_bare and whole.tokens[2].tag in ("NN", "NNS")):
        # "email intro to Marco": a noun.
        return ""
    if verb is not root or verb.tag not in ("VBD", "VBN", "VBP", "VBZ") or whole.subject(root) is None:
        return ""
    if whole.subject(root).index != 0:  # type: ignore[union-attr] # there is one
        return ""
    edits = {verb.index: _gerund(verb)}
    for other in _joined_verbs(whole, verb):
        edits[other.index] = _gerund(other)
    text = "".join(edits.get(token.index, token.text) + token.space for token in whole.tokens[1:]).strip()
    said_by = parse(text)
    if said_by is None:
        return ""
    if _tells_another(found.text, context):
        return text
    said = said_to_reader(said_by, context.reader)
    if is_checked and not said.sure:
        # "him" may be somebody whom they did it for.
        return text
    return said.text if said.sure else ""


def _joined_verbs(found: Parse, verb: Token) -> list[Token]:
    joined, queue = [], [verb]
    while queue:
        for child in found.children(queue.pop()):
            is_verb = child.dep == "conj" and child.tag in ("VBD", "VBN", "VBP", "VBZ", "VB")
            if is_verb and found.subject(child) is None and found.finite(child) is child:
                joined.append(child)
                queue.append(child)
    return joined


def _gerund(verb: Token) -> str:
    return inflected(verb.lemma, "VBG")


def _thing(found: Parse, context: Context) -> str:
    """ "intro to the head chef" -> "the intro to the head chef"; empty for a name or a clause."""
    root = found.roots[0]
    if shape_of(found) is not Shape.NOUN or root.tag in ("NNP", "NNPS") or root.pos == "PRON":
        return ""
    said = said_to_reader(found, context.reader)
    return with_article(found, lower_first(said.text, context)) if said.sure and len(found.roots) == 1 else ""


_THE_HOW = re.compile(r"\bthe ((?:how|what|when|where|why|whether|who) )", re.I)
# "he told me to bring a plan": advice.
_TOLD_TO = re.compile(r"(?:(?:(?:he|she|they) )?(?:(?:told|advised) me|said) )?to (?=\w)", re.I)


def suggested_told(person: Interviewer, typed: str, context: Context) -> tuple[str, str]:
    """The sentences to check where `told_sentences` is uncertain, and why; each may be empty."""
    note = read_person(replace(person, mentioned=typed, enjoyed="", say=(), met_before=None), context).notes[
        "mentioned"
    ]
    if note.aside:
        return "", ""
    said = [sentence_of(point.key, point.form, point.text) for point in note.points]
    asked = []
    for one in note.asked:
        found = parse(tidied(one.typed, context))
        first = found.tokens[0] if found else None
        if found and first and first.tag in ("VB", "VBP") and found.subject(first) is None:
            advice = f"You told me to {lower_first(found.text, context)}"
            asked.append(full_stop(re.sub(r"\bto (?:don't|do not)\b", "not to", advice)))
        elif one.suggestion:
            asked.append(one.suggestion)
    return " ".join([*said, *asked][:MOST_SUGGESTED]), note.asked[0].reason if note.asked else ""


MOST_SUGGESTED = 3  # sentences


_DO_NOT = re.compile(r"(?:please )?(?:don'?t|do not) (?=[a-z])", re.I)


def _advice(typed: str, context: Context) -> str:
    """ "ask about nights" -> "You told me to ask about nights."; empty unless it is one order, and nothing else."""
    text = tidied(trim(typed), context)
    bare = _DO_NOT.sub("", text, count=1)
    found = parse(bare)
    if found is None or len(found.tokens) < 3 or found.has_subject or _THIRD.search(text) or "," in text:
        return ""
    first, root = found.tokens[0], found.roots[0]
    if first.index != root.index or first.tag != "VB" or not is_verb(first.lemma) or _DO_NOT.search(bare):
        return ""
    said = lower_first(bare, context)
    return full_stop(f"You told me {'not to' if bare != text else 'to'} {said}")


def told_sentences(person: Interviewer, typed: str, say: Callable[..., str], context: Context) -> list[str]:
    """What they said, as sentences to them, composed like notes on an interview; empty if uncertain.

    Sentences that already address them are kept as typed.
    """
    text = " ".join(typed.split())
    if _TO_THEM.search(text) and not _THIRD.search(text) and re.match(r"(?:you|your)\b", text, re.I):
        return [full_stop(text[:1].upper() + text[1:])]
    if (told := _TOLD_TO.match(text)) and not _THIRD.search(text[told.end() :]):
        return [full_stop(f"You told me to {text[told.end() :]}")]
    if advice := _advice(text, context):
        return [advice]
    person = replace(person, mentioned=typed, enjoyed="", say=(), met_before=None)
    readings = read_person(person, context)
    note = readings.notes["mentioned"]
    if note.asked or note.aside or not note.points or any(_MIXED.search(one.text) for one in note.points):
        return []
    said = [sentence.text for sentence in Sentences(person, readings, say).told()]
    # "ask how long it is" holds a question, and no thing.
    return said if _THE_HOW.search(text) else [_THE_HOW.sub(r"\1", one) for one in said]
