"""Headers of every response, limits of requests, and what logs never contain."""

import logging
import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client, override_settings
from django.urls import reverse

from config.logs import DiscreetFormatter
from drafts import views
from tests.factories import CandidateFactory, DraftFactory, WorkFileFactory
from tests.integration.test_settings import ROOT, start


@pytest.mark.parametrize("address", ["/", "/sign-in/", "/no-such-page/", "/healthz", "/settings/"])
def test_every_answer_has_its_safety_headers(client, db, address):
    answer = client.get(address)
    policy = answer["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert {"default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"} <= {
        part.strip() for part in policy.split(";")
    }
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]


def test_static_files_have_them_too(client, db):
    answer = client.get("/static/css/afterword.css")
    answer.close()
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"


@override_settings(
    SESSION_COOKIE_SECURE=True,
    CSRF_COOKIE_SECURE=True,
    SECURE_HSTS_SECONDS=31536000,
    SECURE_SSL_REDIRECT=True,
)
def test_cookies_over_https(db):
    candidate = CandidateFactory()
    client = Client()
    assert client.get("/sign-in/").url == "https://testserver/sign-in/"
    client.get("/sign-in/", secure=True)
    sent = {"login": candidate.email, "password": "correct horse"}
    answer = client.post("/sign-in/", sent, secure=True)
    session, token = answer.cookies["sessionid"], client.cookies["csrftoken"]
    for cookie in (session, token):
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
    assert answer["Strict-Transport-Security"] == "max-age=31536000"


def test_the_containers_settings_pass_the_deployment_checks(tmp_path):
    script = (
        "import django; django.setup()\n"
        "from django.core.management import call_command\n"
        "call_command('check', deploy=True, fail_level='WARNING')"
    )
    environment = {
        "SECRET_KEY": "x" * 60 + "abcdefgh",
        "DATABASE_URL": "postgresql://afterword:word@database/afterword",
        "ALLOWED_HOSTS": "afterword.example",
        "HTTPS": "on",
    }
    process = start(tmp_path, script, **environment)
    assert (process.returncode, process.stdout) == (
        0,
        "System check identified no issues (2 silenced).\n",
    ), process.stderr


def test_the_container_is_configured_to_use_https():
    assert "HTTPS=on" in (ROOT / "Dockerfile").read_text()
    assert not re.search(r"^\s*HTTPS:", (ROOT / "compose.yaml").read_text(), re.M)


# ---------------------------------------------------------------- how much, and how often


def test_a_body_far_too_large_is_rejected_before_it_is_read(signed_in):
    answer = signed_in.post("/settings/", {}, CONTENT_LENGTH=str(10**12))
    assert answer.status_code == 413
    assert "smaller file" in answer.content.decode()


@pytest.mark.parametrize("charset", ["rot13", "base64", "zlib", "idna", "utf-16", "nothing"])
def test_forms_are_utf_8_whatever_they_claim(client, db, charset):
    kind = f"application/x-www-form-urlencoded; charset={charset}"
    assert client.generic("POST", "/interviews/new/", b"company=Z%C3%BCrich", kind).status_code == 422
    kind = f"multipart/form-data; boundary=b; charset={charset}"
    body = b'--b\r\nContent-Disposition: form-data; name="company"\r\n\r\nZ\xc3\xbcrich\r\n--b--\r\n'
    answer = client.generic("POST", "/interviews/new/", body, kind)
    assert 'value="Zürich"' in answer.content.decode()


@pytest.mark.parametrize(
    "credential",
    ["0", "[]", "{}", '{"id": 1}', "9" * 5000, "[" * 3000, "x", '{"id": "YQ", "rawId": "YQ"}', "null"],
)
def test_a_malformed_passkey_is_rejected(signed_in, candidate, credential):
    signed_in.post("/sign-out/")
    assert signed_in.post("/sign-in/passkey/", {"credential": credential}).status_code in (200, 302, 422)
    signed_in.post("/sign-in/", {"login": candidate.email, "password": "correct horse"})
    signed_in.post("/account/again/", {"password": "correct horse"})
    assert signed_in.get("/account/passkeys/add/").status_code == 200
    answer = signed_in.post("/account/passkeys/add/", {"credential": credential, "name": "Mine"})
    assert answer.status_code == 422
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize(
    ("action", "address", "sent"),
    [
        ("preview", "conversation_preview", {"mentioned": "the move"}),
        ("preview", "draft_check", {"body": "Hi"}),
        ("upload", "conversation_edit", {"files": True}),
        ("import", "invitation_read", {"invitation_text": "BEGIN:VCALENDAR"}),
        ("import", "account_import", {}),
        ("check", "check", {"body": "Hi"}),
    ],
)
def test_expensive_requests_are_rate_limited(settings, signed_in, candidate, action, address, sent):
    rate = settings.ACCOUNT_RATE_LIMITS[action].split("/", 1)[1]
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, action: f"2/{rate}"}
    draft = DraftFactory(interviewer__interview__candidate=candidate)
    person = draft.interviewer
    args = {"draft_check": [draft.id], "invitation_read": [], "account_import": [], "check": []}
    place = reverse(address, args=args.get(address, [person.interview_id, person.id]))
    statuses = []
    for _time in range(3):
        data = {"files": SimpleUploadedFile("a.txt", b"text")} if "files" in sent else sent
        statuses.append(signed_in.post(place, data).status_code)
    assert statuses[2] == 429
    assert 429 not in statuses[:2]


