"""The form of the public check page: who the letter is for, which job it is about, and its text. Nothing is stored."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from drafts.domain.facts import MAX_INTERVIEWERS
from drafts.domain.notes.clean import looks_foreign
from drafts.forms.draft import DraftForm
from drafts.forms.fields import (
    EndField,
    TimeZoneField,
    check_text,
    company_field,
    end_in_zone,
    own_name_field,
    position_field,
)

# HTML source, recognized by tags that usually contain text.
MARKUP = re.compile(r"<(?:html|body|div|p|br|span|table|td)\b[^<>]*>", re.IGNORECASE)
LONGEST_NAMES = 2_000  # characters in the field for names


class CheckForm(DraftForm):
    field_order = ("to", "company", "position", "subject", "body", "full_name", "ended_at", "time_zone")
    to = forms.CharField(
        label=gettext_lazy("Who did you talk with?"),
        help_text=gettext_lazy("Everyone who was there, separated by commas or one per line."),
        error_messages={"required": gettext_lazy("Enter the name of the person the letter is for.")},
        widget=forms.Textarea(attrs={"rows": 1, "autocomplete": "off", "autocapitalize": "words"}),
    )
    company = company_field()
    position = position_field()
    full_name = own_name_field(gettext_lazy("So that we can check the signature."))
    ended_at = EndField(
        required=False,
        help_text=gettext_lazy("In their time zone. We use it to check whether now is a good time to send."),
    )
    time_zone = TimeZoneField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version"]
        # This page has no datalist of cities.
        del self.fields["time_zone"].widget.attrs["list"]
        self.fields["body"].error_messages["required"] = _("Paste the letter.")
        self.fields["body"].widget.attrs["rows"] = 12

    def clean_to(self) -> list[str]:
        """The names without duplicates."""
        text = self.cleaned_data["to"]
        if len(text) > LONGEST_NAMES:
            raise forms.ValidationError(_("Enter only names, separated by commas or one per line."))
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
                _(
                    "This text contains HTML tags. Paste the letter the way its reader will see it, without tags."
                )
            )
        if looks_foreign(body):
            raise forms.ValidationError(_("We can check letters in English only."))
        return body

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        given, zone = data.get("ended_at"), data.get("time_zone")
        if given and zone == "":
            self.add_error("time_zone", _("Enter a city in the time zone of the people you met."))
        elif given and zone:
            try:
                data["ended_at"] = end_in_zone(given, zone)
            except forms.ValidationError as error:
                self.add_error("ended_at", error)
        return data
