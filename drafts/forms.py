"""Forms that check what was typed and then hold plain values; they never write.

Field names are the keys of the facts document, so the page, the file and the code agree.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import ngettext

from drafts import countries, time_zones
from drafts.domain.facts import MAX_INTERVIEWERS, MAX_LENGTH, MAX_STRENGTHS, MAX_WORK_SAMPLES, MAX_WORDS, Role
from drafts.domain.facts_json import SEVERAL_LINES, is_web_address, local_moment
from drafts.examples import EXAMPLES
from drafts.models import ROLE_CHOICES, STAGE_CHOICES

FAR_AWAY = dt.timedelta(days=366)


def check_text(key: str, text: str) -> str:
    """The text as it may be stored. Raises ValidationError with an instruction."""
    import unicodedata

    for character in text:
        category = unicodedata.category(character)
        if category == "Cs" or (category == "Cc" and not character.isspace()):
            raise forms.ValidationError(
                _("Remove the character that cannot be sent in an email (U+%(code)s).") % {"code": f"{ord(character):04X}"}
            )
    text = text.strip()
    if key not in SEVERAL_LINES and len(text.splitlines()) > 1:
        raise forms.ValidationError(_("Keep this on one line: remove the line breaks."))
    limit = MAX_LENGTH[key]
    if len(text) > limit:
        raise forms.ValidationError(
            _("Shorten this to %(limit)s characters at most; it has %(count)s.") % {"limit": limit, "count": len(text)}
        )
    most, words = MAX_WORDS.get(key), len(text.split())
    if most and words > most:
        raise forms.ValidationError(
            _("Shorten this to %(limit)s words at most; it has %(count)s.") % {"limit": most, "count": words}
        )
    return text


class FactField(forms.CharField):
    """A text of the facts document; its rules are the domain's."""

    def __init__(self, key: str, *, missing: Any = None, example: Any = "", **kwargs: Any) -> None:
        self.key = key
        kwargs.setdefault("required", missing is not None)
        several = key in SEVERAL_LINES and "widget" not in kwargs
        if several:
            kwargs["widget"] = forms.Textarea(attrs={"rows": 2})
        super().__init__(strip=False, **kwargs)
        if missing is not None:
            self.error_messages["required"] = missing
        # The null character gets the same words as its kin, from check_text.
        self.validators = []

    def clean(self, value: Any) -> str:
        text = super().clean(value) if isinstance(value, str) or value is None else super().clean(str(value))
        text = check_text(self.key, text)
        if self.required and not text:
            raise forms.ValidationError(self.error_messages["required"])
        return text


