"""All names of an interview, in the forms in which a letter may contain them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from drafts.domain.facts import Interviewer
from drafts.domain.naming import called, greeting_name, names_of, tidy_position
from drafts.domain.proofread import is_word
from drafts.domain.tokens import Phrases, Word, fold, without_s, words_of
from drafts.domain.vocabulary import is_in_vocabulary
from drafts.domain.words import words
from drafts.review import lexicon
from drafts.review.carried import carried, readings
from drafts.review.facts import ReviewFacts
from drafts.review.pieces import pieces_of, proper_nouns, without_endings


@dataclass(frozen=True, slots=True)
class Name:
    """One word of a name. `whole` is the name it belongs to, `owner` a person's index, "company" or "sender"."""

    text: str
    whole: str
    owner: int | str


class NameBook:
    """The names of the interview that a letter to one person is checked against."""

    def __init__(self, facts: ReviewFacts) -> None:
        self.facts = facts
        self.company = " ".join(facts.panel.interview.company.split())

    # ------------------------------------------------------------ whom the letter goes to

    @cached_property
    def greet_as(self) -> str:
        """What to call this person in a message: the name to greet with, or the description that was entered."""
        return called(self.facts.person.full_name, self.facts.person.greet_as)

    @cached_property
    def reader_called(self) -> str:
        """Like greet_as, for the person the draft greets; empty if nobody is known."""
        reader = self.facts.reader
        return called(reader.full_name, reader.greet_as) if reader else ""

    @cached_property
    def reader_greeted(self) -> str:
        """The name to greet in the draft; empty if it is unknown."""
        reader = self.facts.reader
        return greeting_name(reader.full_name, reader.greet_as, formal=False) if reader else ""

    @cached_property
    def is_unnamed(self) -> bool:
        """Whether the name of the person the draft is for is unknown."""
        person = self.facts.person
        return not greeting_name(person.full_name, person.greet_as, formal=False)

    @cached_property
    def own_forms(self) -> frozenset[str]:
        """Every way to greet the person the draft greets, folded."""
        return (
            frozenset(fold(form) for form in forms_of(self.facts.reader))
            if self.facts.reader
            else frozenset()
        )

    @cached_property
    def person_forms(self) -> frozenset[str]:
        """Every way to greet the person the draft is for, folded."""
        return frozenset(fold(form) for form in forms_of(self.facts.person))

    # ------------------------------------------------------------ every word of every name

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """The words of names to compare with: this person's first, then the company's, then the others'."""
        panel, mine = self.facts.panel, self.facts.index
        order = [mine, *(index for index in range(len(panel.interviewers)) if index != mine)]
        people = {index: panel.interviewers[index] for index in order}
        found = [
            *_person_names(people.pop(mine), mine),
            *self._company_names,
            *_names(panel.sender.full_name, "sender"),
        ]
        for index, person in people.items():
            found += _person_names(person, index)
        return tuple(found)

    @property
    def _company_names(self) -> list[Name]:
        return [
            name
            for name in _names(self.company, "company")
            if fold(name.text) not in lexicon.entries("names", "legal") and len(name.text) > 2
        ]

    @cached_property
    def by_fold(self) -> dict[str, Name]:
        """Names by their folded text; the more important owner wins."""
        found: dict[str, Name] = {}
        for name in self.names:
            found.setdefault(fold(name.text), name)
        return found

    @cached_property
    def exact(self) -> frozenset[str]:
        return frozenset(name.text.replace("’", "'") for name in self.names)

    # ------------------------------------------------------------ what is right because the user entered it

    @cached_property
    def known(self) -> frozenset[str]:
        """Folded words that are never misspellings: all of the names, and proper nouns of the notes."""
        found: set[str] = set()
        for text in self._entered:
            found.update(fold(word) for word in pieces_of(text))
        # A description may have a name in it: "the lady from the governors (Mrs. Shah?)".
        described = [person.full_name for person in self.facts.panel.interviewers]
        for text in (*_notes(self.facts), *described):
            found.update(fold(word) for word in proper_nouns(text))
        for word in self.facts.own_words:
            found.update(fold(piece) for piece in pieces_of(word))
        return frozenset(found)

    @cached_property
    def entered_phrases(self) -> Phrases:
        """Names as entered, for finding them in a letter; anything inside one is never a mistake."""
        return Phrases(self._entered)

    @cached_property
    def _entered(self) -> tuple[str, ...]:
        panel = self.facts.panel
        interview = panel.interview
        texts = [panel.sender.full_name, *panel.sender.signature.splitlines()]
        texts += [interview.company, interview.position, tidy_position(interview.position)]
        texts += [interview.field, interview.team, *self.facts.own_words, *self.facts.other_companies]
        for person in panel.interviewers:
            texts += [*names_of(person.full_name, person.greet_as), person.job_title, *person.strengths]
            texts += [text for sample in person.work_samples for text in (sample.label, sample.file)]
        return tuple(text for text in dict.fromkeys(texts) if text.strip())

    @property
    def entered_texts(self) -> tuple[str, ...]:
        """Every name as the user entered it."""
        return self._entered

    @cached_property
    def domains(self) -> frozenset[str]:
        """The names in the panel's email addresses ("zylker" from "priya@mail.zylker.example")."""
        return frozenset(
            label
            for person in self.facts.panel.interviewers
            for label in person.email.strip().lower().rpartition("@")[2].split(".")[:-1]
            if len(label) > 2 and label not in lexicon.entries("recipient", "labels")
        )

    @cached_property
    def small_words(self) -> frozenset[str]:
        """Folded words that are lowercase in a name ("van", "zylker")."""
        return frozenset(
            fold(piece) for text in self._entered for piece in pieces_of(text) if piece[:1].islower()
        )

    @cached_property
    def noted(self) -> str:
        """This person's notes, folded and separated by spaces; names in them may be in the letter."""
        texts = _notes_of(self.facts.person)
        return f" {' '.join(word.text for text in texts for word in words_of(fold(text)))} "

    def is_noted(self, text: str) -> bool:
        key = " ".join(word.text for word in words_of(fold(text)))
        return f" {key} " in self.noted or f" {key}'s " in self.noted

    def is_named_in_notes(self, name: str) -> bool:
        """Like is_noted, but a name that is also a word ("Will") must be capitalized in the note."""
        if not is_ordinary(name):
            return self.is_noted(name)
        pattern = rf"(?<!\w){re.escape(name)}(?!\w)"
        return any(
            match.start() > 0 or " " in name
            for text in _notes_of(self.facts.person)
            for match in re.finditer(pattern, text)
        )

    def is_known(self, text: str) -> bool:
        """Whether a word is known: a name, a technical term, or a word of the candidate's own dictionary."""
        key = fold(text)
        return any(form in self.known or is_in_vocabulary(form) for form in without_endings(key))

    # ------------------------------------------------------------ names that do not belong here

    @cached_property
    def stranger_phrases(self) -> Phrases:
        return Phrases(self.strangers)

    @cached_property
    def strangers(self) -> dict[str, tuple[str, str]]:
        """Names that show that a letter was copied, by their folded words: (as entered, rule case), without names of
        this interview."""
        people = [self.facts.person, *([self.facts.reader] if self.facts.reader else [])]
        ours = self.own_forms | self.person_forms
        ours |= {
            fold(word.text)
            for person in people
            for word in words_of(names_of(person.full_name, person.greet_as)[0])
        }
        sender = {fold(word.text) for word in words_of(self.facts.panel.sender.full_name)}
        company = {fold(word.text) for word in words_of(self.company)} | {_bare_key(fold(self.company))}
        position = {fold(word.text) for word in words_of(self.facts.panel.interview.position)}
        around = [
            f" {_bare_key(fold(text))} " for text in (self.company, self.facts.panel.interview.position)
        ]
        taken = ours | sender | company | position
        found: dict[str, tuple[str, str]] = {}
        for index, person in enumerate(self.facts.panel.interviewers):
            if index == self.facts.index or any(
                fold(person.full_name) == fold(own.full_name) for own in people
            ):
                continue
            if any(self.is_named_in_notes(form) for form in forms_of(person)):
                continue
            for form in sorted(forms_of(person), key=len, reverse=True):
                key = _bare_key(fold(form))
                if " " not in key and is_in_vocabulary(key):
                    # Ruby and Kafka are also tools.
                    continue
                if key not in taken and len(key) > 1 and not any(f" {key} " in text for text in around):
                    found.setdefault(key, (form, "panel"))
        for other in self.facts.other_companies:
            for form in _company_forms(other):
                key = _bare_key(fold(form))
                if key and key not in taken and not self.is_named_in_notes(form):
                    found.setdefault(key, (form, "company"))
        return found

    @cached_property
    def note_phrases(self) -> Phrases:
        """The notes on this person in the form that letters use, without the candidate's own question."""
        panel, index = self.facts.panel, self.facts.index
        found = [text for key, text in carried(panel, index) if key != "ask"]
        return Phrases([*found, self.facts.person.correction.topic, readings(panel, index).topic])

    @cached_property
    def personal_notes(self) -> tuple[tuple[Word, ...], ...]:
        """The words of each note on the conversation."""
        person = self.facts.person
        texts = [person.mentioned, person.enjoyed, person.callback, person.correction.topic]
        texts += [person.own_sentence(key) for key in ("mentioned", "enjoyed", "callback", "correction")]
        return tuple(words_of(text) for text in texts if text.strip())

    @cached_property
    def all_notes(self) -> tuple[tuple[Word, ...], ...]:
        """The words of every note on this person."""
        return tuple(words_of(text) for text in _notes_of(self.facts.person) if text.strip())

    @cached_property
    def plain_names(self) -> tuple[str, ...]:
        """Names as entered that contain marks of templates ("{fmt}", "[x]cube")."""
        return tuple(text for text in self._entered if re.search(r"[\[\]{}<>$%_]", text))

    @cached_property
    def known_words(self) -> tuple[str, ...]:
        """Words of the names and of the notes' proper nouns, as entered, used as suggestions for misspellings."""
        found = [piece for text in self._entered for piece in pieces_of(text)]
        found += [piece for text in _notes(self.facts) for piece in proper_nouns(text)]
        return tuple(dict.fromkeys(found))

    def names_company(self, words: tuple[Word, ...]) -> bool:
        """Whether these words include the right company's name, or a distinctive part of it.

        "Payroll" alone does not name Clearmont Payroll: an ordinary word only counts together with all the others.
        """
        folded = {fold(word.text) for word in words}
        here = folded | set(map(without_s, folded))
        own, telling = self._company_words
        return not own or bool(here & telling) or own <= here

    @cached_property
    def _company_words(self) -> tuple[frozenset[str], frozenset[str]]:
        """The folded words of the company's name, and those of them that are not ordinary words."""
        own = {fold(name.text) for name in self._company_names} or {
            fold(word.text) for word in words_of(self.company)
        }
        return frozenset(own), frozenset(word for word in own if not is_word(word))


