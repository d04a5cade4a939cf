"""Reads the list of strengths: skills ("wound care"), traits ("good with people") and sentences ("I speak Polish")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from drafts.domain.notes import clean
from drafts.domain.notes.lists import frame_of, note_lists, word_sets
from drafts.domain.notes.mending import mended
from drafts.domain.notes.parser import Parse, parse
from drafts.domain.notes.phrases import lower_first
from drafts.domain.notes.points import Asked, Context
from drafts.domain.notes.reader import is_adjective, is_mass, is_verb, is_verb_only
from drafts.domain.notes.sensitive import reason_to_leave_out
from drafts.domain.notes.shapes import Shape, shape_of
from drafts.domain.notes.soundness import doubt
from drafts.domain.proofread import is_word, is_word_anywhere
from drafts.domain.tokens import fold
from drafts.domain.vocabulary import is_in_vocabulary


@dataclass(frozen=True, slots=True)
class Strengths:
    """What a list of strengths says.

    `skills` go into "I would bring ...", `traits` into "I'm ...", `acts` into "I ..."; `aside` are (item, reason).
    """

    skills: tuple[str, ...] = ()
    traits: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    asked: tuple[Asked, ...] = ()
    aside: tuple[tuple[str, str], ...] = ()

    @property
    def says_nothing(self) -> bool:
        return not (self.skills or self.traits or self.acts or self.asked or self.aside)

    def all_asked(self) -> Strengths:
        """The same strengths, all of them to be checked by the candidate."""
        groups = {"skill": self.skills, "trait": self.traits, "act": self.acts}
        return Strengths(asked=(*_asked(groups, "check"), *self.asked), aside=self.aside)


def _asked(groups: Mapping[str, Iterable[str]], reason: str) -> list[Asked]:
    """Questions in place of strengths, which stand by the form of their sentence."""
    return [
        Asked(text, frame_of("strengths", form).format(text), reason)
        for form, texts in groups.items()
        for text in texts
    ]


# Endings of the names of activities; skills too, for "knife skills".
_ACTIVITIES = ("ing", "tion", "tions", "sion", "sions", "ment", "ance", "ence", "skills")
MOST_WORDS = 8  # of a strength that is used without asking
_PRODUCT = re.compile(r"[A-Z][a-z]+(?: [A-Z]{2,}\d*)+")  # "Opera PMS"
# "Shorthand (100 wpm) - rare these days!": the part after a dash is a comment on the item, not another item.
_ASIDE = re.compile(r"(?<=\w|\))\s+[-–—]+\s+[^\n]*")


@lru_cache(maxsize=1024)
def read_strengths(items: Sequence[str], context: Context) -> Strengths:
    """Sorts the items of a list of strengths; `items` is a tuple. Pure; never raises."""
    skills: dict[str, str] = {}
    traits: dict[str, str] = {}
    acts: dict[str, str] = {}
    asked: list[Asked] = []
    aside: list[tuple[str, str]] = []
    groups = {"skill": skills, "trait": traits, "act": acts}
    asked += [Asked(aside.strip(" -–—"), "", "shape") for text in items for aside in _ASIDE.findall(text)]
    for item in items_of([_ASIDE.sub("", text) for text in items]):
        if clean.says_nothing(item):
            continue
        reason, _ = reason_to_leave_out(item)
        if reason:
            aside.append((item, reason))
            continue
        kind, text = _sorted(item, context)
        if kind == "ask":
            asked.append(Asked(item, text, "shape"))
        else:
            groups[kind].setdefault(text.casefold(), text)
    if len(traits) == 1 and not acts and len(next(iter(traits.values())).split()) < 2:
        asked.append(Asked(next(iter(traits.values())), "", "shape"))
        traits.clear()
    if len(skills) == 1 and _says_too_little(next(iter(skills.values()))):
        asked.append(Asked(next(iter(skills.values())), "", "shape"))
        skills.clear()
    if asked and len(skills) + len(traits) + len(acts) == 1:
        # One strength out of several is seldom the one that matters.
        asked += _asked({form: texts.values() for form, texts in groups.items()}, "shape")
        for texts in groups.values():
            texts.clear()
    return Strengths(
        tuple(skills.values()), tuple(traits.values()), tuple(acts.values()), tuple(asked), tuple(aside)
    )


def _says_too_little(skill: str) -> bool:
    """Whether a skill is too little by itself: one word, a level ("English B2"), or a thing ("gas ticket")."""
    found = parse(skill)
    if len(skill.split()) < 2 or any(character.isdigit() for character in skill) or found is None:
        return True
    head = found.roots[0]
    return (
        head.tag == "NN" and head.text.islower() and not (is_mass(head.lower) or head.lower.endswith("ing"))
    )


def items_of(items: Sequence[str]) -> list[str]:
    """The separate items: "wound care, pressure ulcers" is two, unless a part is a sentence."""
    found: list[str] = []
    for item in (remark for text in items for remark in clean.remarks(text)):
        parts = [part.strip() for part in re.split(r",\s+(?![^()]*\))", item) if part.strip()]
        short = all(
            is_in_vocabulary(fold(part))
            and not re.match(
                r"(?:I|not|never|also|a|an|the|even|mostly|with|in|no|little|but|and)\b", part, re.I
            )
            for part in parts
        )
        found += parts if short else [item]
    return found


def _sorted(item: str, context: Context) -> tuple[str, str]:
    """The group an item belongs to and its text there; ("ask", best sentence) if none fits."""
    text = re.sub(r"\A(?:and|also|&)\s+", "", item.strip(), flags=re.I)
    text = clean.corrected_spelling(text, context)
    text = re.sub(r"\s+/\s+", " and ", text).rstrip(".! ")
    first_word = text.split(" ", 1)[0]
    if (
        not is_in_vocabulary(fold(first_word))
        and not is_in_vocabulary(fold(" ".join(text.split()[:2])))
        and not _PRODUCT.fullmatch(text)
    ):
        text = lower_first(text, context)
    text = re.sub(r"\A[Cc]an (?=\w+ )", "I can ", text)
    whole = parse(text)
    if whole is None:
        # Without the parser a short item without a verb of its own can still be listed.
        return ("skill", text) if len(text.split()) <= 3 and text else ("ask", "")
    subject = re.match(r"(?:I am|I'm)\s+(?:a\s+)?", text)
    if subject:
        rest = text[subject.end() :]
        named = " a " in subject.group() + " " and subject.group().rstrip().endswith("a")
        return _checked("trait", f"a {rest}" if named else rest, context)
    if re.match(r"I (?:don't|do not|never|can't|cannot)\b|.+ (?:it|them|that|this)\Z", text):
        return "ask", f"{text}."
    if re.match(r"I\s+", text):
        return _checked("act", re.sub(r"\AI\s+", "", text), context)
    if (
        len(whole.tokens) == 1
        and (item.strip()[:1].isupper() or not is_word_anywhere(text))
        and not is_adjective(text.lower())
    ):
        return _alone(text if is_word(text.lower()) and len(text) > 3 else item.strip(" .!"))
    return _by_shape(text, whole, context)


def _by_shape(text: str, whole: Parse, context: Context) -> tuple[str, str]:
    """The same for an item that does not begin with "I" and is not the name of one tool."""
    shape = shape_of(whole)
    if re.match(r"(?:don't|do not|never|no|not)\b", text, re.I):
        return "ask", f"I {text}."
    if re.match(r"hard[- ]?working\b", text):
        return "trait", text.replace("hard working", "hard-working").replace("hardworking", "hard-working")
    if (
        re.search(r"\s[-–—]\s", text)
        or shape is Shape.CLAUSE
        or "," in re.sub(r"\([^()]*\)", "", text)
        or len(text.split()) > 12
    ):
        return "ask", text[:1].upper() + text[1:] + "."
    return _trait_or_skill(text, whole, context)


def _trait_or_skill(text: str, whole: Parse, context: Context) -> tuple[str, str]:
    """The same for a short phrase without a subject: "calm", "team player", "wound care", "speak Polish"."""
    shape = shape_of(whole)
    if is_trait(text):
        return _checked("trait", text, context)
    if _is_person(text):
        return _checked("trait", f"{'an' if text[0] in 'aeiou' else 'a'} {text}", context)
    first = whole.tokens[0]
    if len(whole.tokens) == 1 and (shape is Shape.NOUN or first.tag in ("VB", "VBP")):
        # The parser takes single nouns such as "forklift" for verbs.
        return _alone(text)
    if _is_doing(whole):
        return _doing(text, whole, context)
    if shape is Shape.NOUN and lacks_article(whole):
        return "ask", f"I would bring {text}."
    if shape is not Shape.GERUND and first.tag not in ("VB", "VBP", "VBG") and _may_be_verb(whole):
        return "ask", f"I {text}."
    if shape in (Shape.NOUN, Shape.GERUND) or (first.tag in _NOUN_TAGS and shape is not Shape.PAST):
        return _checked("skill", text, context)
    is_base = first.tag in ("VB", "VBP") and shape in (Shape.BASE, Shape.OTHER)
    if is_base and _is_compound(whole):
        return _checked("skill", text, context)
    if is_base and first.lemma in word_sets().inner_verbs:
        return _checked("act", text, context)
    return "ask", f"I {text}."


def _is_doing(whole: Parse) -> bool:
    first = whole.tokens[0]
    return (
        first.tag == "VBG" and first.lower.endswith("ing") and len(whole.tokens) > 1 and is_verb(first.lemma)
    )


def _doing(text: str, whole: Parse, context: Context) -> tuple[str, str]:
    """The same for "staying calm": something one is good at, or "knowing the forms": something one does."""
    first = whole.tokens[0]
    if first.lemma in word_sets().inner_verbs:
        return _checked("act", f"{first.lemma} {text.split(' ', 1)[1]}", context)
    detailed = any(word.pos == "NUM" or word.lower == "i" for word in whole.tokens)
    if detailed or len(whole.tokens) > MOST_WORDS:
        return "ask", f"I'm good at {text}."
    return _checked("trait", f"good at {text}", context)


def _is_compound(phrase: Parse) -> bool:
    """ "fault finding", "bundle preparation": a noun before the name of an activity; the parser takes it for a verb."""
    first, *rest = phrase.tokens
    return (
        len(rest) == 1
        and rest[0].lower.endswith(_ACTIVITIES)
        and first.lemma not in word_sets().inner_verbs
        and not is_verb_only(first.lower)
    )


def _may_be_verb(phrase: Parse) -> bool:
    """ "plan events" may be a verb with its object, and "audit trails" two nouns: only the user knows."""
    first, *rest = phrase.tokens
    return (
        len(rest) == 1
        and (rest[0].tag == "NNS" or rest[0].lower == "staff")
        and not rest[0].lower.endswith(_ACTIVITIES)
        and is_verb(first.lower)
        and not is_in_vocabulary(fold(f"{first.text} {rest[0].text}"))
    )


def lacks_article(phrase: Parse) -> bool:
    """ "steady hand": a singular countable noun with an adjective, which cannot be listed without an article."""
    head = phrase.roots[0]
    return (
        head.tag == "NN"
        and head.text.islower()
        and not is_mass(head.lower)
        and head.lower not in note_lists().bare_nouns
        and not head.lower.endswith("ing")
        and any(child.dep in ("amod", "conj") for child in phrase.children(head))
    )


def _alone(word: str) -> tuple[str, str]:
    """One word as a skill: a tool, a technical term, or a noun that needs no article. "Figures" alone says too
    little."""
    known = (
        is_in_vocabulary(fold(word))
        or is_mass(word.lower())
        or word.lower().endswith("ing")
        or not (is_word(word.lower()) or word.islower())
        or word.lower() in note_lists().written_large
    )
    return ("skill", word) if known else ("ask", "")


def is_trait(text: str) -> bool:
    """ "calm", "good with people": it follows "I am very ..." as an adjective."""
    found = parse(f"I am very {text}.")
    if found is None or len(found.tokens) < 5:
        return False
    first = found.tokens[3]
    if first.lower in word_sets().no_traits:
        return False
    adjective = is_adjective(first.lower) or (first.tag == "JJ" and first.lower.endswith("ed"))
    if not adjective or first.lower.endswith("ing"):
        return False
    if first.tag not in ("JJ", "VBN", "VBD") or first.dep not in ("acomp", "ROOT", "attr"):
        return False
    following = found.tokens[4]
    return following.pos in ("PUNCT", "ADP", "CCONJ", "SCONJ") or following.lower in (
        "when",
        "even",
        "under",
        "to",
    )


def _is_person(text: str) -> bool:
    """ "a team player", "fast learner"."""
    words = text.lower().split()
    return words[-1] in word_sets().person_nouns and len(words) <= 4


def _checked(kind: str, text: str, context: Context) -> tuple[str, str]:
    frame = frame_of("strengths", kind)
    sentence = mended(frame.format(text))
    is_shouted = " " in text and text.isupper() and all(map(is_word, text.lower().split()))
    if kind == "skill" and (is_shouted or not is_in_vocabulary(fold(text))):
        better = f"I'm {text.lower()}." if is_shouted else _why_not_listed(text)
        if better:
            return "ask", better
    text = sentence[len(frame.partition("{")[0]) : -1]
    problem = doubt(sentence, context.known, phrase=kind == "skill")
    return ("ask", sentence) if problem else (kind, text)


_NOUN_TAGS = frozenset({"VBG", "NN", "NNS", "NNP", "NNPS", "JJ", "CD"})
_IN_SKILLS = frozenset({"NOUN", "PROPN", "ADJ", "ADP", "CCONJ", "PART", "PUNCT", "DET"})
# A number that is not part of a name such as "ISO 17025".
_NUMBER = re.compile(r"(?<![A-Z]{2} )(?<![A-Z]{3} )(?<![A-Z]{2}-)\b\d[\d.,]*(?![a-z\d])")


def _why_not_listed(text: str) -> str:
    """A better sentence for something that is no skill by itself, and so cannot stand in a list of strengths: people,
    papers, things one owns, periods; empty if it can."""
    found = parse(re.sub(r"\s*\([^()$]*\)\Z", "", text))
    words = found.tokens if found else ()
    if (
        not words
        or any(word.text in "()$%+/&" for word in words)
        or _NUMBER.search(found.text if found else text)
    ):
        return f"I have {text}."
    if words[0].lower in word_sets().no_skill or words[0].pos == "ADP" or len(words) > MOST_WORDS:
        return f"I have {text}."
    if any(word.lemma in note_lists().people for word in words if word.pos == "NOUN"):
        return f"I'm good with {text}."
    is_phrase = len(words) < 3 or all(word.pos in _IN_SKILLS for word in words[:-1])
    # The parser takes the names of activities for verbs.
    ends_well = words[-1].pos in ("NOUN", "PROPN") or words[-1].lower.endswith(_ACTIVITIES)
    # "EWRB current"
    is_valid = words[0].text.isupper() and words[-1].text.islower() and is_adjective(words[-1].lower)
    return "" if is_phrase and ends_well and not is_valid else f"I have {text}."


def joined(items: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"; if an item contains "and", commas and a last "and"."""
    if len(items) < 2:
        return "".join(items)
    if len(items) == 2 and not any(" and " in item for item in items):
        return f"{items[0]} and {items[1]}"
    comma = "," if any(" and " in item for item in items) else ""
    return f"{', '.join(items[:-1])}{comma} and {items[-1]}"


__all__ = ["Strengths", "items_of", "joined", "read_strengths"]
