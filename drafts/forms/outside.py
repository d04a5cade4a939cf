"""Somebody outside the panel, who helped; and what it was about where there was no interview yet."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from drafts.domain.kinds import to_outsiders
from drafts.forms.fields import TimeZoneField, UuidOrNothing, company_field, own_name_field, position_field
from drafts.forms.panel import PersonForm
from drafts.translation import translated


class OutsiderForm(PersonForm):
    """One person, as in a panel but without a role in it."""

    role = None  # type: ignore[assignment] # Django's way to leave out an inherited field
    asked = None  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="person", use_required_attribute=False, **kwargs)
        self.fields["full_name"].label = _("Their full name")


class ThanksForm(OutsiderForm):
    """A person, and what they are thanked for."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What did they do?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose what they did."),
            "invalid_choice": gettext_lazy("Choose an answer from the list."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(one.kind.value, translated(one.what)) for one in to_outsiders()]  # type: ignore[attr-defined] # a ChoiceField
        self.order_fields(["id", "kind"])


class HelpedWithForm(forms.Form):
    """The job or the work that somebody helped with."""

    id = UuidOrNothing()
    company = company_field()
    position = position_field(gettext_lazy("The job, or the kind of work you asked about."))
    time_zone = TimeZoneField(
        label=gettext_lazy("Their time zone"),
        error_messages={"required": gettext_lazy("Enter a city in their time zone.")},
    )
    full_name = own_name_field(missing=gettext_lazy("Enter your name. It’s used to sign your letters."))
