"""Cleans up sentences typed in a hurry: fixes capitals and punctuation, and adds a missing subject."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from drafts.domain.facts import Tone
from drafts.domain.follow_ups.leads import condition, led
from drafts.domain.follow_ups.mending import is_piece, with_names
from drafts.domain.follow_ups.tidying import tidied
from drafts.domain.grammar import full_stop
from drafts.domain.notes import clean
from drafts.domain.notes.lists import word_sets
from drafts.domain.notes.parser import Parse, is_available, parse
from drafts.domain.notes.phrases import with_subject_article
from drafts.domain.notes.points import Context
from drafts.domain.notes.shapes import QUESTION_WORDS, Shape, shape_of
from drafts.domain.sentences import capital

# Words that, after a comma, continue the sentence before it.
_GOES_ON = re.compile(
    r"(?:and|but|or|so|which|who|whom|whose|where|when|while|though|although|because|since|if|as|then|not|that"
    r"|to|with|for|in|at|on|of|by|from)\b",
    re.I,
)
# "promoted to lead": passive; done to the candidate, not by them.
_WAS = frozenset({
    "promote", "hire", "offer", "certify", "license", "invite", "select", "name", "elect", "nominate", "approve",
    "award", "admit", "shortlist", "lay",
})  # fmt: skip
# First words that are verbs here, although they can also be nouns.
_ACTS = frozenset({
    "want", "need", "have", "hope", "plan", "start", "finish", "know", "like", "love", "live", "think", "work", "study",
    "just", "really", "now", "recently", "still", "also", "look", "owe", "wish", "promise", "use", "run", "move",
    "appreciate", "enjoy", "hear", "get", "prefer", "expect", "believe", "understand", "feel", "see", "go", "stay",
    "rewrote", "retook", "redid", "overhauled",
})  # fmt: skip
# First words whose subject is a thing or an event, not the candidate.
_HAPPENS = frozenset({
    "went", "works", "worked", "looks", "looked", "sounds", "sounded", "goes", "felt", "seems", "seemed", "starts",
    "ends", "turned", "runs", "comes", "helps", "helped", "pays", "opens", "takes",
})  # fmt: skip
_REASONS = re.compile(
    r"(?:for |due to |because of )?(?:some )?(personal|family|private|medical|health) "
    r"(?:reasons?|stuff|issues?|things|problems?|matters)",
    re.I,
)
_LOOKS_WHOLE = re.compile(r"[A-Z\"“‘'(].*[.!?…][\"'”’)]*\Z", re.DOTALL)


def sentences(
    typed: str,
    context: Context,
    tone: Tone = Tone.WARM,
    leads: Mapping[str, str] | None = None,
) -> str:
    """The text as whole sentences; empty if any part of it can't safely be made one.

    "passed my CCRN, start monday" -> "I passed my CCRN. I start Monday." What was typed as a sentence, with a capital
    letter and an end mark, is never refused. `leads`: as a prompt has them (kinds.py).
    """
    said = list(_made(typed, context, tone, leads))
    return "" if "" in said else " ".join(said)


def looks_whole(typed: str) -> bool:
    """Whether it was typed as a sentence, with a capital letter and an end mark."""
    return bool(_LOOKS_WHOLE.match(typed.strip()))


def made_parts(
    typed: str, context: Context, tone: Tone = Tone.WARM, leads: Mapping[str, str] | None = None
) -> str:
    """The parts of the text that `sentences` can make whole sentences of; empty if there are none."""
    return " ".join(one for one in _made(typed, context, tone, leads) if one)


def _made(typed: str, context: Context, tone: Tone, leads: Mapping[str, str] | None) -> Iterator[str]:
    """The sentences one by one, an empty one for a part that can't safely be made one."""
    is_whole = looks_whole(typed)
    for remark in clean.remarks(_SMILEY.sub("", typed)):
        for part in _parts(remark, context, leads):
            text = led(part, leads, context, is_whole=is_whole) if leads else ""
            text = text or _sentence(_BECAUSE.sub("", part), tone)
            if not text and is_whole:
                text = full_stop(capital(part))
            # Names after the reading: a capital may be taken for a subject.
            yield with_names(text, context.known, context.names[0]) if text else ""


