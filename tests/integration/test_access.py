"""Requests every URL with every method for somebody's objects: nobody else may see, change or learn anything.

A new URL fails here until it is listed below with whom it is for.
"""

import uuid

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse

from drafts.models import Candidate, Draft, DraftRevision, Interview, Interviewer, WorkSample
from tests.factories import (
    CandidateFactory,
    DraftFactory,
    DraftRevisionFactory,
    GuestFactory,
    OutsiderFactory,
    WorkFileFactory,
)

METHODS = ("get", "head", "post", "put", "patch", "delete", "options", "trace")
SECRET = "Quetzalcoatl"
# For everyone: pages that start something, and those that only depend on the current session.
OPEN_TO_READ = {
    "help",
    "privacy",
    "shortcuts",
    "robots",
    "sitemap",
    "manifest",
    "offline",
    "service_worker",
    "home",
    "due",
    "interview_list",
    "interview_deleted",
    "session",
    "healthz",
    "livez",
    "readyz",
}
OPEN = OPEN_TO_READ | {
    "address",
    "check",
    "interview_new",
    "invitation_read",
    "invitation_confirm",
    "thanks_new",
    "calendar",
    "settings",
    "account_import",
    "name_order",
}
# For everyone who owns something; 404 for visitors.
OWN = {"sent_letters", "account_export", "account_delete"}
# URLs that are secret themselves, or contain our signature.
SECRET_ADDRESS = {"calendar_feed", "reminders_stop"}
# For requests with METRICS_TOKEN, which is not set here (tests/integration/test_metrics.py).
SECRET_TOKEN = {"metrics"}
# Only with DEBUG, which is off here (tests/integration/test_styles.py).
DEBUG_ONLY = {"styleguide"}
# django-allauth's pages for signing in and up, for visitors and guests.
WAY_IN = {
    "account_login",
    "account_signup",
    "account_inactive",
    "account_email_verification_sent",
    "account_confirm_email",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "mfa_login_webauthn",
}
# Only for accounts: visitors are redirected to signing in, guests to signing up.
ACCOUNT = {
    "guest_bring",
    "account_logout",
    "account_email",
    "account_reauthenticate",
    "account_change_password",
    "account_set_password",
    "usersessions_list",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
}
READ = {
    "company",
    "interview_detail",
    "interview_plan",
    "interview_calendar",
    "interview_letters",
    "interview_contacts",
    "file_download",
    "draft_history",
    "draft_copy",
    "draft_eml",
    "likeness",
}
WRITE = {
    "conversation_preview",
    "conversation_skip",
    "draft_create",
    "route_create",
    "draft_channel",
    "draft_check",
    "draft_tone",
    "draft_restore",
    "draft_mark_sent",
    "draft_mark_unsent",
    "draft_plan",
    "interview_bring_back",
    "interview_forget",
}
READ_AND_WRITE = {
    "interview_edit",
    "interview_delete",
    "interview_sending",
    "interview_outcome",
    "follow_up_edit",
    "outside_new",
    "outside_edit",
    "panel_edit",
    "conversation_edit",
    "conversation_everything",
    "draft_edit",
    "draft_recompose",
    "draft_rewording",
    "draft_naturally",
}
OWNED = sorted(READ | WRITE | READ_AND_WRITE)
DELETED_ONES = {"interview_bring_back", "interview_forget"}


def patterns(resolver=None):
    """All URLs of the site except the admin's, which tests/integration/test_admin.py covers."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield entry
        elif entry.app_name != "admin":
            yield from patterns(entry)


def test_every_address_says_whom_it_is_for():
    listed = [*OPEN, *OWN, *SECRET_ADDRESS, *SECRET_TOKEN, *DEBUG_ONLY, *WAY_IN, *ACCOUNT, *OWNED]
    assert sorted(pattern.name for pattern in patterns()) == sorted(listed)


@pytest.fixture(autouse=True)
def _a_model(settings):
    """Without one its pages are nobody's; nothing answers at this address."""
    settings.MODEL_URL, settings.MODEL_NAME = "http://127.0.0.1:1/v1", "small"