class UuidOrNothing(forms.CharField):
    """A hidden id; whatever is none counts as absent."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> Any:
        try:
            return uuid.UUID(str(value))
        except ValueError:
            return None


class VersionField(forms.CharField):
    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> Any:
        return int(value) if re.fullmatch(r"[0-9]{1,9}", str(value or "")) else None


class InterviewForm(forms.Form):
    id = UuidOrNothing()
    version = VersionField()
    full_name = FactField(
        "full_name",
        missing=gettext_lazy("Enter your name: the letters are signed with it."),
        label=gettext_lazy("Your name"),
        widget=forms.TextInput(attrs={"autocomplete": "name", "autocapitalize": "words"}),
    )
    signature = FactField(
        "signature",
        required=False,
        label=gettext_lazy("Below your name"),
        help_text=gettext_lazy("Optional: a phone number, a link. Each on its own line."),
    )
    company = FactField(
        "company",
        missing=gettext_lazy("Enter the company's name."),
        label=gettext_lazy("Company"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
    )
    position = FactField(
        "position",
        missing=gettext_lazy("Enter the position you interviewed for."),
        label=gettext_lazy("Position"),
        help_text=gettext_lazy("As the advertisement has it, such as Senior Platform Engineer."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    ended_at = forms.CharField(
        label=gettext_lazy("When did it end?"),
        error_messages={"required": gettext_lazy("Enter the day and time at which the interview ended.")},
        help_text=gettext_lazy("In the time zone below. The time to send is counted from here."),
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
        choices=[("", gettext_lazy("Not said")), *STAGE_CHOICES],
        error_messages={"invalid_choice": gettext_lazy("Choose one of the kinds in the list.")},
    )
    field = FactField(
        "field",
        required=False,
        label=gettext_lazy("Industry or technology"),
        help_text=gettext_lazy("Such as fintech, or machine learning."),
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
        help_text=gettext_lazy("For its public holidays."),
    )
    confirm_old = forms.BooleanField(required=False, label=gettext_lazy("Yes, the date is right"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asks_about_date = False
        given = str(self["country"].value() or "")
        options = [("", _("Not said")), *countries.choices()]
        if given and given not in dict(options) and re.fullmatch(r"[A-Z]{2}-[A-Z0-9]{1,3}", given):
            options.insert(1, (given, given))
        self.fields["country"].widget = forms.Select(choices=options)

    def clean_time_zone(self) -> str:
        try:
            return time_zones.resolve(check_text("company", self.cleaned_data["time_zone"]))
        except time_zones.UnknownZone as error:
            if error.suggestions:
                near = ", ".join(error.suggestions)
                raise forms.ValidationError(
                    _("No city of that name is known here. Did you mean: %(near)s?") % {"near": near}
                ) from error
            raise forms.ValidationError(
                _("No city of that name is known here. Enter a large city in the same time zone.")
            ) from error

    def clean_ended_at(self) -> dt.datetime:
        try:
            given = dt.datetime.fromisoformat(self.cleaned_data["ended_at"].strip())
        except ValueError as error:
            raise forms.ValidationError(
                _("Enter the day and time like this: 2026-11-19T15:10.")
            ) from error
        if not 1970 <= given.year <= 2200:
            raise forms.ValidationError(_("Check the year."))
        return given

    def clean_country(self) -> str:
        code = self.cleaned_data["country"].strip().upper()
        if code and (not re.fullmatch(r"[A-Z]{2}(-[A-Z0-9]{1,3})?", code) or code[:2] not in dict(countries.choices())):
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
                _("That time did not exist in %(city)s: the clocks went forward over it. Enter the time after the change.")
                % {"city": time_zones.city(zone)},
            )
            return cleaned
        cleaned["ended_at"] = moment
        if abs(timezone.now() - moment) > FAR_AWAY:
            self.asks_about_date = True
            if not cleaned.get("confirm_old"):
                self.add_error(
                    "ended_at", _("This is more than a year away. Correct it, or tick the box below to keep it.")
                )
        return cleaned


class PersonForm(forms.Form):
    id = UuidOrNothing()
    full_name = FactField(
        "full_name",
        missing=gettext_lazy("Enter this person's full name."),
        label=gettext_lazy("Full name"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
    )
    greet_as = FactField(
        "greet_as",
        required=False,
        label=gettext_lazy("Greeted as"),
        help_text=gettext_lazy("Only if it is not the first name."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
    )
    email = FactField(
        "email",
        required=False,
        label=gettext_lazy("Email"),
        help_text=gettext_lazy("Can be added later."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "inputmode": "email", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    job_title = FactField(
        "job_title",
        required=False,
        label=gettext_lazy("Job title"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Role in the interview"),
        choices=[("", gettext_lazy("Guess from the job title")), *ROLE_CHOICES],
        error_messages={"invalid_choice": gettext_lazy("Choose one of the roles in the list.")},
    )

    def clean_email(self) -> str:
        from django.core.validators import validate_email

        email = self.cleaned_data["email"]
        if email:
            try:
                validate_email(email)
            except forms.ValidationError as error:
                raise forms.ValidationError(_("Write the address like name@company.com.")) from error
        return email

    def has_changed(self) -> bool:
        """A row counts once something was typed into it; its id is there from the start."""
        return any(str(self[name].data or "").strip() for name in ("full_name", "greet_as", "email", "job_title"))


class BasePanel(forms.BaseFormSet):
    """People beyond the limit stay on the page, with the limit said in plain words."""

    def full_clean(self) -> None:
        super().full_clean()
        typed = [form for form in self.forms if form.has_changed() and not self._should_delete_form(form)]
        if self.is_bound and self.management_form.is_valid():
            if len(typed) > MAX_INTERVIEWERS:
                self._say(
                    _("A panel has at most %(most)s people here; remove %(over)s.")
                    % {"most": MAX_INTERVIEWERS, "over": len(typed) - MAX_INTERVIEWERS}
                )
            elif not typed:
                self._say(_("Enter at least one person you spoke with."))

    def _say(self, message: str) -> None:
        self._non_form_errors.append(message)

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Remove this person")
        if not form.is_bound and index is not None:
            form.initial.setdefault("id", str(uuid.uuid4()))

    def rows(self) -> list[dict[str, Any]]:
        return [form.cleaned_data for form in self.forms if form.has_changed()]


PanelFormSet = forms.formset_factory(
    PersonForm, formset=BasePanel, extra=0, can_delete=True, max_num=MAX_INTERVIEWERS + 80, absolute_max=100
)


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
        self.fields["correction-answer"] = FactField("answer", required=False, label=_("… a better answer is …"))
        for name, field in self.fields.items():
            examples = EXAMPLES.get(name.removeprefix("correction-"))
            if examples:
                field.help_text = _("For example: %(example)s") % {"example": examples[role]}

    def clean_strengths(self) -> list[str]:
        text = self.cleaned_data["strengths"]
        items = [" ".join(item.split()) for item in re.split(r"[,;\n\r]+", text)]
        items = [check_text("strength", item) for item in items if item]
        if len(items) > MAX_STRENGTHS:
            raise forms.ValidationError(
                _("Name at most %(most)s strengths; these are %(count)s.") % {"most": MAX_STRENGTHS, "count": len(items)}
            )
        return items

    def notes(self) -> dict[str, Any]:
        """The valid values by the names of the stored fields; what is not valid is missing."""
        return {name.replace("-", "_"): value for name, value in self.cleaned_data.items() if name != "version"}


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
                ngettext("Give one link at most.", "Give %(most)s links at most.", MAX_WORK_SAMPLES)
                % {"most": MAX_WORK_SAMPLES}
            )

    def samples(self) -> list[dict[str, str]]:
        """The valid links in order."""
        return [
            {"label": form.cleaned_data["label"], "url": form.cleaned_data["url"]}
            for form in self.forms
            if form.is_valid() and form.cleaned_data.get("url")
        ]


SampleFormSet = forms.formset_factory(
    SampleForm, formset=BaseSamples, extra=0, max_num=MAX_WORK_SAMPLES + 15, absolute_max=20
)


class DraftForm(forms.Form):
    version = VersionField()
    subject = forms.CharField(required=False, strip=True, label=gettext_lazy("Subject"))
    body = forms.CharField(
        label=gettext_lazy("Letter"),
        strip=False,
        error_messages={"required": gettext_lazy("The letter is empty. Write it, or bring back an earlier version.")},
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "true"}),
    )
    MOST = {"subject": 200, "body": 20_000}

    def _checked(self, name: str) -> str:
        text = self.cleaned_data[name].replace("\r\n", "\n").replace("\r", "\n")
        if name == "subject" and len(text.splitlines()) > 1:
            raise forms.ValidationError(_("Keep the subject on one line."))
        if len(text) > self.MOST[name]:
            raise forms.ValidationError(
                _("Shorten this to %(limit)s characters at most; it has %(count)s.")
                % {"limit": self.MOST[name], "count": len(text)}
            )
        if any("\ud800" <= character <= "\udfff" or (character < " " and character not in "\n\t") for character in text):
            raise forms.ValidationError(_("Remove the characters that cannot be sent in an email."))
        return text

    def clean_subject(self) -> str:
        return self._checked("subject")

    def clean_body(self) -> str:
        return self._checked("body").strip("\n")
