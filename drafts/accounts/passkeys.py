"""Forms that read a browser's passkey response safely, because fido2 assumes it is well formed."""

from __future__ import annotations

import struct
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms as webauthn
from cryptography.exceptions import InvalidSignature
from django import forms
from django.utils.translation import gettext_lazy

LONGEST = 50_000  # characters; far above what a passkey needs
# Everything that allauth and fido2 can raise for a malformed credential.
BROKEN = (
    ArithmeticError,
    AttributeError,
    InvalidSignature,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
)


class PasskeyField(forms.JSONField):
    """A JSON object; anything else is reported as a wrong passkey."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and len(value) > LONGEST:
            raise get_adapter().validation_error("incorrect_code")
        try:
            found = super().to_python(value)
        except (RecursionError, ValueError) as error:
            raise get_adapter().validation_error("incorrect_code") from error
        if not isinstance(found, dict) or not found:
            raise get_adapter().validation_error("incorrect_code")
        return found

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Never shows the value again."""
        return None


class AddPasskeyForm(webauthn.AddWebAuthnForm):
    name = forms.CharField(required=False, label=gettext_lazy("Name"))
    credential = PasskeyField()
    passwordless = forms.BooleanField(
        required=False,
        initial=True,
        label=gettext_lazy("Let it sign me in without my password"),
        help_text=gettext_lazy(
            "Your device will ask for your fingerprint, face, or PIN. Uncheck this for a simple security key "
            "without a PIN. You’ll use it after your password."
        ),
    )

    def clean(self) -> dict[str, Any]:
        try:
            cleaned: dict[str, Any] = super().clean()
        except BROKEN as error:
            raise get_adapter().validation_error("incorrect_code") from error
        return cleaned


class RenamePasskeyForm(webauthn.EditWebAuthnForm):
    name = forms.CharField(label=gettext_lazy("Name"))


class _SafeCredential(forms.Form):
    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]  # of allauth's form, the next base class
        except BROKEN as error:
            raise get_adapter().validation_error("incorrect_code") from error


class SecondPasskeyForm(_SafeCredential, webauthn.AuthenticateWebAuthnForm):
    credential = PasskeyField()


class SignInPasskeyForm(_SafeCredential, webauthn.LoginWebAuthnForm):
    credential = PasskeyField()


class AgainPasskeyForm(_SafeCredential, webauthn.ReauthenticateWebAuthnForm):
    credential = PasskeyField()
