"""A letter to be checked for anyone: whom it is for, about what, and its text. Nothing of it is stored."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from drafts.domain.facts import MAX_INTERVIEWERS
from drafts.domain.moments import local_moment
from drafts.domain.notes.clean import looks_foreign
from drafts.forms.draft import DraftForm
from drafts.forms.fields import FactField, check_text, clean_time_zone

# The source of a web page, by the elements that hold text in one.
MARKUP = re.compile(r"<(?:html|body|div|p|br|span|table|td)\b[^<>]*>", re.IGNORECASE)
LONGEST_NAMES = 2_000  # characters of the box for names


class CheckForm(DraftForm):
    field_order = ("to", "company", "position", "subject", "body", "full_name", "ended_at", "time_zone")
    to = forms.CharField(
        label=gettext_lazy("Who did you talk with?"),
        help_text=gettext_lazy("Everyone who was there, with commas or one per line."),
        error_messages={"required": gettext_lazy("Enter the name of the person the letter is for.")},
        widget=forms.Textarea(attrs={"rows": 1, "autocomplete": "off", "autocapitalize": "words"}),
    )
    company = FactField(
        "company",
        missing=gettext_lazy("Enter the company’s name."),
        label=gettext_lazy("Company"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
    )
    position = FactField(
        "position",
        missing=gettext_lazy("Enter the position you interviewed for."),
        label=gettext_lazy("Position"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    full_name = FactField(
        "full_name",
        required=False,
        label=gettext_lazy("Your name"),
        help_text=gettext_lazy("To see whether the letter is signed with it."),
        widget=forms.TextInput(attrs={"autocomplete": "name", "autocapitalize": "words"}),
    )
    ended_at = forms.CharField(
        required=False,
        label=gettext_lazy("When did it end?"),
        help_text=gettext_lazy("In their time zone. To see whether now is a good time to send."),
        widget=forms.TextInput(attrs={"type": "datetime-local", "autocomplete": "off"}),
    )
    time_zone = forms.CharField(
        required=False,
        label=gettext_lazy("Time zone of the people you met"),
        help_text=gettext_lazy("Type a city, such as Chicago or Bangalore."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version"]
        self.fields["body"].error_messages["required"] = _("Paste the letter.")
        self.fields["body"].widget.attrs["rows"] = 12

    def clean_to(self) -> list[str]:
        """The names, each once."""
        text = self.cleaned_data["to"]
        if len(text) > LONGEST_NAMES:
            raise forms.ValidationError(_("Enter names only, with commas or one per line."))
        names = [check_text("full_name", " ".join(name.split())) for name in re.split(r"[,;\n\r]+", text)]
        names = list(dict.fromkeys(name for name in names if name))
        if not names:
            raise forms.ValidationError(self.fields["to"].error_messages["required"])
        if len(names) > MAX_INTERVIEWERS:
            raise forms.ValidationError(_("Enter at most %(most)s names.") % {"most": MAX_INTERVIEWERS})
        return names

    def clean_body(self) -> str:
        body = super().clean_body()
        if MARKUP.search(body):
            raise forms.ValidationError(
                _("This is the source of a web page. Paste the letter as its reader sees it, without tags.")
            )
        if looks_foreign(body):
            raise forms.ValidationError(_("We can check letters in English only."))
        return body

    def clean_time_zone(self) -> str:
        text = self.cleaned_data["time_zone"]
        return clean_time_zone(text) if text else ""

    def clean_ended_at(self) -> dt.datetime | None:
        """The time on the clocks there, without a zone."""
        text = self.cleaned_data["ended_at"]
        if not text:
            return None
        try:
            given = dt.datetime.fromisoformat(text).replace(tzinfo=None)
        except ValueError as error:
            raise forms.ValidationError(_("Enter the date and time like this: 2026-11-19T15:10.")) from error
        if not 1970 <= given.year <= 2200:
            raise forms.ValidationError(_("Check the year."))
        return given

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        if data.get("ended_at") and data.get("time_zone") == "":
            self.add_error("time_zone", _("Enter a city in the time zone of the people you met."))
        elif data.get("ended_at") and data.get("time_zone"):
            try:
                data["ended_at"] = local_moment(data["ended_at"], data["time_zone"])
            except ValueError:
                self.add_error("ended_at", _("The clocks went forward over this time. Check it."))
        return data