def test_saving_is_never_limited(signed_in, candidate):
    draft = DraftFactory(interviewer__interview__candidate=candidate)
    for number in range(300):
        sent = {"subject": "s", "body": f"text {number}"}
        assert signed_in.post(draft.get_absolute_url(), sent, HTTP_X_AUTOSAVE="1").status_code == 204


def test_an_upload_never_opens_in_the_browser(signed_in, candidate):
    file = WorkFileFactory(interviewer__interview__candidate=candidate, content_type="text/html")
    person = file.interviewer
    answer = signed_in.get(reverse("file_download", args=[person.interview_id, person.id, file.id]))
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


# ---------------------------------------------------------------- mails


def test_no_link_in_a_mail_goes_by_the_host_header(settings, db):
    settings.MAIL_WORKS = True
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.ALLOWED_HOSTS = ["*"]
    settings.SITE_URL = "https://afterword.example"
    candidate = CandidateFactory()
    elsewhere = {"HTTP_HOST": "evil.example", "HTTP_X_FORWARDED_HOST": "evil.example"}
    visitor = Client(**elsewhere)
    for address in ("new@example.com", candidate.email):
        visitor.post("/sign-up/", {"email": address, "password1": "a lamp and nine pears"})
        visitor.post("/account/password/reset/", {"email": address})
    owner = Client(**elsewhere)
    owner.force_login(candidate, "django.contrib.auth.backends.ModelBackend")
    new = {"oldpassword": "correct horse", "password1": "three geese in a row"}
    owner.post("/account/password/", {**new, "password2": new["password1"]})
    subjects = [message.subject for message in mail.outbox]
    assert len({*subjects}) == len(subjects) == 5, subjects
    for message in mail.outbox:
        assert "evil" not in f"{message.message()}"
        assert "https://afterword.example" in message.body
        assert re.findall(r"https?://[^/\s]*", message.body) == ["https://afterword.example"] * (
            message.body.count("http")
        )


# ---------------------------------------------------------------- logs


def line(record):
    return DiscreetFormatter("{levelname} {name}: {message}", style="{").format(record)


def logged(message, *args, error=None):
    info = (type(error), error, error.__traceback__) if error else None
    return line(logging.LogRecord("django.request", logging.ERROR, __file__, 1, message, args, info))


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/calendar/q7Ws0gSAh3OdQkXKkIbmRkPFrzl5jVrQqhBdkEXAMPLE.ics", "/calendar/[secret].ics"),
        ("/account/password/reset/2x-cf5h1o-0d3e8c8b1a2f4a5b6c7d8e9f/", "/account/password/reset/[secret]/"),
        ("/account/confirm/MQ:1tSxyz:zYxWvUtSrQpOnMlKjIhGfEdCbA/", "/account/confirm/[secret]/"),
        ("/x/maya@example.com", "/x/[address]"),
        ("/x/maya%40example.com/", "/x/[address]/"),
        (
            "/interviews/11111111-2222-4333-8444-555555555555/edit/",
            "/interviews/11111111-2222-4333-8444-555555555555/edit/",
        ),
    ],
)
def test_logs_contain_no_secrets_from_urls(path, told):
    assert logged("Not Found: %s", path) == f"ERROR django.request: Not Found: {told}"


def test_logs_contain_no_error_messages():
    try:
        try:
            int("Dear Quetzalcoatl")
        except ValueError as error:
            raise IntegrityError("Key (email)=(maya@example.com) already exists.") from error
    except IntegrityError as error:
        told = logged("Internal Server Error: %s", "/drafts/", error=error)
    assert "Quetzalcoatl" not in told
    assert "maya" not in told
    assert "ValueError" in told
    assert "IntegrityError" in told
    assert "test_safety.py" in told


def test_a_failing_page_logs_no_user_input(signed_in, candidate, monkeypatch, caplog):
    draft = DraftFactory(interviewer__interview__candidate=candidate)

    def fail(*args, **kwargs):
        raise RuntimeError(f"could not save {args}")

    monkeypatch.setattr(views.drafts.services, "save_draft", fail)
    signed_in.raise_request_exception = False
    sent = {"subject": "Quetzalcoatl", "body": "Dear Quetzalcoatl"}
    answer = signed_in.post(f"{draft.get_absolute_url()}?q=Quetzalcoatl", sent)
    assert answer.status_code == 500
    # The page gives it back; the log does not contain it.
    assert "Quetzalcoatl" in answer.content.decode()
    assert caplog.records
    for record in caplog.records:
        record.exc_text = None
        assert "Quetzalcoatl" not in line(record)
