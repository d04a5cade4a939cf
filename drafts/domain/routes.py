"""Three ways to reach an interviewer whose address is unknown (docs/sources.md, Advice on an unknown address).

Each is composed by the writer of the thank-you letter, with words from its file in phrasebook/kinds where it differs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import product

from drafts.domain.assign import choose, preference

# Routes reuse the letter's writer, because they differ from a letter in only a few slots.
from drafts.domain.compose import (
    FACT_KEYS,
    SUBJECT_OPTIONS,
    PanelWords,
    Writer,
    compose_letter,
    count_words,
    each_tone,
    effective_role,
)
from drafts.domain.facts import Interviewer, Kind, Panel, Role, Tone
from drafts.domain.kinds import Writer as KindWriter
from drafts.domain.kinds import letter_kind, letter_kinds
from drafts.domain.letter import Letter
from drafts.domain.naming import greeting_name, job_said, place_said, printed_name, tidy_position
from drafts.domain.notes.strengths import joined
from drafts.domain.phrasebook import ANY, Phrasebook, fill, phrasebook
from drafts.domain.sentences import Sentence
from drafts.domain.subjects import SUBJECT_LIMIT, SUBJECT_NAME_LIMIT, short_name, short_position

LINKEDIN_LIMIT = 300  # UTF-16 code units, as browsers count characters; the limit of a LinkedIn invitation
REQUEST_LIMIT = 100  # words above the note, short enough to skim on a phone
NOTE_LINE = "-" * 10  # between the request and the note below it
_POSTSCRIPT = "P.S. "


def recruiter_of(panel: Panel, index: int) -> int | None:
    """The recruiter on the panel who could pass a note on to this person, preferably one with an address."""
    others = [
        other
        for other, person in enumerate(panel.interviewers)
        if other != index and effective_role(person) is Role.RECRUITER
    ]
    return min(others, key=lambda other: not panel.interviewers[other].email.strip(), default=None)


def compose_route(panel: Panel, index: int, kind: Kind, tones: Tone | Sequence[Tone] = Tone.WARM) -> Letter:
    """A draft of this kind for one interviewer, worded differently from those to the others."""
    if kind is Kind.THANK_YOU:
        return compose_letter(panel, index, tones)
    return _WRITERS[letter_kind(kind).writer](_RouteWords(panel, each_tone(tones, panel)), index).letter()


def code_units(text: str) -> int:
    """Length in UTF-16 code units, as a browser's text field counts it; never less than the characters."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@cache
def route_book() -> Phrasebook:
    """The variants of the routes' files."""
    return Phrasebook(
        {
            (slot, role, tone): tuple(texts)
            for one in letter_kinds().values()
            for slot, roles in one.words.items()
            for role, tones in roles.items()
            for tone, texts in tones.items()
        }
    )


@cache
def _slots() -> frozenset[str]:
    return frozenset(slot for slot, _, _ in route_book().variants)


class _RouteWords(PanelWords):
    """The letter's variants, except for the slots of the routes' files.

    Shared slots are assigned as for the letters, so that nobody's note repeats somebody else's letter.
    """

    def reach(self, slot: str, index: int) -> tuple[str, ...]:
        """Every variant this person's draft may use, in order of preference."""
        book = route_book() if slot in _slots() else phrasebook()
        return preference(book, slot, self.members[index])

    def _choose(self, book: Phrasebook, slot: str) -> list[str]:
        return super()._choose(route_book() if slot in _slots() else book, slot)


class _Note(Writer):
    """The letter, with next steps that do not expect a reply, and the same signature."""

    shared: _RouteWords

    def _close(self, asked: list[Sentence]) -> list[Sentence]:
        key = "team" if self.team else ""
        interest = Sentence(key, self._say("interest", **self._place()))
        return [interest, *asked, Sentence("", self._say("next_steps"))]