@pytest.fixture
def revision(candidate):
    """A letter of `candidate` with everything that belongs to one, with a secret in every text."""
    found = DraftRevisionFactory(
        draft__interviewer__interview__candidate=candidate,
        draft__interviewer__interview__company=SECRET,
        draft__body=f"Hi {SECRET}, thank you.",
        draft__interviewer__full_name=f"{SECRET} Nair",
    )
    WorkFileFactory(interviewer=found.draft.interviewer)
    DraftFactory(interviewer__interview=found.draft.interviewer.interview)
    OutsiderFactory(interview=found.draft.interviewer.interview)
    return found


def url(name, revision):
    draft = revision.draft
    interview = draft.interviewer.interview
    outside = interview.interviewers.model.everyone.filter(interview=interview, is_outside=True).first()
    known = {
        "interview_id": interview.id,
        "interviewer_id": outside.id if name == "outside_edit" else draft.interviewer_id,
        "other_id": interview.interviewers.exclude(pk=draft.interviewer_id)
        .values_list("id", flat=True)
        .first(),
        "draft_id": draft.id,
        "revision_id": revision.id,
        "kind": "nudge" if name == "follow_up_edit" else "linkedin",
        "sample_id": WorkSample.objects.filter(interviewer=draft.interviewer_id)
        .values_list("id", flat=True)
        .first(),
        "token": "0" * 43,
        "key": "some-key",
        "uidb36": "abc",
        "pk": 1,
    }
    for names in ((), ("uidb36", "key"), ("key",), *_names(name)):
        try:
            return reverse(name, kwargs={key: known[key] for key in names})
        except NoReverseMatch:
            continue
    raise AssertionError(name)


def _names(name):
    return [tuple(one.pattern.converters) for one in patterns() if one.name == name]


def methods(name):
    return ["get"] if name in READ else ["post"] if name in WRITE else ["get", "post"]


def rows():
    """All stored rows, for comparison."""
    models = (Candidate, Interview, Interviewer, WorkSample, Draft, DraftRevision)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def text_of(answer):
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode("utf-8", "replace") + answer.get("Location", "") + str(answer.headers)


