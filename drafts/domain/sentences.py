"""Turns points into the sentences of one letter, using the phrasebook."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from drafts.domain.facts import Interviewer, Reaction
from drafts.domain.notes.lists import word_sets
from drafts.domain.notes.parser import parse
from drafts.domain.notes.points import Form, Point
from drafts.domain.notes.strengths import joined
from drafts.domain.readings import Readings

MOST_SKILLS = 5
SHORT_TOPIC = 3  # words
SHORT_CLAUSE = 14  # words; two clauses up to this length may share a sentence

LAST = -1  # dropped last of all
# Drop priority of the candidate's own sentences, when all of them are too long for one letter.
OWN_GOES = {
    "mentioned": 0, "callback": LAST, "enjoyed": 1, "correction": 1, "ask": 1, "forgot": 1,
    "experience": 2, "goal": 2, "strengths": 2,
}  # fmt: skip

Say = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the letter, the note it comes from, and its drop priority (highest is dropped first)."""

    key: str
    text: str
    goes: int = 0


def capital(text: str) -> str:
    """The text with a capital first letter, unless it begins with a code name (iOS, npm run)."""
    word = re.match(r"[^\s,.;:!?]*", text)
    if word and word.group()[1:] != word.group()[1:].lower():
        return text
    return text[:1].upper() + text[1:]


def closed(text: str) -> str:
    """The text with a full stop unless it already ends a sentence."""
    return text if re.search(r"[.!?…][\"'”’)]*\Z", text) else text + "."


_WISH = re.compile(r"\b(?:like|love|want|hope|glad|happy) to\b")
# An own sentence that says that it is a correction.
_ANNOUNCES = re.compile(r"\bcorrect|should have (?:said|told|answered)|mistake|better answer|wrong", re.I)