class _Request(_Note):
    """An email to the recruiter, greeted by name if the panel has one, with the note below it."""

    def letter(self) -> Letter:
        note = super().letter()
        request = self._request()
        subjects = self._subjects()
        body = "\n\n".join([*request, NOTE_LINE, note.body])
        return replace(
            note,
            greeting=request[0],
            subject=subjects[0],
            subject_options=tuple(subjects),
            body=body,
            words=count_words(body),
        )

    def _recruiter_greeting(self) -> str:
        recruiter = recruiter_of(self.panel, self.index)
        if recruiter is None:
            return self._say("request_greeting")
        asked = self.panel.interviewers[recruiter]
        name = greeting_name(asked.full_name, asked.greet_as, formal=False)
        return self._say("greeting", greet_as=name) if name else self._say("request_greeting")

    def _request(self) -> list[str]:
        """Its paragraphs. If long names make it too long, it first drops the words that take the pressure off, then the
        recruiter's name."""
        thanks = self._say("request_thanks", position=self.position, company=self.company)
        ask = self._say("request_ask", person=_spoken_of(self.person))
        close = "\n".join([self._request_sign_off(), " ".join(self.panel.sender.full_name.split())])
        named = self._recruiter_greeting()
        ways = [
            [named, thanks, f"{ask} {self._say('request_easy')}", close],
            [named, thanks, ask, close],
            [self._say("request_greeting"), thanks, ask, close],
        ]
        return next((way for way in ways if count_words(" ".join(way)) <= REQUEST_LIMIT), ways[-1])

    def _request_sign_off(self) -> str:
        """The variant after the note's own, so that the email does not close twice with the same words."""
        reach = self.shared.reach("sign_off", self.index)
        return reach[(reach.index(self._say("sign_off")) + 1) % len(reach)]

    def _subjects(self) -> list[str]:
        """Subjects that fit, the chosen one first. No two people of a panel get the same one if that can be avoided."""
        members = self.shared.members
        fitting = [
            _fitting_subjects(self.panel, person, preference(route_book(), "request_subject", member))
            for person, member in zip(self.panel.interviewers, members, strict=True)
        ]
        chosen = choose([list(options) for options in fitting])[self.index]
        options = fitting[self.index]
        subjects = [options[chosen], *(text for template, text in options.items() if template != chosen)]
        return list(dict.fromkeys(subjects))[:SUBJECT_OPTIONS]


def _fitting_subjects(panel: Panel, person: Interviewer, templates: Sequence[str]) -> dict[str, str]:
    """The subjects within the limit, by template; most contain only the name."""
    whole = _spoken_of(person)
    if not printed_name(person.full_name, person.greet_as) and len(whole) > SUBJECT_NAME_LIMIT:
        whole = _phrase("request_unnamed")
    values = {
        "person": short_name(whole),
        "first": short_name(greeting_name(person.full_name, person.greet_as, formal=False) or whole),
        "position": short_position(tidy_position(panel.interview.position)),
    }
    filled = {template: fill(template, values) for template in templates}
    return {template: text for template, text in filled.items() if len(text) <= SUBJECT_LIMIT}


def _spoken_of(person: Interviewer) -> str:
    """The person as somebody else can tell who it is: the name, else what is known of their work."""
    if name := printed_name(person.full_name, person.greet_as):
        return name
    if job := job_said(person.job_title) or job_said(person.full_name):
        return fill(_phrase("request_job"), {"job": job})
    if place := place_said(person.full_name):
        return fill(_phrase("request_place"), {"place": place})
    return _phrase("request_unnamed")


def _phrase(slot: str) -> str:
    return route_book().variants[slot, ANY, ANY][0]


