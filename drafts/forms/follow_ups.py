"""What happened after the letters, and the answers that a later letter is composed from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from drafts.domain import time_zones
from drafts.domain.facts import Kind, Outcome, Panel
from drafts.domain.follow_ups import named_day, says_more_time, unfit
from drafts.domain.kinds import (
    MAX_ANSWER,
    MAX_OWN,
    Prompt,
    PromptKind,
    completes,
    letter_kind,
    own_key,
    without_blank,
)
from drafts.domain.letter import NoteUse, Use
from drafts.domain.notes.lists import reason_text
from drafts.forms.interview import FAR_AWAY
from drafts.models import OUTCOME_CHOICES, Interview
from drafts.services.mapping import own_zone
from drafts.translation import ENGLISH, as_english, date_format_language, in_sentence, translated


def _day_field(label: Any, help_text: Any, errors: Mapping[str, Any], *, required: bool) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "off"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Enter the date like this: 2026-12-04."), **errors},
    )


@dataclass(frozen=True)
class Row:
    """A question and, where its answer is asked about, the box for the candidate's own words."""

    field: BoundField
    own: BoundField | None


class OutcomeForm(forms.Form):
    """For one interview. The day one heard is a day where the candidate is; the day one was to hear, where the
    interview was."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Outcome"),
        required=False,
        choices=[("", gettext_lazy("Not recorded")), *OUTCOME_CHOICES],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": gettext_lazy("Choose an answer from the list.")},
    )
    outcome_on = _day_field(
        gettext_lazy("When did you hear?"), gettext_lazy("Leave it blank for today."), {}, required=False
    )
    decision_expected_on = forms.CharField(
        label=gettext_lazy("When did they say you’d hear?"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("A date, or words such as “next week”, “in ten days” or “by Friday”."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    notes = forms.CharField(
        label=gettext_lazy("Private notes"),
        required=False,
        max_length=5000,
        help_text=gettext_lazy("Only for you. They’re never used in a letter."),
        widget=forms.Textarea(attrs={"rows": 3, "data-grow": True}),
    )

    def __init__(self, *args: Any, interview: Interview, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.interview = interview
        self.ended_on = interview.ended_at.astimezone(time_zones.zone(interview.time_zone)).date()
        own = own_zone(interview)
        self.ended_on_here = interview.ended_at.astimezone(own).date()
        self.today = timezone.now().astimezone(own).date()

    @classmethod
    def for_interview(cls, interview: Interview) -> OutcomeForm:
        expected = interview.decision_expected_on
        return cls(
            interview=interview,
            initial={
                "outcome": interview.happened or "",
                "outcome_on": interview.outcome_on,
                "decision_expected_on": expected.isoformat() if expected else "",
                "notes": interview.notes,
            },
        )

    def clean_outcome_on(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["outcome_on"]
        if day and day < min(self.ended_on, self.ended_on_here):
            raise forms.ValidationError(_("That’s before the interview. Enter a later date."))
        if day and day > self.today + dt.timedelta(days=1):
            raise forms.ValidationError(_("That date is in the future. Enter the date you heard."))
        return day

    def clean_decision_expected_on(self) -> dt.date | None:
        text = self.cleaned_data["decision_expected_on"].strip()
        if not text:
            return None
        day = named_day(text, self._said_on(text), month_first=date_format_language() == ENGLISH)
        if day is None:
            raise forms.ValidationError(_("Enter a date such as 2026-12-04, or words such as “next week”."))
        if day < self.ended_on:
            raise forms.ValidationError(_("That’s before the interview. Enter a later date."))
        if day - self.ended_on > FAR_AWAY:
            raise forms.ValidationError(_("That’s more than a year after the interview. Check the year."))
        return day

    def _said_on(self, text: str) -> dt.date:
        """The day from which "next week" counts: that of the interview, unless they said it later, when they replied or
        asked for more time."""
        outcome, heard_on = self.cleaned_data.get("outcome"), self.cleaned_data.get("outcome_on")
        if not outcome or outcome == Outcome.NO_REPLY:
            return self.today if says_more_time(text) else self.ended_on
        # What is added to a reply that is stored was heard since.
        is_new = (outcome, heard_on) != (self.interview.outcome, self.interview.outcome_on)
        return heard_on or self.today if is_new else self.today

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("outcome") and not cleaned.get("outcome_on") and "outcome_on" not in self.errors:
            is_new = cleaned["outcome"] != self.interview.outcome
            cleaned["outcome_on"] = self.today if is_new else self.interview.outcome_on
        if not cleaned.get("outcome"):
            cleaned["outcome_on"] = None
        return cleaned


class FollowUpForm(forms.Form):
    """The prompts of one kind; field names are their keys. Words are checked here, so that each fits its sentence."""

    def __init__(
        self, *args: Any, kind: Kind, panel: Panel, index: int, today: dt.date, **kwargs: Any
    ) -> None:
        """For a letter to the person at this index of the panel."""
        super().__init__(*args, **kwargs)
        self.about, self.today = letter_kind(kind), today
        self.panel, self.index = panel, index
        self.asked: set[str] = set()
        for prompt in self.about.prompts:
            self.fields[prompt.key] = _field(prompt)
            if prompt.is_words:
                self.fields[own_key(prompt.key)] = _own_field(prompt)

    def rows(self) -> list[Row]:
        """The questions with, where an answer is asked about, the box for the candidate's own words."""
        rows = []
        for prompt in self.about.prompts:
            own = self[own_key(prompt.key)] if prompt.is_words else None
            is_open = bool(own and (own.value() or own.errors or prompt.key in self.asked))
            rows.append(Row(self[prompt.key], own if is_open else None))
        return rows

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for prompt in self.about.prompts:
            value = cleaned.get(prompt.key)
            is_phrase = prompt.kind is PromptKind.PHRASE and not prompt.quoted
            if is_phrase and value and not completes(without_blank(prompt, value)):
                self.add_error(
                    prompt.key,
                    _("Enter only the words that complete “%(blank)s”, such as “%(example)s”.")
                    % {"blank": prompt.blank, "example": prompt.example},
                )
            if prompt.kind is PromptKind.DATE and value and (problem := self._problem(prompt, value)):
                self.add_error(prompt.key, problem)
        self._drop_answered_suggestions(cleaned)
        for note in self._unfit(self.answers()):
            prompt = next(one for one in self.about.prompts if one.key == note.key)
            self.asked.add(note.key)
            self.add_error(note.key, _question(prompt, note))
            if note.sentence:
                # In its box, so that pressing the button again takes it.
                self.data = {**_plain(self.data), own_key(note.key): note.sentence}
            elif note.suggestion:
                self.fields[own_key(note.key)].widget.attrs["placeholder"] = note.suggestion
        return cleaned

    def _unfit(self, answers: Mapping[str, str]) -> tuple[NoteUse, ...]:
        return unfit(self.about.kind, self.panel, self.index, answers)

    def _drop_answered_suggestions(self, cleaned: dict[str, Any]) -> None:
        """Drops a suggestion that was left in its box while the answer that it was for was written anew."""
        for prompt in self.about.prompts:
            asked, own = self.data.get(f"asked-{prompt.key}", ""), cleaned.get(own_key(prompt.key), "")
            if not (asked and own) or asked.split() == cleaned.get(prompt.key, "").split():
                continue
            before = {**self.answers(), prompt.key: asked}
            del before[own_key(prompt.key)]
            if own in [note.sentence for note in self._unfit(before) if note.key == prompt.key]:
                cleaned[own_key(prompt.key)] = ""
                self.data = {**_plain(self.data), own_key(prompt.key): ""}

    def _problem(self, prompt: Prompt, day: dt.date) -> str:
        """What is wrong with a date; empty if nothing is."""
        if prompt.past and day > self.today:
            return _("That date is in the future. Enter the day it was.")
        if not prompt.past and day < self.today:
            return _("That date has passed. Enter a future date.")
        if abs(day - self.today) > FAR_AWAY:
            return _("That’s more than a year away. Check the year.")
        return ""

    def answers(self) -> dict[str, str]:
        """As text by the prompts' keys; what was left empty is not there."""
        found = {}
        for key, value in self.cleaned_data.items():
            if isinstance(value, dt.date):
                found[key] = value.isoformat()
            elif value:
                found[key] = "yes" if value is True else str(value)
        return found