_SMILEY = re.compile(r"\s*(?:[:;]-?[()DP]|<3|xx+)(?=\s|\Z)")


def _parts(remark: str, context: Context, leads: Mapping[str, str] | None = None) -> Iterator[str]:
    """The remark, or its clauses if only commas separate them: "they called, interview was today"."""
    mark = remark[-1:] if remark[-1:] in "?!" else ""
    text = tidied(remark.rstrip(".!?… "), context)
    start = 0
    for comma in re.finditer(r", ", text):
        before, after = text[start : comma.start()], text[comma.end() :]
        # "interview last friday, went well": a thing, where the prompt has a sentence for one.
        things = {Shape.NOUN} if leads and "thing" in leads and start == 0 else set()
        is_whole = _stands_alone(before, _SENTENCES | {Shape.GERUND, Shape.ADJECTIVE} | things)
        if is_whole and not _GOES_ON.match(after) and _stands_alone(after.split(", ")[0], _SENTENCES):
            yield before
            start = comma.end()
    if rest := text[start:]:
        yield rest + mark


_SENTENCES = frozenset({Shape.CLAUSE, Shape.PAST, Shape.THIRD, Shape.BASE})


def _stands_alone(text: str, shapes: frozenset[Shape]) -> bool:
    found = parse(text)
    if found is None:
        return False
    shape = shape_of(found)
    # "mostly cats": a plural that looks like a verb.
    return shape in shapes and (shape is not Shape.THIRD or found.tokens[0].lower in _HAPPENS)


# A reason alone: "because the commute is too long".
_BECAUSE = re.compile(r"\A(?:it's |it is |that's |this is )?(?:because|bc|cuz) (?=[^,]*\Z)", re.I)


# "did a trial shift", "had the panel": what the candidate did, not a question.
_DID = re.compile(r"(?:did|had|have|do) (?:an?|the|my|some|two|three|four|five|\d+|another)\b", re.I)
# "call me if you need a hand": addressed to the reader, not about the candidate.
_ASKED_TO = re.compile(
    r"(?:please |just |do )*(?:call|let|ask|tell|text|ring|email|message|shout|ping|send|give|count|feel|come|write)"
    r"(?: (?:me|us|free|over|by|to me)\b| if\b|\Z)",
    re.I,
)
# What is said of the job or the talk, and not of oneself.
_IT_DID = re.compile(
    r"(?:didn't|did not|doesn't|does not|wouldn't|won't) (?:quite |really )?"
    r"(?:feel (?:right|like|good)|seem|sound|fit|suit|work(?: out| for| with)?\b|pay|make sense|add up|match)"
    r"|(?:gave|helped|made|taught|showed|saved|got) me\b",
    re.I,
)
_NOT_THAT = re.compile(r"not (?:what|the|an?|quite|really|for me|enough|as)\b(?!.*, )", re.I)
_COUNT_ASKED = re.compile(r"how (?:many|much) [\w ]+? (?:are|is|do|does|will|would|can)\b", re.I)
_IT_WAS = re.compile(r"(?:was|is) (?:an?|just|only|really|very|not)\b", re.I)
_TIME = re.compile(r"(?:last|this|next|every|yesterday|today|tomorrow|now|one|two)\b|\w+day\b", re.I)


def _begins_with_a_thing(text: str) -> bool:
    """ "30 min call, she walked me through it": not a sentence, although a clause follows."""
    first, comma, _rest = text.partition(", ")
    found = parse(first) if comma else None
    return found is not None and shape_of(found) is Shape.NOUN and not _TIME.match(first)