def is_ordinary(name: str) -> bool:
    """Whether a name is also a word, so that only its capital tells it from one."""
    key = fold(name)
    return is_word(key) or key in lexicon.entries("names", "also_words")


def _bare_key(key: str) -> str:
    """A folded name in the form in which words are compared, without possessive 's."""
    return " ".join(without_s(word.text) for word in words_of(key))


@lru_cache(maxsize=64)
def namebook(facts: ReviewFacts) -> NameBook:
    return NameBook(facts)


def forms_of(person: Interviewer) -> list[str]:
    """The names this person may be called: the noted one, and first, last and full name. None for a description."""
    full_name, _ = names_of(person.full_name, person.greet_as)
    name = " ".join(full_name.split())
    parts = [part for part in name.replace(",", " ").split() if fold(part).rstrip(".") not in words().titles]
    forms = [
        person.greet_as.strip(),
        *(
            greeting_name(name, asked, formal=formal)
            for asked in (person.greet_as, "")
            for formal in (False, True)
        ),
        name,
        " ".join(parts),
    ]
    forms += [
        part for part in parts if (len(part.strip(".")) > 1 and not part[0].islower()) or name == name.lower()
    ]
    if len(parts) > 2:
        forms += [f"{parts[0]} {parts[-1]}", " ".join(parts[1:])]
    if len(parts) > 1 and parts[-2][0].islower():
        forms.append(f"{parts[-2]} {parts[-1]}")
    return list(dict.fromkeys(form for form in forms if form))


