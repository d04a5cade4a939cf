"""Composes letters from facts. Deterministic; says nothing that was not entered; reports everything it leaves out.

Notes are read and rewritten (`notes`), put into sentences (`sentences`), and arranged into a letter here.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, cached_property

from drafts.domain import grammar
from drafts.domain.assign import Member, choose, preference
from drafts.domain.facts import NOTE_KEYS, Interviewer, Panel, Role, Stage, Tone, WorkSample, is_noted
from drafts.domain.letter import Letter, NoteUse, Use
from drafts.domain.naming import greeting_name, is_titled, tidy_company, tidy_position, with_article
from drafts.domain.note_uses import note_uses
from drafts.domain.notes.fitting import REFERS_BACK
from drafts.domain.notes.points import context_of
from drafts.domain.phrasebook import ONLY_FOR, Phrasebook, fill, phrasebook
from drafts.domain.readings import read_person
from drafts.domain.sentences import Sentence, Sentences
from drafts.domain.signatures import signature, signed_name
from drafts.domain.subjects import choose_subjects, short_company, short_position
from drafts.domain.titles import with_titles
from drafts.domain.words import words

CEILING = 200  # words; the article's upper limit (docs/sources.md)
COMFORTABLE = 160  # words; above this, second points are dropped
SUBJECT_OPTIONS = 5
SECOND = 4  # drop priority of second points and other optional sentences
SIGNATURE_GOES = 3
SHORT_PARAGRAPH = 16  # words
MOST_LED = 5  # people on a panel, all of whose letters may begin with what was told
LONGEST_PARAGRAPH = 75  # words of what they told me and what I did, to stand together

FACT_KEYS = ("signature", "team", *NOTE_KEYS)
_FILES = "…"  # marks the work-sample phrases for attached files; explained in en.toml


def count_words(text: str) -> int:
    return len(text.split())


def effective_role(person: Interviewer) -> Role:
    """The role that was entered, else the one that the job title suggests, else peer."""
    return person.role or grammar.role_from_title(person.job_title) or Role.PEER


def compose_letter(panel: Panel, index: int, tones: Tone | Sequence[Tone] = Tone.WARM) -> Letter:
    """The letter to one interviewer, worded differently from those to the others. `tones`: one for all, or one each."""
    return PanelWords(panel, each_tone(tones, panel)).letter(index)


def compose_panel(panel: Panel, tones: Tone | Sequence[Tone] = Tone.WARM) -> list[Letter]:
    """A letter to each interviewer, in the panel's order."""
    shared = PanelWords(panel, each_tone(tones, panel))
    return [shared.letter(index) for index in range(len(panel.interviewers))]


def each_tone(tones: Tone | Sequence[Tone], panel: Panel) -> tuple[Tone, ...]:
    if isinstance(tones, Tone):
        return (tones,) * len(panel.interviewers)
    return tuple(tones)


class PanelWords:
    """The variants that a panel's letters use, chosen for all members at once, one slot at a time when first needed."""

    def __init__(self, panel: Panel, tones: tuple[Tone, ...]) -> None:
        self.panel = panel = with_titles(panel)
        self.members = [
            Member(
                effective_role(person),
                tone,
                f"{panel.interview.company}\0{panel.interview.position}\0{person.full_name}",
                str(panel.interview.ended_at.date()) if person.met_before else "",
            )
            for person, tone in zip(panel.interviewers, tones, strict=True)
        ]
        self._chosen: dict[str, list[str]] = {}

    def variant(self, slot: str, index: int) -> str:
        if slot not in self._chosen:
            self._chosen[slot] = self._choose(phrasebook(), slot)
        return self._chosen[slot][index]

    def sample_variant(self, kind: str, index: int) -> str:
        """Like `variant`, for the work-sample phrases of one kind."""
        key = f"work_samples {kind}"
        if key not in self._chosen:
            self._chosen[key] = self._choose(_sample_book(kind), "work_samples")
        return self._chosen[key][index]

    def _choose(self, book: Phrasebook, slot: str) -> list[str]:
        preferred = [preference(book, slot, member) for member in self.members]
        if any(member.again for member in self.members):
            first = choose([preference(book, slot, replace(member, again="")) for member in self.members])
            # Move the variant that the first letter to this person uses to the end.
            preferred = [
                tuple(sorted(options, key=said.__eq__)) if member.again else options
                for member, options, said in zip(self.members, preferred, first, strict=True)
            ]
        return choose(preferred)

    @cached_property
    def subjects(self) -> list[list[str]]:
        return choose_subjects(self.panel, self.members)

    def letter(self, index: int) -> Letter:
        return Writer(self, index).letter()