def _plain(data: Mapping[str, Any]) -> dict[str, Any]:
    """A POST as a dictionary with one value for each name."""
    return {key: data.get(key) for key in data}


def _question(prompt: Prompt, note: NoteUse) -> str:
    """What is asked about an answer: why, where there is a suggestion, else what to write."""
    if note.sentence or note.suggestion:
        reason = translated(reason_text(Use.ASK, note.reason or "check"))
        check = _("Check the words in the box below, then press the button again.")
        write = _("Write it in your own words in the box below.")
        return f"{reason} {check if note.sentence else write}"
    return _ASKED_AGAIN[prompt.kind] % {"blank": prompt.blank, "example": prompt.example}


# Where an answer cannot be put into a sentence for sure.
_ASKED_AGAIN = {
    PromptKind.DID: gettext_lazy(
        "We couldn’t fit this in. Complete “%(blank)s”, starting with an “-ing” word, such as “%(example)s”."
    ),
    PromptKind.SENTENCES: gettext_lazy(
        "We couldn’t make a sentence of this. Write a whole one, such as “%(example)s”, here or in the box below."
    ),
    PromptKind.PHRASE: gettext_lazy(
        "We couldn’t fit this in. Enter words that complete “%(blank)s”, such as “%(example)s”."
    ),
    PromptKind.TOLD: gettext_lazy(
        "We couldn’t turn this into a sentence. Write it as a sentence to them that starts with “You”."
    ),
}


