"""The form for the readers' working hours and the candidate's own send time."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from drafts.domain import time_zones
from drafts.domain.moments import local_moment
from drafts.forms.interview import FAR_AWAY
from drafts.models import Interview
from drafts.translation import city_of

DAYS = [(str(number), capfirst(name)) for number, name in WEEKDAYS.items()]


def _time(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        input_formats=["%H:%M", "%H:%M:%S", "%H.%M", "%H"],
        error_messages={
            "required": gettext_lazy("Enter a time, such as 9:00."),
            "invalid": gettext_lazy("Enter a time, such as 9:00."),
        },
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )


def _moment(text: str, zone: str, interview: Interview) -> dt.datetime:
    """The moment of a date and time in this zone. Raises ValidationError if there is none, or if it is far from the
    interview."""
    try:
        given = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise forms.ValidationError(_("Enter the date and time like this: 2026-11-20T09:00.")) from error
    try:
        moment = given if given.tzinfo else local_moment(given, zone)
        is_far = abs(moment - interview.ended_at) > FAR_AWAY
    except (ValueError, OverflowError) as error:
        raise forms.ValidationError(
            _("That time doesn’t exist in %(city)s because of a clock change. Enter a time an hour later.")
            % {"city": city_of(zone)}
        ) from error
    if is_far:
        raise forms.ValidationError(_("Check the date. It’s more than a year from the interview."))
    return moment


class MomentForm(forms.Form):
    """When a letter was or will be sent, on the candidate's own clocks."""

    at = forms.CharField(
        required=False, widget=forms.TextInput(attrs={"type": "datetime-local", "autocomplete": "off"})
    )

    def __init__(
        self, data: Any = None, *, interview: Interview, zone: str, at: dt.datetime | None = None
    ) -> None:
        initial = {"at": time_zones.wall_clock(at, zone).isoformat(timespec="minutes")} if at else None
        super().__init__(data, initial=initial)
        self.interview, self.zone = interview, zone

    def clean_at(self) -> dt.datetime | None:
        text = self.cleaned_data["at"].strip()
        return _moment(text, self.zone, self.interview) if text else None


class SentForm(MomentForm):
    """When a letter was sent; empty for now."""

    def clean_at(self) -> dt.datetime | None:
        moment = super().clean_at()
        if moment and moment > timezone.now():
            raise forms.ValidationError(
                _("That’s in the future. Enter when you sent it, or plan it instead."), code="future"
            )
        return moment

    @property
    def is_future(self) -> bool:
        """Whether it was refused because the time is still to come, so that it may be a plan."""
        return self.has_error("at", "future")


class PlanForm(MomentForm):
    """When a letter will be sent; empty for no plan."""

    def clean_at(self) -> dt.datetime | None:
        moment = super().clean_at()
        if moment and moment <= timezone.now():
            raise forms.ValidationError(
                _("That time is over. Enter a later one, or mark the letter as sent.")
            )
        return moment


class SendingForm(forms.Form):
    field_order = ("chosen_send_at", "work_opens", "work_closes", "work_days")
    work_opens = _time(gettext_lazy("They start work at"))
    work_closes = _time(gettext_lazy("They finish work at"))
    work_days = forms.MultipleChoiceField(
        label=gettext_lazy("They work on"),
        choices=DAYS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Check at least one day."),
            "invalid_choice": gettext_lazy("Check only days in the list."),
        },
    )
    chosen_send_at = forms.CharField(
        label=gettext_lazy("Your own send time"),
        required=False,
        help_text=gettext_lazy("In their time zone. Leave it blank to use the recommended time."),
        widget=forms.TextInput(attrs={"type": "datetime-local", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, interview: Interview, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.interview = interview

    @classmethod
    def for_interview(cls, interview: Interview) -> SendingForm:
        chosen = interview.chosen_send_at
        wall = time_zones.wall_clock(chosen, interview.time_zone) if chosen else None
        return cls(
            interview=interview,
            initial={
                "work_opens": interview.work_opens,
                "work_closes": interview.work_closes,
                "work_days": list(interview.work_days),
                "chosen_send_at": wall.isoformat(timespec="minutes") if wall else "",
            },
        )

    def clean_work_days(self) -> str:
        return "".join(sorted(set(self.cleaned_data["work_days"])))

    def clean_chosen_send_at(self) -> dt.datetime | None:
        text = self.cleaned_data["chosen_send_at"].strip()
        moment = _moment(text, self.interview.time_zone, self.interview) if text else None
        if moment and moment < self.interview.ended_at:
            raise forms.ValidationError(_("That’s before the interview ended. Enter a later time."))
        return moment

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        opens, closes = cleaned.get("work_opens"), cleaned.get("work_closes")
        if opens and closes and opens >= closes:
            self.add_error("work_closes", _("The end of work must be after the start. Enter a later time."))
        return cleaned
