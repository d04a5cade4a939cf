"""The forms of the second step: the panel."""

from __future__ import annotations

import uuid
from typing import Any, cast

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from drafts.domain.facts import MAX_INTERVIEWERS, Role, Stage
from drafts.domain.naming import greeting_name, parse_name
from drafts.forms.fields import MOST_ROWS, FactField, UuidOrNothing
from drafts.services import PERSON_TEXTS

ROLE_CHIPS = [
    (Role.HIRING_MANAGER.value, gettext_lazy("Hiring manager")),
    (Role.RECRUITER.value, gettext_lazy("Recruiter or HR")),
    (Role.PEER.value, gettext_lazy("Future colleague")),
    (Role.LEADER.value, gettext_lazy("Senior leader")),
    ("", gettext_lazy("Not sure")),
]


class PersonForm(forms.Form):
    id = UuidOrNothing()
    full_name = FactField(
        "full_name",
        missing=gettext_lazy("Enter this person’s full name."),
        label=gettext_lazy("Full name"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
    )
    greet_as = FactField(
        "greet_as",
        label=gettext_lazy("Goes by"),
        help_text=gettext_lazy("Only if it’s not their first name"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
    )
    email = FactField(
        "email",
        label=gettext_lazy("Email"),
        help_text=gettext_lazy("You can add it later"),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "inputmode": "email",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
    )
    job_title = FactField(
        "job_title",
        label=gettext_lazy("Job title"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Role in the interview"),
        choices=ROLE_CHIPS,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": gettext_lazy("Choose a role from the list.")},
    )
    # The name that the page has asked about.
    asked = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, known: frozenset[str] = frozenset(), names: str = "", **kwargs: Any
    ) -> None:
        """`known` holds the ids of stored people, whose rows can be removed but not left empty. `names` is the id of
        the page's datalist of names."""
        super().__init__(*args, **kwargs)
        if names:
            self.fields["full_name"].widget.attrs["list"] = names
        if self["email"].value():
            self["email"].help_text = ""
        self.known = known
        if self.is_bound and str(self["id"].data) in known:
            self.fields["full_name"].error_messages["required"] = _(
                "Enter this person’s full name, or check “Remove this person”."
            )

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if email:
            try:
                validate_email(email)
            except forms.ValidationError as error:
                raise forms.ValidationError(_("Enter an email address like name@company.com.")) from error
        return email

    @property
    def guessed_greeting(self) -> str:
        """The name the letter would use in its greeting, if only the candidate can know which name comes first; else
        empty."""
        name = str(self["full_name"].value() or "")
        if str(self["greet_as"].value() or "").strip() or not parse_name(name).order_unsure:
            return ""
        return greeting_name(name, "", formal=False)

    @property
    def is_unnamed(self) -> bool:
        """Whether the letter would greet nobody by name, because a description was entered as the name."""
        name, greet_as = (str(self[key].value() or "") for key in ("full_name", "greet_as"))
        return parse_name(name).is_description and not greeting_name(name, greet_as, formal=False)

    @property
    def is_asked_about(self) -> bool:
        """Whether the page asks what to call this person."""
        return bool(self.guessed_greeting) or self.is_unnamed

    @property
    def is_unasked(self) -> bool:
        """Whether that is open and the page did not ask, as without JavaScript."""
        return self.is_asked_about and self["asked"].value() != self["full_name"].value()

    @property
    def is_role_suggested(self) -> bool:
        return bool(self.initial.get("is_role_suggested"))

    @property
    def is_role_guessed(self) -> bool:
        """Whether the role comes from a job title, which says little about what somebody is to the candidate."""
        return bool(self.initial.get("is_role_guessed") and self["role"].value())

    def has_changed(self) -> bool:
        """A row counts once something was typed into it; the id alone does not count."""
        typed = any(str(self[name].data or "").strip() for name in PERSON_TEXTS)
        return typed or str(self["id"].data) in self.known


class FirstPersonForm(PersonForm):
    """The interviewer, asked for together with the interview if there was only one. May stay empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="first", empty_permitted=True, use_required_attribute=False, **kwargs)
        name = self.fields["full_name"]
        name.required = False
        name.label = _("Who did you talk with?")
        name.help_text = _("Their full name")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("full_name") and "full_name" not in self.errors:
            self.add_error("full_name", self.fields["full_name"].error_messages["required"])
        return cleaned

    def row(self) -> dict[str, Any] | None:
        """The person as a row of the panel; None if nobody was named."""
        return {**self.cleaned_data, "DELETE": False} if self.has_changed() else None


def suggested_role(stage: str | None) -> dict[str, Any]:
    """Initial values for the only person of an interview of this stage whose role nobody chose."""
    if stage == Stage.PHONE_SCREEN:
        return {"role": Role.RECRUITER.value, "is_role_suggested": True}
    return {}


class BasePanel(forms.BaseFormSet):
    """A panel. People beyond the limit stay on the page, with a message about the limit."""

    def full_clean(self) -> None:
        super().full_clean()
        typed = [
            form
            for form in self.forms
            if form.has_changed() and not self._should_delete_form(form)  # type: ignore[attr-defined]  # not in django-stubs
        ]
        if self.is_bound and self.management_form.is_valid():
            given = {str(form["id"].data) for form in self.forms if form.has_changed()}
            unseen = len(self.form_kwargs.get("known", frozenset()) - given)
            if len(typed) + unseen > MAX_INTERVIEWERS:
                self._say(
                    _("A panel can have at most %(most)s people. Remove %(over)s.")
                    % {"most": MAX_INTERVIEWERS, "over": len(typed) + unseen - MAX_INTERVIEWERS}
                )
            elif not typed:
                self._say(_("Enter at least one person you spoke with."))

    def _say(self, message: str) -> None:
        self.non_form_errors().append(message)

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Remove this person")
        if not form.is_bound and index is not None:
            form.initial.setdefault("id", str(uuid.uuid4()))

    def rows(self) -> list[dict[str, Any]]:
        """The rows with input, in order. Rows to be removed may be invalid except for their id."""
        blank = {"full_name": "", "id": None, "DELETE": False}
        return [blank | form.cleaned_data for form in self.forms if form.has_changed()]


PanelFormSet = cast(
    "type[BasePanel]",
    forms.formset_factory(
        PersonForm, formset=BasePanel, extra=0, can_delete=True, max_num=MOST_ROWS, absolute_max=MOST_ROWS
    ),
)
