"""The form of the third step: the conversation with one person."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.utils import ErrorList
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from drafts.domain.facts import MAX_WORK_SAMPLES, OWN_SENTENCE_KEYS, Role
from drafts.domain.texts import is_web_address
from drafts.forms.examples import examples
from drafts.forms.fields import MOST_ROWS, FactField, VersionField, clean_strengths
from drafts.models import REACTION_CHOICES
from drafts.translation import ENGLISH, as_english, in_sentence

# The label of each note, by its key; for a correction, the label of its answer. Not translated, because they are the
# beginnings of the letter's sentences, which the notes complete.
LABELS = {
    "mentioned": "You told me that …",
    "enjoyed": "I enjoyed hearing about …",
    "experience": "What I have done: I …",
    "strengths": "I would bring …",
    "goal": "I would like to help …",
    "forgot": "I forgot to mention that …",
    "correction": "I should have said that …",
    "ask": "Could you tell me … ?",
    "callback": "P.S. …",
}
# The order of the fields on the page, in which faults are listed: each note's own sentence is below the note.
PAGE_ORDER = (
    "version", "met_before", "mentioned", "reaction", "relates", "say-mentioned", "enjoyed", "say-enjoyed",
    "experience", "say-experience", "strengths", "say-strengths", "goal", "say-goal", "forgot", "say-forgot",
    "correction-topic", "correction-answer", "say-correction", "ask", "say-ask", "callback", "say-callback",
)  # fmt: skip


class ConversationForm(forms.Form):
    """Notes on the conversation with one person; labels are sentence beginnings, as in the letter."""

    version = VersionField()
    mentioned = FactField("mentioned", label=LABELS["mentioned"])
    reaction = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Your reaction"),
        choices=[("", gettext_lazy("Just mention it")), *REACTION_CHOICES],
        widget=forms.RadioSelect,
    )
    relates = forms.BooleanField(required=False, label=gettext_lazy("I’ve done something similar"))
    met_before = forms.BooleanField(
        required=False,
        label=gettext_lazy("We’d already spoken before this interview"),
        help_text=gettext_lazy("The letter will say that it was good to speak again."),
    )
    enjoyed = FactField("enjoyed", label=LABELS["enjoyed"])
    experience = FactField("experience", label=LABELS["experience"])
    strengths = forms.CharField(
        required=False,
        strip=False,
        label=LABELS["strengths"],
        widget=forms.Textarea(attrs={"rows": 1, "autocomplete": "off"}),
    )
    goal = FactField("goal", label=LABELS["goal"])
    forgot = FactField("forgot", label=LABELS["forgot"])
    ask = FactField("ask", label=LABELS["ask"])
    callback = FactField("callback", label=LABELS["callback"])

    def __init__(self, *args: Any, role: Role, position: str = "", field: str = "", **kwargs: Any) -> None:
        """`role` is the reader's; `position` and `field` are the interview's. The examples depend on all three."""
        super().__init__(*args, **kwargs)
        given = examples(position, field, role)
        # The names have a hyphen, like form prefixes, because a correction is an object with two keys.
        self.fields["correction-topic"] = FactField(
            "topic",
            label="When we talked about …",
            widget=forms.Textarea(attrs={"rows": 1}),
        )
        self.fields["correction-answer"] = FactField("answer", label=LABELS["correction"])
        # Looked up once, because there are twenty fields.
        for_example, own_sentence = _("For example: %(example)s"), _("Your own sentence for “%(words)s”")
        for name, shown in self.fields.items():
            if example := given.get(name.removeprefix("correction-")):
                shown.widget.attrs["lang"] = ENGLISH
                shown.help_text = in_sentence(for_example, example=as_english(example))
                # The stylesheet uses it to detect an empty box.
                shown.widget.attrs["placeholder"] = " "
        for key in OWN_SENTENCE_KEYS:
            label = own_sentence % {"words": LABELS[key]}
            self.fields[f"say-{key}"] = own = FactField("say", label=label)
            own.widget.attrs["lang"] = ENGLISH
        self.order_fields(PAGE_ORDER)

    def clean_strengths(self) -> list[str]:
        return clean_strengths(self.cleaned_data["strengths"])

    def clean_relates(self) -> bool | None:
        """An unchecked box means unknown, but an answer of no, which only an imported file can have, is kept."""
        if self.cleaned_data["relates"]:
            return True
        return False if self.initial.get("relates") is False else None

    def clean_met_before(self) -> bool | None:
        """An unchecked box means no only if the page asked the question."""
        if self.cleaned_data["met_before"]:
            return True
        return False if "met_asked" in self.data else self.initial.get("met_before")

    def notes(self) -> dict[str, Any]:
        """The valid values by the names of the stored fields, without the invalid ones."""
        valid = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        own = {key: valid.pop(f"say-{key}", "") for key in OWN_SENTENCE_KEYS}
        return {name.replace("-", "_"): value for name, value in valid.items()} | {"own_sentences": own}


class SampleForm(forms.Form):
    label = FactField("label", label=gettext_lazy("Description"))
    url = FactField(
        "url",
        label=gettext_lazy("Link"),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        url = cleaned.get("url")
        if url and not is_web_address(url):
            self.add_error("url", _("Enter a full web address that starts with https://."))
        elif cleaned.get("label") and url == "":
            self.add_error("url", _("Enter the link, or clear the description."))
        return cleaned


class BaseSamples(forms.BaseFormSet):
    _non_form_errors: ErrorList

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and sum(form.has_changed() for form in self.forms) > MAX_WORK_SAMPLES:
            self._non_form_errors.append(
                _("Enter at most %(most)s links. Clear the others.") % {"most": MAX_WORK_SAMPLES}
            )

    def samples(self) -> list[dict[str, str]]:
        """The valid links in order."""
        return [
            {"label": form.cleaned_data["label"], "url": form.cleaned_data["url"]}
            for form in self.forms
            if form.is_valid() and form.cleaned_data.get("url")
        ]


SampleFormSet = forms.formset_factory(
    SampleForm, formset=BaseSamples, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS
)
