"""Forms for editing a letter and choosing between versions."""

from __future__ import annotations

from django import forms
from django.utils.text import normalize_newlines
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from drafts.forms.fields import VersionField
from drafts.models import TONE_CHOICES, Draft


def _sendable(text: str) -> str:
    if any(
        "\ud800" <= character <= "\udfff" or (character < " " and character not in "\n\t")
        for character in text
    ):
        raise forms.ValidationError(_("Remove the characters that can’t be sent in an email."))
    return text


class DraftForm(forms.Form):
    version = VersionField()
    subject = forms.CharField(
        required=False,
        strip=True,
        label=gettext_lazy("Subject"),
        widget=forms.TextInput(attrs={"lang": "en"}),
    )
    body = forms.CharField(
        label=gettext_lazy("Letter"),
        strip=False,
        error_messages={
            "required": gettext_lazy("The letter is empty. Write it, or restore an earlier version.")
        },
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "true", "lang": "en"}),
    )
    MOST = {"subject": 200, "body": 20_000}

    @classmethod
    def for_draft(cls, draft: Draft) -> DraftForm:
        return cls(initial={"subject": draft.subject, "body": draft.body, "version": draft.version})

    def _checked(self, name: str) -> str:
        text: str = normalize_newlines(self.cleaned_data[name])
        if name == "subject" and len(text.splitlines()) > 1:
            raise forms.ValidationError(_("Keep the subject on one line."))
        if len(text) > self.MOST[name]:
            raise forms.ValidationError(
                _("Shorten this to %(limit)s characters. It has %(count)s.")
                % {"limit": self.MOST[name], "count": len(text)}
            )
        return _sendable(text)

    def clean_subject(self) -> str:
        return self._checked("subject")

    def clean_body(self) -> str:
        body = self._checked("body").strip("\n")
        if not body.strip():
            raise forms.ValidationError(self.fields["body"].error_messages["required"])
        return body


class RewordingForm(forms.Form):
    """The letter as rewritten by somebody else. `version` is the draft's version when it was compared."""

    version = VersionField()
    rewording = forms.CharField(
        label=gettext_lazy("The letter as a chatbot or a friend rewrote it"),
        max_length=DraftForm.MOST["body"],
        error_messages={
            "required": gettext_lazy("Paste the rewritten text here first."),
            "max_length": gettext_lazy(
                "Paste only the letter, at most %(limit_value)d characters. This text has %(show_value)d."
            ),
        },
        widget=forms.Textarea(attrs={"rows": 12, "class": "form-control", "lang": "en"}),
    )

    def clean_rewording(self) -> str:
        return _sendable(normalize_newlines(self.cleaned_data["rewording"]))


class ToneForm(forms.Form):
    tone = forms.ChoiceField(
        choices=TONE_CHOICES,
        error_messages={
            "required": gettext_lazy("Choose a tone."),
            "invalid_choice": gettext_lazy("Choose one of the tones shown."),
        },
    )


class ChoiceForm(ToneForm):
    """Which of two texts to keep."""

    choice = forms.ChoiceField(
        choices=[("new", gettext_lazy("The new letter")), ("keep", gettext_lazy("My version"))],
        error_messages={
            "required": gettext_lazy("Choose which version to keep."),
            "invalid_choice": gettext_lazy("Choose which version to keep."),
        },
    )
