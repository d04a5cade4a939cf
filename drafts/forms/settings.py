"""What a candidate uses in every letter."""

from __future__ import annotations

import re

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from drafts.domain import time_zones
from drafts.domain.facts import LONGEST_OWN_WORD, MAX_OWN_WORDS, Dialect, Tone
from drafts.domain.tokens import fold
from drafts.exchange.channels import Channel
from drafts.forms.fields import FactField, clean_strengths, clean_time_zone
from drafts.models import DIALECT_CHOICES, TONE_CHOICES, Candidate

CHANNELS = [
    ("", gettext_lazy("No matter which")),
    (Channel.MAIL, gettext_lazy("My mail program")),
    (Channel.GMAIL, gettext_lazy("Gmail")),
    (Channel.OUTLOOK_WORK, gettext_lazy("Outlook, work or school")),
    (Channel.OUTLOOK_PERSONAL, gettext_lazy("Outlook.com, Hotmail")),
    (Channel.EML, gettext_lazy("A mail file (.eml)")),
    (Channel.SHARE, gettext_lazy("This device’s share sheet")),
    (Channel.COPY, gettext_lazy("Copy and paste")),
]
FROM_LIST = {"invalid_choice": gettext_lazy("Choose one of the list.")}


class SettingsForm(forms.Form):
    full_name = FactField(
        "full_name",
        required=False,
        label=gettext_lazy("Your name"),
        help_text=gettext_lazy("Signs your letters; letters not sent or changed by you are signed anew."),
        widget=forms.TextInput(attrs={"autocomplete": "name", "autocapitalize": "words"}),
    )
    signature = FactField(
        "signature",
        required=False,
        label=gettext_lazy("Below your name"),
        help_text=gettext_lazy("Under every letter: a phone number, a link. Each on its own line."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    strengths = forms.CharField(
        required=False,
        strip=False,
        label=gettext_lazy("Your usual strengths"),
        help_text=gettext_lazy("Offered beside your notes on each person, to take over with one press."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    usual_tone = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Usual tone"),
        choices=TONE_CHOICES,
        help_text=gettext_lazy("New letters begin in it. Each can have another."),
        error_messages=FROM_LIST,
    )
    usual_channel = forms.ChoiceField(
        required=False,
        label=gettext_lazy("How you usually send"),
        choices=CHANNELS,
        help_text=gettext_lazy(
            "Comes first on the page for sending; the way you take last comes first next time."
        ),
        error_messages=FROM_LIST,
    )
    dialect = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Your English"),
        choices=DIALECT_CHOICES,
        help_text=gettext_lazy("The spelling that your letters are checked by."),
        error_messages=FROM_LIST,
    )
    time_zone = forms.CharField(
        required=False,
        label=gettext_lazy("Your time zone"),
        help_text=gettext_lazy("New interviews begin with it. Type a city, such as Chicago or Bangalore."),
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off", "spellcheck": "false"}),
    )
    own_words = forms.CharField(
        required=False,
        strip=False,
        label=gettext_lazy("Your own words"),
        help_text=gettext_lazy("Never marked as misspelt in your letters. One on each line."),
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )

    @classmethod
    def for_candidate(cls, candidate: Candidate) -> SettingsForm:
        plain = ("full_name", "signature", "usual_tone", "usual_channel", "dialect")
        return cls(
            initial={
                **{name: getattr(candidate, name) for name in plain},
                "time_zone": time_zones.label(candidate.time_zone) if candidate.time_zone else "",
                "strengths": ", ".join(candidate.strengths),
                "own_words": "\n".join(candidate.own_words),
            }
        )

    def clean_usual_tone(self) -> str:
        return self.cleaned_data["usual_tone"] or Tone.WARM

    def clean_dialect(self) -> str:
        return self.cleaned_data["dialect"] or Dialect.AMERICAN

    def clean_strengths(self) -> list[str]:
        return clean_strengths(self.cleaned_data["strengths"])

    def clean_time_zone(self) -> str:
        text = self.cleaned_data["time_zone"]
        return clean_time_zone(text) if text.strip() else ""

    def clean_own_words(self) -> list[str]:
        words: dict[str, str] = {}
        for line in re.split(r"[\n\r]+", self.cleaned_data["own_words"]):
            word = " ".join("".join(one for one in line if one.isprintable()).split())
            if len(word) > LONGEST_OWN_WORD:
                raise forms.ValidationError(
                    _("Shorten “%(word)s…”: a word has %(limit)s characters at most here.")
                    % {"word": word[:20], "limit": LONGEST_OWN_WORD}
                )
            if any(one.isalpha() for one in word):
                words.setdefault(fold(word), word)
        if len(words) > MAX_OWN_WORDS:
            raise forms.ValidationError(
                _("Keep at most %(most)s words; these are %(count)s.")
                % {"most": MAX_OWN_WORDS, "count": len(words)}
            )
        return list(words.values())
