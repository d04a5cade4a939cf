"""What a candidate uses in every letter."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from drafts.domain.facts import LONGEST_OWN_WORD, MAX_OWN_WORDS, Dialect, Tone
from drafts.domain.tokens import fold
from drafts.exchange.channels import Channel
from drafts.forms.fields import FactField, TimeZoneField, clean_strengths, own_name_field
from drafts.models import DIALECT_CHOICES, TONE_CHOICES, Candidate
from drafts.translation import written, zone_label

CHANNELS = [
    ("", gettext_lazy("No preference")),
    (Channel.MAIL, gettext_lazy("My email app")),
    (Channel.GMAIL, gettext_lazy("Gmail")),
    (Channel.OUTLOOK_WORK, gettext_lazy("Outlook (work or school)")),
    (Channel.OUTLOOK_PERSONAL, gettext_lazy("Outlook.com or Hotmail")),
    (Channel.EML, gettext_lazy("An email file (.eml)")),
    (Channel.SHARE, gettext_lazy("This device’s share sheet")),
    (Channel.COPY, gettext_lazy("Copy and paste")),
]


def _hours() -> list[tuple[str, str]]:
    hours = ((str(hour), written(dt.datetime(2000, 1, 1, hour), "TIME_FORMAT")) for hour in range(24))
    return [("", _("Never")), *hours]


LANGUAGES = [("", gettext_lazy("As in my browser")), *settings.LANGUAGES]


def _choice(label: Any, choices: Any, help_text: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        required=False,
        label=label,
        choices=choices,
        help_text=help_text,
        error_messages={"invalid_choice": gettext_lazy("Choose an option from the list.")},
    )


class SettingsForm(forms.Form):
    full_name = own_name_field(
        gettext_lazy("Used to sign your letters. Letters you haven’t edited or sent are updated.")
    )
    signature = FactField(
        "signature",
        label=gettext_lazy("Below your name"),
        help_text=gettext_lazy(
            "Added below your name in every letter: for example, a phone number or a link, each on its own line."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    strengths = forms.CharField(
        required=False,
        strip=False,
        label=gettext_lazy("Your usual strengths"),
        help_text=gettext_lazy(
            "Shown with your notes about each person, so you can add them with one click."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "lang": "en"}),
    )
    usual_tone = _choice(
        gettext_lazy("Usual tone"),
        TONE_CHOICES,
        gettext_lazy("New letters start with this tone. You can change it for each letter."),
    )
    usual_channel = _choice(
        gettext_lazy("How you usually send"),
        CHANNELS,
        gettext_lazy("Shown first when you send a letter. It changes to the option you used last."),
    )
    dialect = _choice(
        gettext_lazy("Your English"),
        DIALECT_CHOICES,
        gettext_lazy("The spelling we check your letters against."),
    )
    time_zone = TimeZoneField(
        required=False,
        label=gettext_lazy("Your time zone"),
        help_text=gettext_lazy(
            "New interviews start with this time zone. Type a city, such as Chicago or Bangalore."
        ),
    )
    language = _choice(
        gettext_lazy("Language of the pages"), LANGUAGES, gettext_lazy("Letters are always in English.")
    )
    own_words = forms.CharField(
        required=False,
        strip=False,
        label=gettext_lazy("Your own words"),
        help_text=gettext_lazy("Words the spelling check should accept in your letters, one on each line."),
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "lang": "en"}),
    )

    reminder_hour = _choice(
        gettext_lazy("Email me what’s due"),
        _hours,
        gettext_lazy(
            "At this time in your time zone (set above), on days when something new is due. The email names "
            "companies and people, and never quotes your letters or notes. Each email has a link that stops them."
        ),
    )

    # What the page showed. Without it, saving an old tab would turn reminders on again after a link stopped them.
    reminder_hour_shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, offers_reminders: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not offers_reminders:
            del self.fields["reminder_hour"], self.fields["reminder_hour_shown"]

    @classmethod
    def for_candidate(cls, candidate: Candidate, *, offers_reminders: bool, language: str) -> SettingsForm:
        """`language` is the one chosen in this browser, if any."""
        plain = ("full_name", "signature", "usual_tone", "usual_channel", "dialect", "reminder_hour")
        return cls(
            offers_reminders=offers_reminders,
            initial={
                **{name: getattr(candidate, name) for name in plain},
                "reminder_hour_shown": candidate.reminder_hour,
                "language": candidate.language or language,
                "time_zone": zone_label(candidate.time_zone) if candidate.time_zone else "",
                "strengths": ", ".join(candidate.strengths),
                "own_words": "\n".join(candidate.own_words),
            },
        )

    def clean_usual_tone(self) -> str:
        return self.cleaned_data["usual_tone"] or Tone.WARM

    def clean_dialect(self) -> str:
        return self.cleaned_data["dialect"] or Dialect.AMERICAN

    def clean_reminder_hour(self) -> int | None:
        hour = self.cleaned_data["reminder_hour"]
        return int(hour) if hour else None

    def clean(self) -> None:
        """Leaves `reminder_hour` out of `cleaned_data` unless it was changed on the page, and `language` unless the
        page had it."""
        data = self.cleaned_data
        if "language" not in self.data:
            data.pop("language", None)
        if data.get("reminder_hour") is not None and data.get("time_zone") == "":
            self.add_error("time_zone", _("Enter your time zone, so that reminders come at the right time."))
        shown = data.pop("reminder_hour_shown", None)
        if "reminder_hour_shown" in self.data and shown == self.data.get("reminder_hour", ""):
            data.pop("reminder_hour", None)

    def clean_strengths(self) -> list[str]:
        return clean_strengths(self.cleaned_data["strengths"])

    def clean_own_words(self) -> list[str]:
        words: dict[str, str] = {}
        for line in re.split(r"[\n\r]+", self.cleaned_data["own_words"]):
            word = " ".join("".join(one for one in line if one.isprintable()).split())
            if len(word) > LONGEST_OWN_WORD:
                raise forms.ValidationError(
                    _("Shorten “%(word)s…”. A word can have at most %(limit)s characters.")
                    % {"word": word[:20], "limit": LONGEST_OWN_WORD}
                )
            if any(one.isalpha() for one in word):
                words.setdefault(fold(word), word)
        if len(words) > MAX_OWN_WORDS:
            raise forms.ValidationError(
                _("Keep at most %(most)s words. You entered %(count)s.")
                % {"most": MAX_OWN_WORDS, "count": len(words)}
            )
        return list(words.values())