def _own_field(prompt: Prompt) -> forms.Field:
    is_part = prompt.kind in (PromptKind.PHRASE, PromptKind.DID)
    blank = in_sentence(_("“%(words)s”"), words=as_english(prompt.blank)) if is_part else ""
    said = _("It goes into the letter as you write it here.")
    return forms.CharField(
        label=_("Write it the way you’d say it to them:"),
        help_text=format_html_join(" ", "{}", ((one,) for one in (blank, said) if one)),
        required=False,
        max_length=MAX_OWN,
        widget=forms.Textarea({"rows": 1, "data-grow": True, "autocomplete": "off", "lang": ENGLISH}),
    )


def _field(prompt: Prompt) -> forms.Field:
    label, said = translated(prompt.label), translated(prompt.hint)
    # The quotation marks belong to the page's language, the words in them are English.
    example = prompt.example and in_sentence(
        _("For example: “%(sentence)s”"), sentence=as_english(prompt.example)
    )
    blank = prompt.blank and in_sentence(_("“%(words)s”"), words=as_english(prompt.blank))
    hint = format_html_join(" ", "{}", ((one,) for one in (blank, said, example) if one))
    if prompt.kind is PromptKind.YES:
        return forms.BooleanField(label=label, help_text=said, required=False)
    required = {"required": _("This letter needs an answer here. %(hint)s") % {"hint": said or label}}
    if prompt.kind is PromptKind.DATE:
        return _day_field(label, said, required, required=prompt.required)
    attrs = {"autocomplete": "off", "lang": ENGLISH}
    is_long = prompt.kind in (PromptKind.SENTENCES, PromptKind.TOLD)
    widget = forms.Textarea({**attrs, "rows": 2, "data-grow": True}) if is_long else forms.TextInput(attrs)
    return forms.CharField(
        label=label,
        help_text=hint,
        required=prompt.required,
        max_length=MAX_ANSWER[prompt.kind],
        widget=widget,
        error_messages=required,
    )
