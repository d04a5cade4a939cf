"""The URLs of django-allauth's pages, listed one by one with whom each is for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account import views as account
from allauth.usersessions import views as sessions
from django.urls import path, re_path

from drafts.accounts.views import (
    ChangeEmail,
    ConfirmEmail,
    checked,
    for_accounts,
    for_others,
    forgetting,
    from_outside,
    guest_bring,
    with_mail,
)
from drafts.web.later import View, later

mfa, codes, totp, webauthn = (
    f"allauth.mfa.{name}.views" for name in ("base", "recovery_codes", "totp", "webauthn")
)


def own(name: str, wrap: Callable[[Any], View] | None = None) -> View:
    """A page about one's own account, imported when it is first requested."""
    return for_accounts(later(name, wrap))


urlpatterns = [
    path("sign-in/", for_others(checked(account.LoginView)), name="account_login"),
    path("sign-out/", forgetting(for_accounts(account.logout)), name="account_logout"),
    path("sign-up/", for_others(checked(account.SignupView)), name="account_signup"),
    path("account/bring/", guest_bring, name="guest_bring"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path(
        "account/confirm/", with_mail(account.email_verification_sent), name="account_email_verification_sent"
    ),
    re_path(r"^account/confirm/(?P<key>[-:\w]+)/$", ConfirmEmail.as_view(), name="account_confirm_email"),
    path("account/address/", for_accounts(checked(ChangeEmail)), name="account_email"),
    path("account/again/", for_accounts(checked(account.ReauthenticateView)), name="account_reauthenticate"),
    path(
        "account/password/", for_accounts(checked(account.PasswordChangeView)), name="account_change_password"
    ),
    path(
        "account/password/set/", for_accounts(checked(account.PasswordSetView)), name="account_set_password"
    ),
    path("account/password/reset/", checked(account.PasswordResetView), name="account_reset_password"),
    path(
        "account/password/reset/sent/",
        with_mail(account.password_reset_done),
        name="account_reset_password_done",
    ),
    re_path(
        r"^account/password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[-\w]+)/$",
        checked(account.PasswordResetFromKeyView),
        name="account_reset_password_from_key",
    ),
    path(
        "account/password/reset/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("account/sessions/", for_accounts(sessions.list_usersessions), name="usersessions_list"),
    # Two-step verification when signing in, and its settings.
    path("sign-in/second/", from_outside(later(f"{mfa}.authenticate")), name="mfa_authenticate"),
    path("sign-in/passkey/", from_outside(later(f"{webauthn}.login_webauthn")), name="mfa_login_webauthn"),
    path("account/second/", own(f"{mfa}.index"), name="mfa_index"),
    path("account/second/again/", own(f"{mfa}.ReauthenticateView", checked), name="mfa_reauthenticate"),
    path("account/second/app/add/", own(f"{totp}.ActivateTOTPView", checked), name="mfa_activate_totp"),
    path(
        "account/second/app/remove/", own(f"{totp}.DeactivateTOTPView", checked), name="mfa_deactivate_totp"
    ),
    path("account/second/codes/", own(f"{codes}.view_recovery_codes"), name="mfa_view_recovery_codes"),
    path(
        "account/second/codes/new/",
        own(f"{codes}.GenerateRecoveryCodesView", checked),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/second/codes/download/",
        own(f"{codes}.download_recovery_codes"),
        name="mfa_download_recovery_codes",
    ),
    path("account/passkeys/", own(f"{webauthn}.list_webauthn"), name="mfa_list_webauthn"),
    path("account/passkeys/add/", own(f"{webauthn}.AddWebAuthnView", checked), name="mfa_add_webauthn"),
    path(
        "account/passkeys/again/",
        own(f"{webauthn}.ReauthenticateWebAuthnView", checked),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "account/passkeys/<int:pk>/", own(f"{webauthn}.EditWebAuthnView", checked), name="mfa_edit_webauthn"
    ),
    path("account/passkeys/<int:pk>/remove/", own(f"{webauthn}.remove_webauthn"), name="mfa_remove_webauthn"),
]