def _sentence(text: str, tone: Tone) -> str:
    """One sentence with its subject; empty if it has no verb that could take one, or is only a fragment."""
    mark = text[-1:] if text[-1:] in "?!" else ""
    bare = text.rstrip(".!?… ")
    if is_piece(bare) and mark != "?":
        return ""
    if said := _known_form(bare, mark):
        return said
    found = parse(bare)
    if found is None:
        return "" if is_available() else full_stop(capital(text))
    if _begins_with_a_thing(bare):
        return ""
    shape = _shape(found)
    if shape is Shape.QUESTION:
        # "what step is it, i have 4 years": two things in one.
        return "" if re.search(r", (?:i|we)\b", bare, re.I) else capital(bare) + "?"
    if shape is Shape.CLAUSE and _begins_with_what_i_do(found):
        shape = Shape.GERUND
    if shape is Shape.CLAUSE:
        first = found.tokens[0]
        is_asked = (
            first.lower in ("who", "what", "which") and first.dep in ("nsubj", "nsubjpass") and not mark
        )
        return full_stop(capital(with_subject_article(bare)) + ("?" if is_asked else mark))
    if shape is Shape.CONTENT:
        whole = bare if mark == "?" else condition(found)
        return full_stop(capital(whole) + mark) if whole else ""
    return _with_subject(found, shape, tone, mark)


def _begins_with_what_i_do(found: Parse) -> bool:
    """ "still waiting on the board", "waiting to hear if I can leave": the subject comes too late to be its own."""
    first, subject = found.tokens[0], found.subject(found.roots[0])
    if first.lower in _STILL and len(found.tokens) > 1 and found.tokens[1].tag == "VBG":
        return True
    is_gerund = first.tag == "VBG" and first.dep in ("advcl", "ROOT", "csubj", "ccomp")
    return is_gerund and "," not in found.text and subject is not None and subject.tag == "PRP"


def _shape(found: Parse) -> Shape:
    """The overall shape: "moved here, so I can start" begins with an action, "what would help" is a question."""
    shape = shape_of(found)
    first, comma, rest = found.text.partition(", ")
    begun = parse(first) if comma and re.match(r"(?:so|but|and|because|since)\b", rest, re.I) else None
    if begun is not None and shape_of(begun) is Shape.PAST:
        return Shape.PAST
    asks = found.tokens[0].lower in QUESTION_WORDS - {"if", "whether"}
    is_asked = shape is Shape.CONTENT and found.tokens[1].lower in word_sets().auxiliaries
    if asks and (is_asked or _COUNT_ASKED.match(found.text)):
        return Shape.QUESTION
    return shape


# "who covers the fee": asked, and not told.
_WHO_DOES = re.compile(
    r"(?:who|what|which \w+) (?:covers|pays|provides|handles|sets|runs|decides|happens|counts|comes|trains) (?!.*, )",
    re.I,
)


def _known_form(bare: str, mark: str) -> str:
    """Handles texts that need no parser or that it misreads; empty for all others."""
    if match := _REASONS.fullmatch(bare):
        return f"This is for {match[1].lower()} reasons."
    if not mark and _DID.match(bare):
        return full_stop(f"I {bare[:1].lower()}{bare[1:]}")
    if not mark and _IT_WAS.match(bare):
        return full_stop(f"It {bare[:1].lower()}{bare[1:]}")
    if not mark and _IT_DID.match(bare):
        return full_stop(f"It {bare[:1].lower()}{bare[1:]}")
    if not mark and _NOT_THAT.match(bare):
        return full_stop(f"It is {bare[:1].lower()}{bare[1:]}")
    if _ASKED_TO.match(bare):
        return full_stop(capital(bare) + mark)
    if _WHO_DOES.match(bare):
        return capital(bare) + "?"
    if mark == "?" and re.match(r"any(?:thing|one|body)? \w+", bare, re.I):
        return f"Is there {bare[:1].lower()}{bare[1:]}?"
    return ""


def _with_subject(found: Parse, shape: Shape, tone: Tone, mark: str) -> str:
    subject = _subject(found, shape, is_formal=tone is Tone.FORMAL)
    if not subject:
        return ""
    bare = found.text
    if subject == "I" and _is_done(found):
        subject = "I have" if tone is Tone.FORMAL else "I've"
    if subject == "I" and re.match(r"want to \w", bare, re.I):
        # A wish: the bare words would sound like an order.
        subject, bare = ("I would" if tone is Tone.FORMAL else "I'd"), f"like {bare[5:]}"
    if subject.startswith("I"):
        bare = re.sub(r",? so (?=(?:can|could|will|would|am)\b)", ", so I ", bare)
    whole = f"{subject} {bare[:1].lower() + bare[1:] if _is_plain(found) else bare}"
    checked = parse(whole)
    return full_stop(whole + mark) if checked and shape_of(checked) is Shape.CLAUSE else ""


