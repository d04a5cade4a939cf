"""The first step: the interview, and who signs."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from drafts.domain import countries, time_zones
from drafts.domain.moments import local_moment
from drafts.forms.fields import (
    COUNTRY,
    CountrySelect,
    FactField,
    UuidOrNothing,
    VersionField,
    clean_time_zone,
)
from drafts.models import STAGE_CHOICES, Interview

FAR_AWAY = dt.timedelta(days=366)


def wall_time(interview: Interview) -> str:
    """The interview's end as an input of type datetime-local takes it."""
    wall = interview.ended_at.astimezone(ZoneInfo(interview.time_zone)).replace(tzinfo=None)
    return wall.isoformat(timespec="seconds" if wall.second else "minutes")


class InterviewForm(forms.Form):
    id = UuidOrNothing()
    version = VersionField()
    full_name = FactField(
        "full_name",
        missing=gettext_lazy("Enter your name. It’s used to sign your letters."),
        label=gettext_lazy("Your name"),
        widget=forms.TextInput(attrs={"autocomplete": "name", "autocapitalize": "words"}),
    )
    signature = FactField(
        "signature",
        required=False,
        label=gettext_lazy("Below your name"),
        help_text=gettext_lazy("Optional. For example, a phone number or a link, each on its own line."),
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
        help_text=gettext_lazy("The title in the job posting, such as Senior Platform Engineer."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    ended_at = forms.CharField(
        label=gettext_lazy("When did it end?"),
        error_messages={"required": gettext_lazy("Enter the date and time the interview ended.")},
        help_text=gettext_lazy("In their time zone. We use it to work out the best time to send."),
        widget=forms.TextInput(attrs={"type": "datetime-local", "autocomplete": "off"}),
    )
    time_zone = forms.CharField(
        label=gettext_lazy("Time zone of the people you met"),
        error_messages={"required": gettext_lazy("Enter a city in the time zone of the people you met.")},
        help_text=gettext_lazy("Type a city, such as Chicago or Bangalore."),
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off", "spellcheck": "false"}),
    )
    stage = forms.ChoiceField(
        label=gettext_lazy("Kind of interview"),
        required=False,
        choices=[("", gettext_lazy("Not specified")), *STAGE_CHOICES],
        error_messages={"invalid_choice": gettext_lazy("Choose an option from the list.")},
    )
    field = FactField(
        "field",
        required=False,
        label=gettext_lazy("Industry or technology"),
        help_text=gettext_lazy("Such as fintech or machine learning."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    team = FactField(
        "team",
        required=False,
        label=gettext_lazy("Team"),
        help_text=gettext_lazy("Such as Payments."),
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

    def clean_time_zone(self) -> str:
        return clean_time_zone(self.cleaned_data["time_zone"])

    def clean_ended_at(self) -> dt.datetime:
        try:
            given = dt.datetime.fromisoformat(self.cleaned_data["ended_at"].strip())
        except ValueError as error:
            raise forms.ValidationError(_("Enter the date and time like this: 2026-11-19T15:10.")) from error
        if not 1970 <= given.year <= 2200:
            raise forms.ValidationError(_("Check the year."))
        return given

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
            moment = given if given.tzinfo else local_moment(given, zone)
        except (ValueError, OverflowError):
            self.add_error(
                "ended_at",
                _(
                    "That time didn’t exist in %(city)s because the clocks went forward. "
                    "Enter the time after the change."
                )
                % {"city": time_zones.city(zone)},
            )
            return cleaned
        stored = self.stored
        if stored and (self.data.get("ended_at"), zone) == (wall_time(stored), stored.time_zone):
            # Untouched: its seconds stay, the later of two equal wall times stays, and so does a "sure".
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