def _company_forms(company: str) -> list[str]:
    """A company's name, and without its legal form ("Lumen Health GmbH", "Lumen Health")."""
    name = " ".join(company.split())
    parts = name.split()
    while len(parts) > 1 and fold(parts[-1]).strip(".,&") in lexicon.entries("names", "legal") | {""}:
        parts = parts[:-1]
    return list(dict.fromkeys([name, " ".join(parts).rstrip(",")]))


def _names(text: str, owner: int | str) -> list[Name]:
    whole = " ".join(text.split())
    return [
        Name(text[word.start : word.end], whole, owner)
        for word in words_of(text)
        if word.end - word.start > 1
    ]


def _person_names(person: Interviewer, owner: int) -> list[Name]:
    skip = words().titles
    return [
        name
        for text in reversed(names_of(person.full_name, person.greet_as))
        for name in _names(text, owner)
        if fold(name.text) not in skip
    ]


def _notes_of(person: Interviewer) -> list[str]:
    return [
        person.mentioned,
        person.enjoyed,
        person.experience,
        person.goal,
        person.forgot,
        person.correction.topic,
        person.correction.answer,
        person.callback,
        person.ask,
        *(sentence for _, sentence in person.say),
        *person.strengths,
        *(text for sample in person.work_samples for text in (sample.label, sample.file)),
    ]


def _notes(facts: ReviewFacts) -> list[str]:
    return [text for person in facts.panel.interviewers for text in _notes_of(person)]
