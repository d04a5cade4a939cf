"""The form of the first step: the interview, and the candidate's name and signature."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from drafts.domain import countries, time_zones
from drafts.forms.fields import (
    COUNTRY,
    CountrySelect,
    EndField,
    FactField,
    TimeZoneField,
    UuidOrNothing,
    VersionField,
    company_field,
    end_in_zone,
    own_name_field,
    position_field,
)
from drafts.models import STAGE_CHOICES, Interview

FAR_AWAY = dt.timedelta(days=366)


def wall_time(interview: Interview) -> str:
    """The interview's end in the format of an input of type datetime-local."""
    wall = time_zones.wall_clock(interview.ended_at, interview.time_zone)
    return wall.isoformat(timespec="seconds" if wall.second else "minutes")


class InterviewForm(forms.Form):
    # As on the page: faults are listed in this order.
    field_order = (
        "id",
        "version",
        "company",
        "position",
        "ended_at",
        "time_zone",
        "confirm_old",
        "stage",
        "field",
        "team",
        "country",
        "full_name",
        "signature",
    )

    id = UuidOrNothing()
    version = VersionField()
    full_name = own_name_field(missing=gettext_lazy("Enter your name. It’s used to sign your letters."))
    signature = FactField(
        "signature",
        label=gettext_lazy("Below your name"),
        help_text=gettext_lazy("Optional. For example, a phone number or a link, each on its own line."),
    )
    company = company_field()
    position = position_field(
        gettext_lazy("The title in the job posting, such as Line Cook, Staff Nurse, or Data Analyst.")
    )
    ended_at = EndField(
        error_messages={"required": gettext_lazy("Enter the date and time the interview ended.")},
        help_text=gettext_lazy("In their time zone. We use it to work out the best time to send."),
    )
    time_zone = TimeZoneField(
        error_messages={"required": gettext_lazy("Enter a city in the time zone of the people you met.")}
    )
    stage = forms.ChoiceField(
        label=gettext_lazy("Kind of interview"),
        required=False,
        choices=[("", gettext_lazy("Not specified")), *STAGE_CHOICES],
        error_messages={"invalid_choice": gettext_lazy("Choose an option from the list.")},
    )
    field = FactField(
        "field",
        label=gettext_lazy("Industry or technology"),
        help_text=gettext_lazy("Such as restaurants, nursing, or software."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    team = FactField(
        "team",
        label=gettext_lazy("Team"),
        help_text=gettext_lazy("Such as the kitchen, Ward 4, or Payments."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    country = forms.CharField(
        label=gettext_lazy("Country of the people you met"),
        required=False,
        help_text=gettext_lazy("So that we can plan around public holidays."),
        widget=CountrySelect,
    )
    confirm_old = forms.BooleanField(required=False, label=gettext_lazy("Yes, the date is right"))

    def __init__(self, *args: Any, stored: Interview | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stored = stored
        self.asks_about_date = False

    def clean_country(self) -> str:
        code: str = self.cleaned_data["country"].strip().upper()
        if code and (not COUNTRY.fullmatch(code) or code[:2] not in countries.names()):
            raise forms.ValidationError(_("Choose a country from the list."))
        return code

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        given, zone = cleaned.get("ended_at"), cleaned.get("time_zone")
        if given is None or zone is None:
            return cleaned
        try:
            moment = end_in_zone(given, zone)
        except forms.ValidationError as error:
            self.add_error("ended_at", error)
            return cleaned
        stored = self.stored
        if stored and (self.data.get("ended_at"), zone) == (wall_time(stored), stored.time_zone):
            # Unchanged, so keep the stored moment, with its seconds and its side of a repeated hour.
            cleaned["ended_at"] = stored.ended_at
            return cleaned
        cleaned["ended_at"] = moment
        if abs(timezone.now() - moment) > FAR_AWAY:
            self.asks_about_date = True
            if not cleaned.get("confirm_old"):
                self.add_error(
                    "ended_at",
                    _("This is more than a year away. Correct it, or check the box below to keep it."),
                )
        return cleaned