class Addressed:
    """The greeting and sign-off that every kind of letter to one interviewer shares."""

    def __init__(self, shared: PanelWords, index: int) -> None:
        self.shared, self.index = shared, index
        self.panel = shared.panel
        self.person = shared.panel.interviewers[index]
        self.member = shared.members[index]
        interview = self.panel.interview
        self.company = with_article(short_company(tidy_company(interview.company)))
        self.position = short_position(tidy_position(interview.position), always=True)
        self.signature = signature(self.panel.sender)

    def _say(self, slot: str, **values: str) -> str:
        return fill(self.shared.variant(slot, self.index), values)

    def _greeting(self) -> str:
        if not self._reader():
            return self._say("greeting_unnamed")
        return self._say("greeting_dear" if self._greets_with_dear() else "greeting", greet_as=self._reader())

    def _reader(self) -> str:
        """The name to greet with; empty if it is unknown."""
        formal = self.member.tone is Tone.FORMAL
        return greeting_name(self.person.full_name, self.person.greet_as, formal=formal)

    def _greets_with_dear(self) -> bool:
        """Whether to greet with "Dear": for a title, for executives, and where first names are not used at once."""
        interview = self.panel.interview
        return (
            is_titled(self.person.greet_as or self.person.full_name)
            or self.member.role is Role.LEADER
            or interview.stage is Stage.FINAL
            or interview.country[:2] in words().formal_countries
            or bool(re.match(r"\w\.", self._reader()))
        )

    def _sign_off(self, signature: str) -> str:
        return "\n".join([self._say("sign_off"), signature or signed_name(self.panel.sender.full_name)])


