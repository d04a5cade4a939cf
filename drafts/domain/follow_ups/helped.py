"""Turns what somebody outside the panel did or said, as typed, into sentences of a letter to them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from drafts.domain.facts import Interviewer
from drafts.domain.follow_ups.mending import with_names
from drafts.domain.follow_ups.sentences import tidied
from drafts.domain.grammar import full_stop, trim
from drafts.domain.notes import clean
from drafts.domain.notes.parser import Parse, Token, parse
from drafts.domain.notes.phrases import lower_first, with_article
from drafts.domain.notes.points import Context
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
    tidy = tidied(_INTRO.sub("introduced", trim(typed)), context)
    if (
        reason_to_leave_out(_TIPS.sub(r"\1advice", typed))[0]
        or clean.says_nothing(typed)
        or len(clean.remarks(tidy)) != 1
    ):
        return ""
    text, unknown = clean.spell(tidy, context.known)
    text = _THANKS.sub("", text, count=1)
    text = re.sub(r"\Afor (?=\w)", "", text, flags=re.I)
    text = _without_subject(text, context)
    found = parse(text)
    if found is None or unknown or len(found.tokens) < 2:
        return ""
    if _names_another(found, context):
        return ""
    said = _doing(found, context)
    if not said and not _ALREADY.match(trim(typed)):
        said = _thing(found, context)
    return "" if _THIRD.search(said) else with_names(said, context.known, context.names[0])


def _without_subject(text: str, context: Context) -> str:
    first = re.match(r"([^\W\d_]+)\s+(?=\w)", text)
    if first and first[1].casefold() in context.reader:
        text = text[first.end() :]
    text = _THEM.sub("", text, count=1)
    while softer := _SOFTENERS.match(text):
        text = text[softer.end() :]
    return text


# People who may be meant by a pronoun after them: "sent it to the principal and told her".
_PEOPLE = frozenset({
    "principal", "manager", "boss", "director", "head", "chair", "recruiter", "owner", "chef", "supervisor", "lead",
    "foreman", "friend", "wife", "husband", "brother", "sister", "cousin", "colleague", "coworker", "guy", "team",
    "superintendent", "partner", "founder", "editor", "nurse", "doctor", "dean", "coach", "pastor", "buddy", "neighbor",
    "people", "folk", "crew", "department", "staff", "president", "administrator", "coordinator", "contact", "person",
    "lady", "man", "woman",
})  # fmt: skip
_PERSON = frozenset({"he", "she", "him", "them", "they"})


def _names_another(found: Parse, context: Context) -> bool:
    """Whether "him" or "them" may refer to somebody named earlier: "called Gus and told him"."""
    seen = False
    for token in found.tokens:
        if seen and (token.lower in _PERSON or (token.lower == "her" and token.tag == "PRP")):
            return True
        is_name = token.pos == "PROPN" and token.lower not in context.reader
        seen = seen or is_name or token.lemma in _PEOPLE
    return False


def _doing(found: Parse, context: Context) -> str:
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
    said = said_to_reader(said_by, context.reader)
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


def told_sentences(person: Interviewer, typed: str, say: Callable[..., str], context: Context) -> list[str]:
    """What they said, as sentences to them, composed like notes on an interview; empty if uncertain.

    Sentences that already address them are kept as typed.
    """
    text = " ".join(typed.split())
    if _TO_THEM.search(text) and not _THIRD.search(text) and re.match(r"(?:you|your)\b", text, re.I):
        return [full_stop(text[:1].upper() + text[1:])]
    if (told := _TOLD_TO.match(text)) and not _THIRD.search(text[told.end() :]):
        return [full_stop(f"You told me to {text[told.end() :]}")]
    person = replace(person, mentioned=typed, enjoyed="", say=(), met_before=None)
    readings = read_person(person, context)
    note = readings.notes["mentioned"]
    if note.asked or note.aside or not note.points or any(_MIXED.search(one.text) for one in note.points):
        return []
    said = [sentence.text for sentence in Sentences(person, readings, say).told()]
    # "ask how long it is" holds a question, and no thing.
    return said if _THE_HOW.search(text) else [_THE_HOW.sub(r"\1", one) for one in said]