class _LinkedIn(_Note):
    """At most 300 characters: thanks, one personal fact, interest if there is room, and the name."""

    def letter(self) -> Letter:
        greeting, thanks = self._least()
        key, fact, thanks = self._personal(greeting, thanks)
        interest = self._say("linkedin_interest", company=self.company)
        sign_off = self._say("sign_off")
        # Remaining room is used for the sign-off first, then for the interest.
        if not self._fits(greeting, thanks, fact, sign_off=sign_off):
            sign_off = ""
        if not self._fits(greeting, thanks, fact, interest, sign_off=sign_off):
            interest = ""
        # A P.S. comes last here too.
        said = [thanks, interest, fact] if fact in self._postscripts() else [thanks, fact, interest]
        body = self._message(greeting, *said, sign_off=sign_off)
        return Letter(
            greeting=greeting,
            subject="",
            subject_options=(),
            body=body,
            left_out=tuple(one for one in FACT_KEYS if self._given(one) and one != key),
            words=count_words(body),
        )

    def _least(self) -> tuple[str, str]:
        """The longest greeting and thanks that fit together with just the name."""
        greetings = [self._greeting(), self._say("request_greeting")]
        bare = self._say("linkedin_thanks_bare")
        pairs = [*product(greetings, [*self._thanks_said(), bare])]
        return next((pair for pair in pairs if self._fits(*pair)), pairs[-1])

    def _thanks_said(self) -> list[str]:
        """The chosen wording of the thanks, then shorter ones."""
        return [
            fill(template, {"position": position})
            for position in dict.fromkeys([self.position, short_position(self.position)])
            for template in self._templates("linkedin_thanks")
        ]

    def _personal(self, greeting: str, thanks: str) -> tuple[str, str, str]:
        """The first personal fact that fits in full: its key (empty if only part of it is said), its sentence, and the
        thanks."""
        for key, fact in self._facts():
            for said in [thanks, *self._thanks_said()]:
                if self._fits(greeting, said, fact):
                    return key, fact, said
        return "", "", thanks

    def _facts(self) -> Iterator[tuple[str, str]]:
        """The personal facts, the most personal first; each in the chosen wording, then in the shortest."""
        for sentence in [*self.sentences.told()[:1], *self.sentences.liked()[:1]]:
            yield self._said_by(sentence), sentence.text
        for sentence, text in zip(self.sentences.postscript(), self._postscripts(), strict=True):
            yield self._said_by(sentence), text
        read = self.readings.strengths
        skills = read.skills
        more = read.traits or read.acts or read.asked or read.aside
        for some in (skills, skills[:1]) if skills else ():
            for template in self._templates("linkedin_strengths"):
                key = "strengths" if some == skills and not more else ""
                yield key, fill(template, {"strengths": joined(some)})

    def _postscripts(self) -> list[str]:
        return [sentence.text.removeprefix(_POSTSCRIPT) for sentence in self.sentences.postscript()]

    def _said_by(self, sentence: Sentence) -> str:
        """The key of the note that this sentence states in full; empty if the note says more."""
        if self.person.own_sentence(sentence.key):
            return sentence.key
        note = self.readings.notes[sentence.key]
        return "" if len(note.points) != 1 or note.asked or note.aside else sentence.key

    def _templates(self, slot: str) -> list[str]:
        """The chosen variant, then the shortest one in case there is no room."""
        shortest = min(self.shared.reach(slot, self.index), key=len)
        return list(dict.fromkeys([self.shared.variant(slot, self.index), shortest]))

    def _message(self, greeting: str, *said: str, sign_off: str = "") -> str:
        name = " ".join(self.panel.sender.full_name.split())
        close = f"{sign_off}\n{name}" if sign_off else name
        return "\n\n".join([greeting, " ".join(text for text in said if text), close])

    def _fits(self, greeting: str, *said: str, sign_off: str = "") -> bool:
        return code_units(self._message(greeting, *said, sign_off=sign_off)) <= LINKEDIN_LIMIT


_WRITERS: dict[str, type[_Note]] = {
    KindWriter.REQUEST: _Request,
    KindWriter.NOTE: _Note,
    KindWriter.LINKEDIN: _LinkedIn,
}
