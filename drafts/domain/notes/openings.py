"""Removes the words people begin a note with: "she said that ...", "I really liked when ...", "I forgot to say"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class Opening(StrEnum):
    """What the opening words of a remark say about the rest."""

    NONE = "none"
    SAID = "said"  # he said (that) ...
    ABOUT = "about"  # she told me about ...
    TALKED = "talked"  # we talked about ...
    ASKED = "asked"  # he asked me ...
    SHOWED = "showed"  # she showed me the ..., he recommended the ...


@dataclass(frozen=True, slots=True)
class Opened:
    """A remark without the words it began with."""

    opening: Opening
    rest: str
    verb: str = ""


MOST_OPENINGS = 4  # "we talked about how she said that ..."

_ADVERBS = (
    r"(?:also |just |really |briefly |actually |then |kind of |super |even |only |kept |was |were "
    r"|is |has |had |'d |he'd |did )*"
)
_TO_ME = r"(?: to me| with me| me| us| to us| that me)?"
_LITTLE = r"(?: a lot| a bit| a little| loads| lots| quite a bit| at length| mostly| briefly| again| how)?"


def _subjects(names: frozenset[str]) -> str:
    """Who may have said it: a pronoun, or the interviewer by name or role."""
    titles = r"(?:(?:mr|mrs|ms|dr|prof|sir|ma'am|mam|chef|sister|miss)\.? )?"
    named = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)) or "he"
    return (
        rf"(?:(?:he|she|they|we|you|the (?:manager|interviewer|boss|director|recruiter|chef|lady|guy"
        rf"|hm)|my interviewer|i think (?:he|she)|ma'am|mam|sir|{titles}(?:(?:{named})\b ?)+)\s+)"
    )


# "that" before a clause; before a noun it is a demonstrative.
_CONNECTIVE = re.compile(
    r"\A(?:that\s+)(?=(?:i|you|he|she|they|we|it|the|there|this|these|your|his|her|their|our|my|in"
    r"|on|at|when|if|all|every|each|most|some|no|\w+s?\s+(?:is|are|was|were|has|have|will|can|do"
    r"|does|go|goes|need|needs))\b)",
    re.I,
)


def _named_in(text: str, names: frozenset[str]) -> frozenset[str]:
    """The names that occur in a text. Usually none do, so that all interviewers share the same compiled patterns."""
    return frozenset(name for name in names if re.search(re.escape(name), text, re.I))


# Compiling takes about 25 ms, so only the names that occur in the note are passed.
@lru_cache(maxsize=256)
def _sayings(names: frozenset[str]) -> tuple[tuple[Opening, re.Pattern[str]], ...]:
    """Patterns for phrases that introduce what was said, and what each means. The first match counts."""
    who = _subjects(names)
    patterns = (
        (
            Opening.SAID,
            r"(?:something|what|one thing|the thing|things?)(?: that)? (?:i |he |she |they )?(?:enjoyed"
            r"|liked|loved|told me|said|mentioned)(?: (?:hearing|to hear|talking))?(?: about)?(?: most)?"
            r"(?:\s*[:,]| was| is)(?: that)?\s+",
        ),
        (
            Opening.SAID,
            r"(?:prof|professor|doctor|the boss|boss|manager|madam|miss|teacher|chef|dr)\.? (?:told|said"
            r"|says|explained|mentioned)(?: me)?(?: that)? ",
        ),
        (
            Opening.TALKED,
            rf"(?:the )?(?:we |we both |{who})?{_ADVERBS}(?:talked|spoke|chatted|discussed|talking|chatting"
            rf"|chat|bonded|joked|laughed)(?: together)?{_TO_ME}{_LITTLE} (?:about|over|on)\s+",
        ),
        (Opening.TALKED, rf"(?:we |we both ){_ADVERBS}discussed\s+"),
        (
            Opening.ABOUT,
            rf"{who}?{_ADVERBS}(?:told|tell|spoke|talked|talking|telling|explained|mentioned|went on"
            rf"|said){_TO_ME}{_LITTLE}(?: something| things| me)? about\s+",
        ),
        (
            Opening.ASKED,
            rf"{who}?{_ADVERBS}(?:asked|asking|wanted to know|quizzed)(?: me| us)?(?: about| for)?\s+",
        ),
        (
            Opening.SAID,
            rf"{who}?{_ADVERBS}(?:said|says|told|mentioned|explained|noted|added|commented|pointed out"
            rf"|admitted|shared|stressed|stated|warned|confirmed|clarified|describes|described|explain"
            rf"|mention|telling|saying|reckons|reckoned|thinks)(?: to me| to us| me| us)?"
            rf"(?: straight| clearly| twice| early on)?"
            rf"(?: that\b(?= )|\s*[,:])?\s+",
        ),
        (Opening.SAID, rf"{who}(?:said|told)\s+(?:me )?\"?"),
        (
            Opening.SHOWED,
            rf"{who}{_ADVERBS}(?:showed|shown|introduced|introduce|presented|recommended|suggested|gave)"
            rf"(?: me| us| to me)?\s+(?=(?:the|a|an|his|her|their|some|your|how)\b)",
        ),
        (
            Opening.SAID,
            r"(?:something|one thing|the thing) (?:he|she|they|you) (?:told me|said|mentioned) (?:was|is)"
            r"(?: that)?\s+",
        ),
        (
            Opening.SAID,
            r"(?:during|in|at) (?:the|our) (?:interview|conversation|chat|call),? (?=you|he|she|they|we)",
        ),
    )
    return tuple((opening, re.compile(pattern, re.I)) for opening, pattern in patterns)


def without_saying(text: str, names: frozenset[str]) -> Opened:
    """Removes "she said that", "he told me about", "we talked about" from the start, at most MOST_OPENINGS times.

    `names`: the words of the interviewer's own name, in lower case.
    """
    opening, verb = Opening.NONE, ""
    rest = text
    patterns = _sayings(_named_in(text, names))
    for _ in range(MOST_OPENINGS):
        for kind, pattern in patterns:
            match = pattern.match(rest)
            if match and match.end() < len(rest):
                spoken = re.search(
                    r"recommend|suggest|show|introduc|present|gave|explain", match.group(), re.I
                )
                verb = verb or (spoken.group().lower() if spoken else "")
                opening = kind if opening in (Opening.NONE, Opening.SAID) else opening
                rest = rest[match.end() :]
                break
        else:
            break
    return Opened(opening, _CONNECTIVE.sub("", rest).strip(" ,:;-"), verb)


_LIKED = re.compile(
    r"""(?:i\s+|and\s+)?(?:was\s+|am\s+|'m\s+|have\s+|'ve\s+)?(?:so\s+|really\s+|very\s+|also\s+
    |especially\s+|particularly\s+|most\s+|thoroughly\s+|quite\s+|just\s+|truly\s+)*
    (?:liked|loved|enjoyed|like|love|enjoy|appreciated|appreciate|impressed|interested|glad|happy
    |touched|interesting|great|nice|good|cool|fun|fascinating|lovely)(?:\s+(?:a\s+lot|very\s+much
    |so\s+much|most|best|especially|really))?
    (?:\s+(?:by|in|to\s+(?:hear|learn|see|find\s+out)|hearing|learning|it|with|listening\s+to))?
    (?:\s+(?:about|from\s+\w+))?
    (?:\s+(?:it\s+)?when)?\s*[:,]?\s+""",
    re.I | re.X,
)
_BIT = re.compile(
    r"(?:the\s+)?(?:bit|part|thing|stuff|things|whole thing)\s+(?:about|on|where|with)\s+", re.I
)


def without_liking(text: str, names: frozenset[str]) -> Opened:
    """Removes "I really liked when he explained how" from the start, up to "how"."""
    rest = text
    when = False
    match = _LIKED.match(rest)
    if match and match.end() < len(rest):
        when = bool(re.search(r"\bwhen\b", match.group(), re.I))
        rest = rest[match.end() :]
    heard = re.match(r"(?:hearing|hear|learning)\s+(about\s+)?", rest, re.I)
    rest = rest[heard.end() :] if heard else rest
    about = (
        bool(heard and heard[1])
        or bool(re.match(r"about\s", rest, re.I))
        or bool(match and re.search(r"\b(?:about|interested in)\s+\Z", match.group(), re.I))
    )
    rest = re.sub(r"\Aabout\s+", "", rest, flags=re.I)
    if _BIT.match(rest):
        about, rest = True, _BIT.sub("", rest, count=1)
    told = re.match(
        r"how\s+(?:he|she|they)\s+(?:told|tells|tell)(?:\s+(?:me|us))?(?:\s+about)?\s+", rest, re.I
    )
    if told:
        about, rest = True, rest[told.end() :]
    opened = without_saying(rest, names)
    if about and opened.opening is Opening.NONE:
        return Opened(Opening.ABOUT, opened.rest)
    if when and opened.opening is Opening.NONE:
        return Opened(Opening.NONE, "when " + opened.rest)
    return opened


_FORGOT = re.compile(
    r"""(?:one\s+thing\s+|something\s+|also\s+|that\s+)?(?:i\s+)?(?:completely\s+|totally\s+|also\s+)?
    (?:(?:forgot|forget|forgotten|failed|meant|wanted)(?:(?:\s+to)?\s+(?:say|mention|tell|add
    |bring\s+up|write)|(?!\s+to\b))|left\s+out(?=\s+that\b)|(?:didn't|did\s+not|should\s+have|never)\s+(?:say|said|mention
    |mentioned|tell|told|get\s+to\s+say|add|added))
    (?:\s+(?:is|was|him|her|them|you))?(?:\s+(?:about|that|is|was))*\s*[:,]?\s+(?!to\b)""",
    re.I | re.X,
)


def without_forgetting(text: str) -> str:
    """What was forgotten: "I forgot to mention that I speak Polish" -> "I speak Polish"."""
    rest = text
    match = _FORGOT.match(rest)
    if match and match.end() < len(rest):
        rest = rest[match.end() :]
    return re.sub(r"\Athat\s+(?=(?:i|my|we|i'\w+)\b)", "", rest, flags=re.I)


_EXPERIENCE = re.compile(
    r"(?:my\s+(?:relevant\s+|main\s+)?experience\s*(?:is|was|includes|:|-)?\s*(?=\S)|"
    r"(?:i\s+have\s+|i've\s+got\s+|have\s+)?experience\s+(?:of|with|in)\s+(?=\w+ing\b))",
    re.I,
)


def without_experience(text: str) -> str:
    """The experience itself: "my experience is 4 years in retail" -> "4 years in retail"."""
    return _EXPERIENCE.sub("", text, count=1) if _EXPERIENCE.match(text) else text


_AIM = re.compile(
    r"""(?:(?:i|we)(?:\s+(?:would|will|could|can|want|really|also|just|'d|'ll)|'d|'ll)+(?:\s+(?:like
    |love|want|be\s+happy|hope|try|be\s+able)\s+to|\s+to)?\s+|to\s+|would\s+)?
    (?:(?:be\s+able\s+to\s+)?help(?:ing)?\s+(?:(?:the\s+team|them|you|him|her|the\s+\w+\s+team|out)\s+)?
    (?:out\s+)?(?:to\s+|in\s+(?=\w+ing)|with\s+(?=\w+ing\b))?)?""",
    re.I | re.X,
)


def without_aim(text: str) -> str:
    """The aim itself: "I want to help them cut the waste" -> "cut the waste"."""
    match = _AIM.match(text)
    return text[match.end() :] if match and 0 < match.end() < len(text) else text


_ANSWER = re.compile(
    r"""(?:(?:i\s+)?(?:should(?:\s+have|'ve)|shouldve)\s+(?:said|answered|told|mentioned)(?:\s+
    (?:that|him|her|them))?|(?:a\s+|the\s+|my\s+)?(?:better|right|correct|real|good)\s+(?:answer
    |one)?\s*(?:is|was|would\s+be)?|actually|better|correct|it\s+should\s+be|should\s+be|
    (?:i\s+)?should\s+say|meant\s+to\s+say)\s*[:,]?\s+(?:that\s+)?""",
    re.I | re.X,
)


def without_answering(text: str) -> tuple[bool, str]:
    """Whether the remark says that it is the better answer, and the answer itself."""
    match = _ANSWER.match(text)
    if match and match.end() < len(text):
        return True, text[match.end() :]
    return False, text


_TOPIC = re.compile(
    r"""(?:the\s+)?(?:q(?:uestion)?|one|bit|part|answer|thing|when\s+(?:he|she|they|you|we)\s+
    (?:asked|talked|spoke)(?:\s+me)?|(?:he|she|they)\s+asked(?:\s+me)?|i\s+was\s+asked|asked(?:\s+me)?
    |my\s+answer)\s+(?:about|on|re|to|of|for)?\s*""",
    re.I | re.X,
)


def without_topic(text: str) -> str:
    """The topic itself: "the question about churn" -> "churn"."""
    rest = text.strip()
    match = _TOPIC.match(rest)
    if match and match.end() < len(rest):
        rest = rest[match.end() :]
    rest = re.sub(r"\s+(?:q|qn|question|answer|thing)\Z", "", rest, flags=re.I)
    return re.sub(r"\A(?:about|on|re)\s+", "", rest, flags=re.I)


_WANT_TO_KNOW = re.compile(
    r"""(?:(?:what\s+i(?:'d|\s+would)\s+like\s+to\s+know(?:\s+next)?(?:\s+is)?|i(?:'d|\s+would)?\s+
    (?:like|love|want)\s+to\s+(?:know|ask|hear)|i\s+wonder(?:ed)?|wondering|want\s+to\s+know
    |would\s+like\s+to\s+know|(?:forgot|need|want)\s+to\s+ask|ask|please\s+tell\s+me
    |can\s+(?:i|you)\s+(?:ask|tell\s+me)|could\s+you\s+tell\s+me|curious|not\s+clear)(?:\s+(?:about|her|him
    |them))?\s*[:,]?\s+)+""",
    re.I | re.X,
)


def without_asking(text: str) -> str:
    """The question itself: "I would like to know how you plan" -> "how you plan"."""
    match = _WANT_TO_KNOW.match(text)
    return text[match.end() :] if match and match.end() < len(text) else text