def browser(who):
    client = Client()
    if who == "guest":
        client.force_login(GuestFactory(), "django.contrib.auth.backends.ModelBackend")
    elif who == "stranger":
        client.force_login(CandidateFactory(), "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("who", ["guest", "stranger", "nobody"])
@pytest.mark.parametrize("owner", ["account", "another guest"])
def test_nobody_else_finds_changes_or_learns_anything(candidate, revision, who, owner):
    if owner == "another guest":
        candidate.email, candidate.is_guest = None, True
        candidate.save()
    address = {name: url(name, revision) for name in OWNED}
    interview = revision.draft.interviewer.interview
    client = browser(who)
    # The session is renewed once a day, which is a change to the requester's own data.
    client.get("/interviews/")
    for is_deleted in (False, True):
        interview.deleted_at = interview.created_at if is_deleted else None
        Interview.objects.filter(pk=interview.pk).update(deleted_at=interview.deleted_at)
        before = rows()
        for name in OWNED:
            for method in METHODS:
                sent = {"body": "mine now", "sure": "on", "choice": "new", "tone": "brief"}
                answer = getattr(client, method)(address[name], sent if method == "post" else None)
                assert answer.status_code in (404, 405), (name, method, answer.status_code)
                assert SECRET not in text_of(answer), (name, method)
        assert rows() == before


@pytest.mark.parametrize("who", ["guest", "stranger", "nobody"])
def test_open_pages_show_nothing_of_others(candidate, revision, who):
    candidate.calendar_token = "a" * 43
    candidate.save()
    client = browser(who)
    client.get("/interviews/")
    before = [one for one in rows()["Candidate"] if one["id"] == candidate.id]
    for name in sorted(OPEN | OWN | SECRET_ADDRESS | WAY_IN | ACCOUNT):
        for method in METHODS:
            cache.clear()
            answer = getattr(client, method)(url(name, revision))
            assert answer.status_code < 500, (name, method)
            for secret in (SECRET, candidate.email, candidate.calendar_token):
                assert secret not in text_of(answer), (name, method)
    assert [one for one in rows()["Candidate"] if one["id"] == candidate.id] == before
    assert Interview.objects.filter(candidate=candidate).exists()


@pytest.mark.parametrize("name", sorted(ACCOUNT))
def test_pages_of_accounts_lead_others_to_a_way_in(client, guest, revision, name):
    assert client.get(url(name, revision)).url.startswith("/sign-in/?next=/")
    client.force_login(guest, "django.contrib.auth.backends.ModelBackend")
    assert client.get(url(name, revision)).url == "/sign-up/"


@pytest.mark.parametrize("name", sorted(OWN))
def test_a_visitor_owns_nothing(client, revision, name):
    assert client.get(url(name, revision)).status_code == 404


@pytest.mark.parametrize("name", OWNED)
def test_the_owner_finds_it(signed_in, revision, name):
    if name in DELETED_ONES:
        signed_in.post(url("interview_delete", revision))
    for method in methods(name):
        assert getattr(signed_in, method)(url(name, revision)).status_code in (200, 302, 422)


@pytest.mark.parametrize("name", OWNED)
def test_a_deleted_interview_is_not_found(signed_in, revision, name):
    signed_in.post(url("interview_delete", revision))
    if name not in DELETED_ONES:
        # Deleting it again, as by a double click, also succeeds.
        for method in ["get"] if name == "interview_delete" else methods(name):
            assert getattr(signed_in, method)(url(name, revision)).status_code == 404


@pytest.mark.parametrize("name", sorted(READ | WRITE))
def test_the_wrong_method_is_refused(signed_in, revision, name):
    other = "get" if name in WRITE else "post"
    assert getattr(signed_in, other)(url(name, revision)).status_code == 405


@pytest.mark.parametrize("name", OWNED)
def test_other_methods_are_refused(signed_in, revision, name):
    assert signed_in.put(url(name, revision)).status_code == 405


@pytest.mark.parametrize("name", sorted(OPEN_TO_READ))
def test_open_pages_are_for_reading(client, db, name):
    assert client.get(reverse(name)).status_code == 200
    assert client.post(reverse(name)).status_code == 405


@pytest.mark.parametrize("name", OWNED)
def test_an_id_of_nothing_is_not_found(signed_in, revision, name):
    pattern = next(pattern for pattern in patterns() if pattern.name == name)
    nothing = reverse(
        name,
        kwargs={key: "linkedin" if key == "kind" else uuid.uuid4() for key in pattern.pattern.converters},
    )
    for method in methods(name):
        assert getattr(signed_in, method)(nothing).status_code == 404


def test_a_person_is_only_found_in_their_own_interview(signed_in, candidate, revision):
    other = DraftFactory(interviewer__interview__candidate=candidate).interviewer.interview
    address = reverse("conversation_edit", args=[other.id, revision.draft.interviewer_id])
    assert signed_in.get(address).status_code == 404


def test_a_version_is_only_restored_to_its_own_letter(signed_in, candidate, revision):
    other = DraftFactory(interviewer__interview__candidate=candidate)
    assert signed_in.post(reverse("draft_restore", args=[other.id, revision.id])).status_code == 404


@pytest.mark.parametrize(
    "onward",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "http://localhost/",
        "http:///evil",
    ],
)
def test_signing_in_leads_to_our_own_pages_alone(client, candidate, onward):
    sent = {"login": candidate.email, "password": "correct horse", "next": onward}
    assert client.post("/sign-in/", sent).url == "/"