class Writer(Addressed):
    """One letter: its sentences in order, and how many of them fit."""

    def __init__(self, shared: PanelWords, index: int) -> None:
        super().__init__(shared, index)
        self.team = grammar.team_name(self.panel.interview.team)
        self.readings = read_person(self.person, context_of(self.panel, index))
        self.sentences = Sentences(self.person, self.readings, self._say)
        self.links = [_sample_line(sample) for sample in self.person.work_samples if sample.url]
        self.files = [_file_called(sample) for sample in self.person.work_samples if sample.file]

    # ------------------------------------------------------------ what fits

    def letter(self) -> Letter:
        blocks, dropped = self._fitted()
        said: dict[str, list[str]] = {}
        for sentence in _all(blocks):
            said.setdefault(sentence.key, []).append(sentence.text)
        uses = note_uses(
            self.person, self.readings, said, tuple(key for key in NOTE_KEYS if self._given(key))
        )
        subjects = self.shared.subjects[self.index][:SUBJECT_OPTIONS]
        body = _body(blocks)
        return Letter(
            greeting=self._greeting(),
            subject=subjects[0],
            subject_options=tuple(subjects),
            body=body,
            left_out=self._left_out(uses, dropped, said),
            words=count_words(body),
            notes=uses,
        )

    def _fitted(self) -> tuple[list[list[Sentence]], set[str]]:
        """The paragraphs after shortening, and the keys of what was dropped.

        Above COMFORTABLE, second points are dropped; above CEILING, everything except the courtesies may be.
        """
        blocks = [list(block) for block in self._blocks()]
        dropped: set[str] = set()
        while (count := count_words(_body(blocks))) > COMFORTABLE:
            may_go = [
                s for s in _all(blocks) if s.key not in ("", "name") and (s.goes >= SECOND or count > CEILING)
            ]
            if not may_go:
                break
            # Of equal priority, the last sentence goes first.
            victim = max(reversed(may_go), key=lambda sentence: sentence.goes)
            dropped.add(victim.key)
            blocks = [[s for s in block if s is not victim] for block in blocks]
            if victim.key == "signature":
                blocks.insert(-1, [Sentence("name", self._sign_off(""))])
        return blocks, dropped

    def _left_out(
        self, uses: tuple[NoteUse, ...], dropped: set[str], said: dict[str, list[str]]
    ) -> tuple[str, ...]:
        carried = {
            note.key for note in uses if note.use is Use.USED and not note.missing and note.key not in dropped
        }
        if self.team and "team" in said:
            carried.add("team")
        if self.signature and "signature" in said:
            carried.add("signature")
        return tuple(key for key in FACT_KEYS if self._given(key) and key not in carried)

    def _given(self, key: str) -> bool:
        """Whether the user entered anything under this key."""
        if key == "signature":
            return bool(self.panel.sender.signature.strip())
        if key == "team":
            return bool(self.panel.interview.team.strip())
        return is_noted(self.person, key)

    # ------------------------------------------------------------ what it reads like

    def _blocks(self) -> list[list[Sentence]]:
        """The paragraphs in order, from the greeting to the P.S."""
        made = self.sentences
        told, liked, did, aims = made.told(), made.liked(), made.did(), made.aims()
        strengths, forgot, correction, asked = (
            made.strengths(),
            made.forgotten(),
            made.correction(),
            made.asked(),
        )
        thanks = [Sentence("", self._thanks())]
        close = self._close(asked)
        samples = self._work_samples()
        work = [[Sentence("work_samples", samples)]] if samples else []
        mine = [*did, *aims, *strengths]
        if not told and _words_in(mine) < SHORT_PARAGRAPH:
            # Too short for its own paragraph, so it is joined to the interest in the job.
            close, mine = [*mine, *close], []
        greeting = [Sentence("", self._greeting())]
        close_with = Sentence(
            "signature" if self.signature else "name", self._sign_off(self.signature), SIGNATURE_GOES
        )
        return [
            greeting,
            *self._about_the_talk(thanks, told, liked, did, mine),
            [*correction, *forgot],
            *work,
            close,
            [close_with],
            made.postscript(),
        ]

    def _about_the_talk(
        self,
        thanks: list[Sentence],
        told: list[Sentence],
        liked: list[Sentence],
        did: list[Sentence],
        mine: list[Sentence],
    ) -> list[list[Sentence]]:
        """The paragraphs of thanks, of what they told me, and of `mine`, which begins with what I did."""
        is_hinged = bool(told and did) and self.sentences.hinges()
        # What they told me, alone in a paragraph, only repeats it to them. There are not many ways to lead with it.
        is_alone = not did and len(self.panel.interviewers) <= MOST_LED
        leads = (self._paragraph_order() == 1 or is_alone) and not is_hinged and not self.person.met_before
        opener = self.sentences.thanks_and_told(self.position) if leads else []
        if told and liked and did and not is_hinged and REFERS_BACK.search(did[0].text):
            # "We did the same": it may be about either, so they stand in the order of the form.
            return [thanks, [*told, *liked, *mine]]
        fits_one = bool(told and did) and _words_in([*told, *mine]) <= LONGEST_PARAGRAPH
        if is_hinged or (fits_one and not opener):
            # What I did stands right after what they told me, which it may answer.
            return [[*thanks, *liked], [*told, *mine]]
        if fits_one:
            return [[*opener, *mine], liked]
        if self._paragraph_order() == 0:
            return [thanks, [*told, *liked], mine]
        if opener:
            return [[*opener, *liked], mine]
        return [[*thanks, *told, *liked], mine]

    def _paragraph_order(self) -> int:
        """Which order of paragraphs to use; it varies within a panel and between interviews, like the wording."""
        first = zlib.crc32(self.shared.members[0].seed.encode())
        return (first + self.index) % 3

    def _thanks(self) -> str:
        slot = "thanks_again" if self.person.met_before else "thanks"
        return self._say(slot, position=self.position)

    def _close(self, asked: list[Sentence]) -> list[Sentence]:
        """Interest in the job and the next steps. Asks one question at the end, if this reader can answer it."""
        values = self._place()
        key = "team" if self.team else ""
        # Who says what they would like to do there need not add that they are interested, as every letter does.
        is_said = not self.team and self.sentences.says_wish()
        interest = [] if is_said else [Sentence(key, self._say("interest", **values))]
        if asked:
            # One thing is asked for, and not the next steps besides.
            return [*interest, *asked]
        is_known = self.panel.interview.decision_known or self._mentions_decision()
        if self._is_asked() and not is_known:
            return [*interest, Sentence("", self._say("next_steps"))]
        return [Sentence(key, self._say("close", **values))]

    def _is_asked(self) -> bool:
        """Whether to ask this reader about the next steps: the first of the panel who can answer."""
        role = self.member.role
        return role in ONLY_FOR["next_steps"] and role not in [
            member.role for member in self.shared.members[: self.index]
        ]

    def _place(self) -> dict[str, str]:
        if not self.team:
            return {"place": f"at {self.company}", "company_team": self.company}
        return {
            "place": f"on {self.team} at {self.company}",
            "company_team": f"{self.team} at {self.company}",
        }

    def _mentions_decision(self) -> bool:
        """Whether a note already mentions the decision, so that asking when it comes would look inattentive."""
        person = self.person
        notes = f"{person.mentioned} {person.enjoyed} {person.ask} {person.own_sentence('mentioned')}"
        return bool(
            re.search(
                r"\b(?:hear|deci\w+|results?|next (?:step|round|stage|week|month)|feedback|offer|start(?:ing)? date"
                r"|references?|answer (?:by|until|on)|timeline|end of (?:the |this )?(?:week|month))\b",
                notes,
                re.I,
            )
        )

    def _work_samples(self) -> str:
        if not self.files and not self.links:
            return ""
        if not self.files:
            return "\n".join([self.shared.sample_variant("links", self.index), *self.links])
        attached = self.shared.sample_variant("files", self.index).removesuffix(_FILES)
        attached = grammar.full_stop(attached + grammar.join_list(self.files))
        if not self.links:
            return attached
        more = self.shared.sample_variant("more", self.index).removeprefix(_FILES)
        return "\n".join([attached + more, *self.links])


