"""django-allauth's forms, adapted to guests and unconfirmed addresses."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from drafts import services
from drafts.models import Candidate

# A text of django-allauth, whose own translations do not address the user as ours do.
UNEQUAL_PASSWORDS = gettext_noop("You must type the same password each time.")
PASSWORD_HELP = gettext_lazy("At least 8 characters. Don’t use only numbers or a common password.")


class Plain:
    """Replaces the placeholders of a django-allauth form by our labels and help texts."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.help_text = PASSWORD_HELP if name == "password1" else ""
            if name in ("email", "login"):
                field.label = _("Your email address")
                field.error_messages["required"] = _("Enter your email address.")
                field.error_messages["invalid"] = _("Enter an email address like name@company.com.")
            elif "password" in name:
                field.error_messages["required"] = _("Enter the password.")


def name_new(form: Plain) -> None:
    form.fields["password1"].label = _("New password")
    form.fields["password2"].label = _("Repeat the new password")


class SignInForm(Plain, account.LoginForm):
    pass


class AddressForm(Plain, account.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New email address")


class ChangePasswordForm(Plain, account.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = _("Current password")
        name_new(self)


class SetPasswordForm(Plain, account.SetPasswordForm):
    pass


class NewPasswordForm(Plain, account.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_new(self)


class AgainForm(Plain, account.ReauthenticateForm):
    pass


class SignUpForm(Plain, account.SignupForm):
    """An address and a password: for a guest's work, or for a new account."""

    def validate_unique_email(self, value: str) -> str:
        self.account_already_exists = services.address_is_taken(value)
        if self.account_already_exists and not settings.MAIL_WORKS:
            # Without email confirmation this cannot be kept secret: the account would either exist at once or not.
            raise forms.ValidationError(
                _("This email address already has an account. Sign in to it instead.")
            )
        return value

    def try_save(self, request: HttpRequest) -> Any:
        if self.account_already_exists:
            # Do the same work as for a new account, so that neither time nor cookies reveal whether the account
            # exists.
            password = self.cleaned_data["password1"]
            guest = _guest(request)
            if guest:
                _keep_session(request, services.set_guest_password(guest, password))
            else:
                make_password(password)
        try:
            return super().try_save(request)
        except IntegrityError:
            # Somebody else took the address at the same moment; the form will say so when it is submitted again.
            messages.error(request, _("That didn’t work. Please submit it again."))
            return None, redirect("account_signup")

    def save(self, request: HttpRequest) -> Candidate:
        guest = _guest(request)
        candidate = services.claim_work(
            guest,
            self.cleaned_data["email"],
            self.cleaned_data["password1"],
            confirmed_by_mail=settings.MAIL_WORKS,
        )
        if guest:
            _keep_session(request, candidate)
        return candidate


def _guest(request: HttpRequest) -> Candidate | None:
    return request.user if request.user.is_authenticated and request.user.is_guest else None


def _keep_session(request: HttpRequest, candidate: Candidate) -> None:
    """Keeps this session alive after a new password, which ends all other sessions and the guest cookie.

    The guest cookie is set with the first page of a day (drafts.accounts.middleware); the next page counts as one.
    """
    request.user = candidate
    update_session_auth_hash(request, candidate)
    request.session.pop("kept_on", None)


class ResetPasswordForm(Plain, account.ResetPasswordForm):
    """Resets passwords of accounts only; a guest cannot use theirs before the address is confirmed."""

    users: list[Candidate]

    def clean_email(self) -> str:
        email: str = super().clean_email()
        self.users = [user for user in self.users if not user.is_guest]
        return email


class DeleteForm(forms.Form):
    """Confirms deleting everything: by the password if there is one, else by a checkbox."""

    sure = forms.BooleanField(
        label=gettext_lazy("Yes, delete everything"),
        error_messages={"required": gettext_lazy("Check the box to confirm.")},
    )

    def __init__(self, *args: Any, candidate: Candidate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidate = candidate
        if not candidate.is_guest and candidate.has_usable_password():
            self.fields["password"] = forms.CharField(
                label=_("Your password"),
                strip=False,
                widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
                error_messages={"required": _("Enter your password to confirm that it’s you.")},
            )

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not self.candidate.check_password(password):
            raise forms.ValidationError(_("That password is wrong. Nothing was deleted."))
        return password