# What is done with when one writes of it, where no time is named: "accepted another role".
_DONE = frozenset({"accept", "find", "decide", "sign"})
_WHEN = re.compile(
    r"\b(?:yesterday|today|last|ago|since|when|while|after|before|this|first|then|on \w+day|\w+day|at \d"
    r"|in (?:(?:early |mid-|late )?(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)|\d{4}|the \w+|spring|summer|fall|winter))\b",
    re.I,
)


def _is_done(found: Parse) -> bool:
    first = found.tokens[0]
    return first.tag in ("VBD", "VBN") and first.lemma in _DONE and not _WHEN.search(found.text)


# What a person feels.
_FELT = re.compile(
    r"felt (?:(?:really |very |so |quite )?(?:at (?:home|ease)|welcomed?|comfortable|nervous|lucky|relaxed|supported"
    r"|sick|bad|happy|proud|valued|respected|included|heard|part of|like I))\b",
    re.I,
)


def _subject(found: Parse, shape: Shape, *, is_formal: bool) -> str:
    """The words missing before a note's first word: "I", "I'm", "I've", "It"."""
    first = found.tokens[0]
    if (shape is Shape.GERUND and first.tag == "PRP") or first.tag in ("PRP$", "DT"):
        # "you being so open", "my mother sick": no sentence, and the subject is not the candidate.
        return ""
    if first.lower in _HAPPENS and _FELT.match(found.text):
        return "I"
    if first.lower in _HAPPENS and not (
        first.lower == "worked" and found.tokens[1:] and found.tokens[1].pos == "DET"
    ):
        return "It"
    if first.lower in ("done", "been", "gone", "seen"):
        return "I have" if is_formal else "I've"
    if first.lower == "too":
        return "It is" if is_formal else "It's"
    if first.lower in _STILL and (named := _of_the_state(found, is_formal=is_formal)):
        return named
    if shape is Shape.GERUND or shape is Shape.ADJECTIVE:
        return "I am" if is_formal else "I'm"
    if shape is Shape.PAST and first.lemma in _LASTING and not _WHEN.search(found.text):
        # "licensed in Ohio"
        return "I am" if is_formal else "I'm"
    if shape is Shape.PAST:
        following = found.tokens[1].pos if len(found.tokens) > 1 else ""
        return "I was" if first.lemma in _WAS and following in ("ADP", "PART", "") else "I"
    # "commute too long" is not an action: the first word must be a verb and nothing else.
    is_act = first.tag == "MD" or first.lower in _ACTS
    return "I" if shape is Shape.BASE and is_act else ""


# Adverbs before a state: "now licensed in both states", "recently promoted to lead".
_STILL = frozenset({
    "now", "also", "still", "already", "almost", "nearly", "newly", "fully", "officially", "finally", "currently",
    "soon", "recently", "just", "both",
})  # fmt: skip
_LASTING = frozenset({"license", "certify", "insure", "vaccinate"})
_STATE = _LASTING | frozenset({"train", "qualify", "register", "clear", "book", "base"})


def _of_the_state(found: Parse, *, is_formal: bool) -> str:
    """The subject and verb before "now licensed", "recently promoted", "still waiting"; empty before an action."""
    second = found.tokens[1] if len(found.tokens) > 1 else None
    if second is None:
        return ""
    is_act = second.lemma not in _STATE | _WAS and second.tag not in ("VBG", "JJ")
    if is_act and not (found.tokens[0].lower == "now" and second.tag == "VBN"):
        return ""
    if second.tag not in ("VBN", "VBD", "VBG", "JJ"):
        return ""
    follows = found.tokens[2].pos if len(found.tokens) > 2 else ""
    if second.tag in ("VBN", "VBD") and follows in ("DET", "NOUN", "NUM", "PRON", "PROPN"):
        # "finally certified two people": an action.
        return ""
    if found.tokens[0].lower in ("recently", "just", "finally") and second.lemma in _WAS | _STATE:
        return "I was"
    return "I am" if is_formal else "I'm"


def _is_plain(found: Parse) -> bool:
    """Whether the first word is lowercase within a sentence."""
    return found.tokens[0].pos not in ("PROPN",) and not found.tokens[0].text.isupper()