def _all(blocks: list[list[Sentence]]) -> list[Sentence]:
    return [sentence for block in blocks for sentence in block]


def _words_in(sentences: list[Sentence]) -> int:
    return sum(count_words(sentence.text) for sentence in sentences)


def _body(blocks: list[list[Sentence]]) -> str:
    return "\n\n".join(" ".join(sentence.text for sentence in block) for block in blocks if block)


def _sample_line(sample: WorkSample) -> str:
    label = grammar.trim(" ".join(sample.label.split()))
    return f"{label}: {sample.url}" if label else sample.url


def _file_called(sample: WorkSample) -> str:
    """The label that was entered, else the file's name."""
    return grammar.trim(" ".join(sample.label.split())) or " ".join(sample.file.split())


@cache
def _sample_book(kind: str) -> Phrasebook:
    """The phrasebook reduced to work-sample phrases of one kind: "links" (placed above links), "files", or "more"
    (links after files)."""
    return Phrasebook(
        {
            key: kept
            for key, texts in phrasebook().variants.items()
            if key[0] == "work_samples" and (kept := tuple(text for text in texts if _kind(text) == kind))
        }
    )


def _kind(text: str) -> str:
    if text.endswith(_FILES):
        return "files"
    return "more" if text.startswith(_FILES) else "links"
