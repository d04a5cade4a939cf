"""The notes on one conversation as typed: the letter that they would give, and how they differ from what is stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from drafts import services
from drafts.domain.compose import effective_role
from drafts.domain.facts import MAX_WORK_SAMPLES
from drafts.forms import ConversationForm, SampleFormSet
from drafts.models import Interviewer, WorkSample
from drafts.pages.versions import or_same, with_changes
from drafts.services import Whole


@dataclass(frozen=True)
class Notes:
    """The forms about the conversation with one person of an interview."""

    whole: Whole
    person: Interviewer
    form: ConversationForm
    samples: Any

    def is_valid(self) -> bool:
        return bool(self.form.is_valid() & self.samples.is_valid())

    def whole_as_typed(self) -> Whole:
        """The interview with the valid input about this person."""
        self.is_valid()
        stored = self.whole.people[self.whole.index(self.person)]
        about = {name: getattr(stored, name) for name in ("id", *services.PERSON_FIELDS)}
        links = [WorkSample(**sample) for sample in self.samples.samples()[:MAX_WORK_SAMPLES]]
        typed = Interviewer(**about, **self.form.notes())
        return self.whole.with_facts_of(typed, [*links, *stored.files()])

    def differences(self, stored: Interviewer) -> dict[Any, Any]:
        """The stored values that differ from the input, by label."""
        now = notes_of(self.whole, stored)
        notes = self.form.notes()
        typed = {name: notes.get(name.replace("-", "_")) for name in self.form.fields}
        typed |= {f"say-{key}": sentence for key, sentence in notes["own_sentences"].items()}
        is_same = {"strengths": stored.strengths == typed["strengths"], "version": True}
        found = {
            field.label: with_changes(field.field, _in_words(field), typed[field.name])
            for field in now.form
            if not is_same.get(field.name, (field.value() or "") == (typed[field.name] or ""))
        }
        links = [row.initial for row in now.samples.forms if row.initial]
        if links != self.samples.samples():
            found[_("Links")] = ", ".join(f"{link['label']} {link['url']}".strip() for link in links) or "—"
        return or_same(found)


def notes_of(whole: Whole, person: Interviewer, data: Any = None) -> Notes:
    """The forms with `data` if it is given, else with what is stored."""
    initial = {
        **{name: getattr(person, name) for name in services.NOTE_FIELDS},
        "strengths": ", ".join(person.strengths),
        "correction-topic": person.correction_topic,
        "correction-answer": person.correction_answer,
        **{f"say-{key}": sentence for key, sentence in person.own_sentences.items()},
        "version": person.version,
    }
    form = ConversationForm(
        data,
        initial=initial,
        role=effective_role(whole.panel.interviewers[whole.index(person)]),
        position=whole.interview.position,
        # A company's name often says what it does: "Brightline Logistics".
        field=whole.interview.field or whole.interview.company,
    )
    links = None if data is not None else links_of(person) or [{}]
    return Notes(whole, person, form, SampleFormSet(data, initial=links, prefix="work_samples"))


def links_of(person: Interviewer) -> list[dict[str, str]]:
    """The work samples that are links, as `save_conversation` takes them."""
    return [
        {"label": sample.label, "url": sample.url} for sample in person.work_samples.all() if not sample.file
    ]


def _in_words(field: Any) -> Any:
    """The value of a field, in words for a list of differences."""
    if field.name in ("relates", "met_before"):
        return _("yes") if field.value() else _("no")
    return dict(getattr(field.field, "choices", ())).get(field.value(), field.value())
