"""The third step: what was said, person by person."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from drafts.domain.facts import MAX_WORK_SAMPLES, Role
from drafts.domain.texts import is_web_address
from drafts.examples import EXAMPLES
from drafts.forms.fields import MOST_ROWS, FactField, VersionField, clean_strengths


class ConversationForm(forms.Form):
    """What one person said and what to tell them; the labels begin the sentences of the letter."""

    version = VersionField()
    mentioned = FactField("mentioned", required=False, label=gettext_lazy("You mentioned …"))
    enjoyed = FactField("enjoyed", required=False, label=gettext_lazy("I enjoyed hearing about …"))
    strengths = forms.CharField(
        required=False,
        strip=False,
        label=gettext_lazy("The strengths I would bring: …"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    experience = FactField("experience", required=False, label=gettext_lazy("My experience …"))
    goal = FactField("goal", required=False, label=gettext_lazy("… would help the team …"))
    forgot = FactField("forgot", required=False, label=gettext_lazy("One thing I forgot to mention is …"))
    callback = FactField("callback", required=False, label=gettext_lazy("P.S. …"))

    def __init__(self, *args: Any, role: Role, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Their names have a hyphen, as prefixes do: correction is an object with two keys.
        self.fields["correction-topic"] = FactField(
            "topic", required=False, label=_("When we spoke about …"), widget=forms.TextInput()
        )
        self.fields["correction-answer"] = FactField(
            "answer", required=False, label=_("… a better answer is …")
        )
        for name, field in self.fields.items():
            examples = EXAMPLES.get(name.removeprefix("correction-"))
            if examples:
                field.help_text = _("For example: %(example)s") % {"example": examples[role]}

    def clean_strengths(self) -> list[str]:
        return clean_strengths(self.cleaned_data["strengths"])

    def notes(self) -> dict[str, Any]:
        """The valid values by the names of the stored fields; what is not valid is missing."""
        return {
            name.replace("-", "_"): value for name, value in self.cleaned_data.items() if name != "version"
        }


class SampleForm(forms.Form):
    label = FactField("label", required=False, label=gettext_lazy("What it is"))
    url = FactField(
        "url",
        required=False,
        label=gettext_lazy("Link"),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        url = cleaned.get("url")
        if url and not is_web_address(url):
            self.add_error("url", _("Enter a whole web address, beginning with https://."))
        elif cleaned.get("label") and url == "":
            self.add_error("url", _("Enter the link, or clear what it is."))
        return cleaned


class BaseSamples(forms.BaseFormSet):
    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and sum(form.has_changed() for form in self.forms) > MAX_WORK_SAMPLES:
            self._non_form_errors.append(
                _("Give %(most)s links at most; empty the others.") % {"most": MAX_WORK_SAMPLES}
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