class Sentences:
    """The sentences of one letter. `say(slot, **values)` returns the variant that this letter uses, filled in."""

    def __init__(self, person: Interviewer, readings: Readings, say: Say) -> None:
        self.person, self.readings, self.say = person, readings, say
        self.own = dict(person.say)

    def _own(self, key: str) -> list[Sentence]:
        text = self.own.get(key, "").strip()
        # Unchanged, except that it must end a sentence.
        text = f"{text}." if text and text[-1].isalnum() else text
        return [Sentence(key, text, OWN_GOES[key])] if text else []

    def told(self) -> list[Sentence]:
        if own := self._own("mentioned"):
            return [*own, *self._reaction()]
        points = self.readings.points("mentioned")
        found = [Sentence("mentioned", text, goes) for text, goes in self._told(points)]
        return [*found, *self._reaction()] if found else []

    def _reaction(self) -> list[Sentence]:
        if self.person.reaction is None:
            return []
        slot = "work_on" if self.person.reaction is Reaction.WORK_ON else "good_to_know"
        return [Sentence("reaction", self.say(slot), 1)]

    def _told(self, points: list[Point], *, first: bool = True) -> Iterator[tuple[str, int]]:
        slots = {
            Form.THAT: "told_that",
            Form.HOW: "told_how",
            Form.ABOUT: "told_about",
            Form.TALKED: "talked_about",
        }
        clauses = [point for point in points if point.form is Form.THAT]
        if first and len(clauses) > 1 and points[:2] == clauses[:2] and _short(clauses[:2]):
            yield self.say("told_that", told=f"{clauses[0].text} and that {clauses[1].text}"), 0
            points = points[2:]
            first = False
        if not first:
            points = _two_in_one(points)
        for point in points:
            slot = slots.get(point.form, "")
            if not first and point.form is Form.THAT:
                slot = "told_also"
            elif not first and point.form is Form.ABOUT:
                slot = "told_about_also"
            if slot:
                yield self.say(slot, told=point.text), 0 if first else 5
            else:
                yield closed(capital(point.text)), 5
            first = False

    def thanks_and_told(self, position: str) -> list[Sentence]:
        """Thanks and the first thing they told, in one sentence; empty if it does not fit."""
        points = self.readings.points("mentioned")
        slots = {Form.THAT: "thanks_that", Form.HOW: "thanks_how", Form.ABOUT: "thanks_about"}
        slot = slots.get(points[0].form) if points else None
        if slot is None or self.own.get("mentioned") or len(points[0].text.split()) > SHORT_CLAUSE:
            return []
        first = Sentence("mentioned", self.say(slot, told=points[0].text, position=position))
        rest = [Sentence("mentioned", text, goes) for text, goes in self._told(points[1:], first=False)]
        return [first, *rest, *self._reaction()]

    def liked(self) -> list[Sentence]:
        if own := self._own("enjoyed"):
            return own
        slots = {
            Form.THAT: "liked_that",
            Form.HOW: "liked_how",
            Form.ABOUT: "liked_about",
            Form.ITSELF: "liked_itself",
            Form.THING: "liked_thing",
            Form.TALKED: "liked_talking",
        }
        found = []
        for number, point in enumerate(self.readings.points("enjoyed")):
            slot = slots.get(point.form, "")
            if number and point.form is Form.THAT:
                slot = "liked_also"
            elif number and point.form is Form.ABOUT:
                slot = "liked_about_also"
            text = self.say(slot, liked=point.text) if slot else closed(capital(point.text))
            found.append(Sentence("enjoyed", text, 6 if number else 1))
        return found

    def did(self) -> list[Sentence]:
        if own := self._own("experience"):
            return own
        texts = _merged([capital(point.text) for point in self.readings.points("experience")])
        found = [closed(text) for text in texts]
        if found and self.person.relates and self.told() and found[0].startswith(("I ", "At ", "In ", "My ")):
            found[0] = self.say("hinge", did=found[0])
        return [Sentence("experience", text, 4 if number > 1 else 0) for number, text in enumerate(found)]

    def strengths(self) -> list[Sentence]:
        if own := self._own("strengths"):
            return own
        read = self.readings.strengths
        texts = []
        if read.traits:
            texts.append(f"I'm {joined(read.traits)}")
        if read.acts:
            texts.append(f"I {joined(read.acts)}")
        short = len(texts) == 2 and len("".join(texts)) < 110 and not any(" and " in text for text in texts)
        sentences = [f"{' and '.join(texts)}."] if short else [f"{text}." for text in texts]
        if read.skills:
            several = len(read.skills) > 1 or " and " in read.skills[0]
            slot = "strengths" if several else "strength"
            sentences.insert(0, self.say(slot, strengths=joined(read.skills[:MOST_SKILLS])))
        return [Sentence("strengths", text, 7 if number else 6) for number, text in enumerate(sentences)]

    def aims(self) -> list[Sentence]:
        if own := self._own("goal"):
            return own
        found = []
        for number, point in enumerate(self.readings.points("goal")):
            if point.form is Form.OWN:
                text = closed(capital(point.text))
            elif point.form is Form.ABOUT:
                text = self.say("aim_about_also" if number else "aim_about", aim=point.text)
            else:
                text = self.say("aim_also" if number else "aim_verb", aim=point.text)
            found.append(Sentence("goal", text, 7 if number else 2))
        return found

    def says_wish(self) -> bool:
        """Whether the letter says what the candidate would like to do there."""
        return any(_WISH.search(sentence.text) for sentence in self.aims())

    def forgotten(self) -> list[Sentence]:
        if own := self._own("forgot"):
            return own
        found = []
        for number, point in enumerate(self.readings.points("forgot")):
            slot = "forgot_that" if point.form is Form.THAT else "forgot_about"
            by_itself = point.form is Form.OWN or (number > 0 and point.form is Form.THAT)
            text = closed(capital(point.text)) if by_itself else self.say(slot, forgot=point.text)
            found.append(Sentence("forgot", text, 1))
        return found

    def correction(self) -> list[Sentence]:
        if own := self._own("correction"):
            return [replace(own[0], text=self._announced(own[0].text))]
        points = self.readings.points("answer")
        if not points:
            return []
        topic = self.readings.topic
        first, *rest = points
        slot = {Form.THAT: "correction_that", Form.PHRASE: "correction_phrase"}.get(
            first.form, "correction_own"
        )
        answer = closed(capital(first.text)) if slot == "correction_own" else first.text
        said = (
            self.say(slot, topic=topic, answer=answer) if topic else self.say(f"{slot}_alone", answer=answer)
        )
        texts = [said]
        for point in rest:
            phrase = point.form is Form.PHRASE
            texts.append(
                f"I should have said: {closed(point.text)}"
                if phrase and first.form is Form.OWN
                else closed(capital(point.text))
            )
        return [Sentence("correction", " ".join(texts), 0)]

    def _announced(self, sentence: str) -> str:
        """An own sentence with a correction, said to be one, and with its topic unless it names that itself."""
        topic = self.readings.topic
        if topic and not telling_words(topic) & telling_words(sentence):
            return self.say("correction_own", topic=topic, answer=sentence)
        return sentence if _ANNOUNCES.search(sentence) else f"{self.say('correction_lead')} {sentence}"

    def asked(self) -> list[Sentence]:
        if own := self._own("ask"):
            return own
        slots = {Form.HOW: "ask_how", Form.ABOUT: "ask_about", Form.ASKED: "ask_direct"}
        points = self.readings.points("ask")
        found = [
            Sentence("ask", self.say(slots[point.form], ask=point.text), 0)
            for point in points[:1]
            if point.form in slots
        ]
        for point in points[1:]:
            if point.form is Form.ASKED:
                found.append(Sentence("ask", f"{capital(point.text)}?", 5))
        return found

    def postscript(self) -> list[Sentence]:
        if own := self._own("callback"):
            text = own[0].text
            return [Sentence("callback", text if re.match(r"P\.?S\b", text, re.I) else f"P.S. {text}", LAST)]
        slots = {Form.THAT: "ps_that", Form.HOW: "ps_how", Form.ABOUT: "ps_about", Form.TALKED: "ps_talked"}
        points = self.readings.points("callback")
        if len(points) > 1 and points[0].form is Form.ABOUT and len(points[0].text.split()) < SHORT_TOPIC:
            # "Bees! She keeps bees." would repeat the word.
            points = points[1:]
        texts = []
        for number, point in enumerate(points):
            slot = slots.get(point.form, "")
            said = (
                self.say(slot, callback=point.text)
                if slot and not (number and point.form is Form.THAT)
                else closed(capital(point.text))
            )
            texts.append(said)
        return [Sentence("callback", f"P.S. {' '.join(texts)}", LAST)] if texts else []

    def hinges(self) -> bool:
        """Whether what they told and what I did are related: the user said so, or both share a word."""
        if self.person.relates is not None:
            return self.person.relates
        told = {word for point in self.readings.points("mentioned") for word in telling_words(point.text)}
        did = {word for point in self.readings.points("experience") for word in telling_words(point.text)}
        return bool(told & did)


