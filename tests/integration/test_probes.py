"""Monitoring endpoints, request ids, and logs."""

import json
import logging

import pytest
from django.core.cache import caches
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from config import probes
from config.logs import DiscreetFormatter, JsonFormatter, RequestFilter
from drafts.domain import proofread
from drafts.domain.notes import parser
from drafts.views import home
from tests.integration.test_settings import read

ALL_WELL = {
    "ready": True,
    "database": "there",
    "migrations": "applied",
    "cache": "in each process",
    "parser": "loaded",
    "proofreader": "loaded",
}
FORMAT = "{levelname} {name} [{request_id}]: {message}"


def away(*args, **kwargs):
    raise OperationalError("away")


# ---------------------------------------------------------------- alive and ready


def test_livez_needs_neither_database_nor_cache(client, db, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(caches["default"], "get", away)
    with django_assert_num_queries(0):
        answer = client.get("/livez")
    assert (answer.status_code, answer.content, answer["Content-Length"]) == (200, b"ok\n", "3")


def test_readyz_reports_each_part(client, db, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, ALL_WELL)
    assert answer["Cache-Control"] == "no-store"


def test_without_its_database_it_is_not_ready(client, db, monkeypatch):
    monkeypatch.setattr(MigrationRecorder, "applied_migrations", away)
    answer = client.get("/readyz")
    told = {**ALL_WELL, "ready": False, "database": "away", "migrations": "missing"}
    assert (answer.status_code, answer.json()) == (503, told)


def test_it_is_not_ready_until_the_database_is_migrated_and_serves_on_when_it_is_ahead(client, db):
    recorder = MigrationRecorder(connection)
    recorder.record_applied("drafts", "9999_of_a_newer_version")
    assert client.get("/readyz").status_code == 200
    recorder.record_unapplied("drafts", "0001_initial")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["migrations"]) == (503, "missing")


@pytest.mark.parametrize(("engine", "name"), [(parser, "parser"), (proofread, "proofreader")])
def test_without_an_engine_it_is_not_ready(client, db, monkeypatch, engine, name):
    monkeypatch.setattr(engine, "is_available", lambda: False)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {**ALL_WELL, "ready": False, name: "missing"})


@pytest.mark.parametrize("address", sorted(probes.PROBES))
def test_probes_are_answered_by_any_name_and_without_https(db, settings, address):
    settings.SECURE_SSL_REDIRECT = True
    settings.METRICS_TOKEN = None
    answer = Client(headers={"host": "10.1.2.3:8000"}).get(address)
    assert answer.status_code == (404 if address == "/metrics" else 200)
    assert Client(headers={"host": "10.1.2.3:8000"}).get("/", secure=True).status_code == 400
    assert Client().get("/").status_code == 301


# ---------------------------------------------------------------- ids of requests


def test_each_answer_has_an_id_of_its_own(client, db):
    first, second = (client.get("/livez")["X-Request-ID"] for _ in range(2))
    assert len(first) == len(second) == 32
    assert first != second


@pytest.mark.parametrize(
    ("proxies", "given", "is_taken"),
    [
        (1, "7d3f-a.b_c", True),
        (1, "a" * 64, True),
        (0, "7d3f-a.b_c", False),
        (1, "a" * 65, False),
        (1, "", False),
        (1, "two words", False),
        (1, "<b>", False),
        (1, "line\nbreak", False),
        (1, "maya@example.com", False),
        (1, "é", False),
    ],
)
def test_an_id_is_taken_from_our_proxy_where_it_is_harmless(client, db, settings, proxies, given, is_taken):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    answer = client.get("/livez", headers={"x-request-id": given})
    assert (answer["X-Request-ID"] == given) is is_taken


@pytest.mark.parametrize(("error", "status"), [(RuntimeError, 500), (OperationalError, 503)])
def test_the_page_of_a_failure_and_its_line_in_the_log_have_the_id(
    client, db, monkeypatch, caplog, error, status
):
    def fail(*args, **kwargs):
        raise error("the walrus")

    monkeypatch.setattr(home, "render", fail)
    client.raise_request_exception = False
    answer = client.get("/")
    number = answer["X-Request-ID"]
    assert answer.status_code == status
    assert f"<code>{number}</code>" in answer.content.decode()
    lines = formatted(caplog.records, DiscreetFormatter(FORMAT, style="{"))
    assert any(line.startswith(f"ERROR django.request [{number}]: ") for line in lines)


# ---------------------------------------------------------------- logs


def formatted(records, formatter):
    for record in records:
        record.exc_text = None
        RequestFilter().filter(record)
    return [formatter.format(record) for record in records]


def test_refusals_are_warnings(db, caplog):
    Client(headers={"host": "evil.example"}).get("/")
    refused = [record for record in caplog.records if record.name.startswith("django.security")]
    (line,) = formatted(refused, DiscreetFormatter(FORMAT, style="{"))
    assert line.startswith("WARNING django.security.DisallowedHost [")


def test_a_request_that_is_too_large_is_a_warning(client, db, caplog):
    answer = client.generic("POST", "/interviews/new/", headers={"content-length": str(10**12)})
    assert answer.status_code == 413
    assert [record.levelname for record in caplog.records] == ["WARNING"]


def test_failures_stay_errors_and_quiet_logs_stay_quiet():
    failure = logging.LogRecord("django.request", logging.ERROR, __file__, 1, "broken", (), None)
    refusal = logging.LogRecord("django.security.X", logging.ERROR, __file__, 1, "refused", (), None)
    root = logging.getLogger()
    before = root.level
    try:
        root.setLevel(logging.ERROR)
        assert RequestFilter().filter(failure)
        assert failure.levelname == "ERROR"
        assert not RequestFilter().filter(refusal)
    finally:
        root.setLevel(before)


def test_json_logs_contain_no_user_text():
    try:
        int("Dear Quetzalcoatl")
    except ValueError as error:
        info = (type(error), error, error.__traceback__)
    record = logging.LogRecord(
        "django.request", logging.ERROR, __file__, 1, "Failed:\n%s", ("/x/maya@example.com",), info
    )
    (line,) = formatted([record], JsonFormatter())
    assert "\n" not in line
    told = json.loads(line)
    exception = told.pop("exception")
    assert told == {
        "time": told["time"],
        "level": "ERROR",
        "logger": "django.request",
        "request_id": record.request_id,
        "message": "Failed:\n/x/[address]",
    }
    assert exception.startswith("ValueError\n")
    assert "test_probes.py" in exception
    assert "Quetzalcoatl" not in line


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_log_format_is_a_setting(tmp_path, form):
    assert read(tmp_path, LOG_FORMAT=form)["LOGGING"]["handlers"]["console"]["formatter"] == form