def _two_in_one(points: list[Point]) -> list[Point]:
    """The points with two clauses made one, so that "You also said that" is not said twice."""
    if len(points) < 2 or {point.form for point in points[:2]} != {Form.THAT} or not _short(points[:2]):
        return points
    first, second, *others = points
    return [replace(first, text=f"{first.text} and that {second.text}"), *others]


def _short(points: list[Point]) -> bool:
    return sum(len(point.text.split()) for point in points) <= SHORT_CLAUSE and not any(
        re.search(r"[,;:]", point.text) for point in points
    )


_PAST = re.compile(r"I (?!have\b|am\b|was\b|can\b|')(\w+(?:ed|t|n|d|w|k) .+)")


def _merged(texts: list[str]) -> list[str]:
    """ "I ran the line." and "I cut the waste." become one sentence if both are short and begin alike."""
    merged: list[str] = []
    for text in texts:
        before = merged[-1] if merged else ""
        plain = _PAST.fullmatch(text)
        joinable = (
            _PAST.fullmatch(before.rstrip("."))
            and plain
            and " and " not in before
            and "," not in before + text
        )
        if joinable and plain and len(before.split()) + len(text.split()) <= 22:
            merged[-1] = f"{before.rstrip('.')} and {plain.group(1)}"
        else:
            merged.append(text)
    return merged


@lru_cache(maxsize=2048)
def telling_words(text: str) -> frozenset[str]:
    """The lemmas of the nouns and names that say what a point is about."""
    found = parse(text)
    if found is None:
        return frozenset()
    return frozenset(
        token.lemma
        for token in found.tokens
        if token.pos in ("NOUN", "PROPN")
        and len(token.text) > 2
        and token.lemma not in word_sets().too_general
    )
