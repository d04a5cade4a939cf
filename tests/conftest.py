"""Fixtures for all tests."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.template import engines
from django.utils import translation
from hypothesis import settings

from config.messages import compile_all

if TYPE_CHECKING:
    import pytest_django
    from django.test import Client

    from drafts.models import Candidate

GUEST_BACKEND = "django.contrib.auth.backends.ModelBackend"
# Each of these, like each browser test, needs most of the machine, so they all run one after the other in one
# process.
MACHINE = ("test_bench_floor", "test_replicas", "test_serving", "test_kill_and_load")
TEMPLATES = str(Path(__file__).resolve().parent.parent / "templates")


def pytest_configure() -> None:
    compile_all()
    # How long an example takes says more about the machine than about the code.
    settings.register_profile("untimed", deadline=None)
    settings.load_profile("untimed")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Groups for pytest-xdist, each run in one process: the tests of one file, and all tests that need the machine.

    The longest come first, so that no process is left with a long one at the end.
    """
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: (not _needs_machine(item.path), item.path not in slow))
    for item in items:
        group = "machine" if _needs_machine(item.path) else item.path.stem
        item.add_marker(pytest.mark.xdist_group(group))


def _needs_machine(path: Path) -> bool:
    return path.parent.name == "browser" or path.stem in MACHINE


class MissingVariable(str):
    """Replaces `string_if_invalid`, so that a template of ours that prints an undefined variable fails the test.

    Third-party templates (the admin) may rely on undefined variables being empty.
    """

    __slots__ = ()

    def __mod__(self, name: object) -> str:
        frame = sys._getframe(1)
        while frame:
            origin = getattr(frame.f_locals.get("self"), "origin", None)
            if frame.f_code.co_name in ("render", "render_annotated") and origin:
                if str(origin.name).startswith(TEMPLATES):
                    pytest.fail(f"{origin.name} prints {name}, which is not in its context", pytrace=False)
                break
            frame = frame.f_back
        return ""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> None:
    """With TEST_SCHEMA=columns or columns,keys, on PostgreSQL: runs the tests with the tables changed for Citus
    (docs/scaling.md)."""
    if steps := os.environ.get("TEST_SCHEMA"):
        from django.db import connection

        from bench.by_candidate import STEPS

        with django_db_blocker.unblock(), connection.cursor() as cursor:
            for step in steps.split(","):
                for statement in STEPS[step]():
                    cursor.execute(statement)


@pytest.fixture(autouse=True)
def _no_missing_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", MissingVariable("%s"))


@pytest.fixture(autouse=True)
def _language() -> None:
    """Requests leave theirs active, as Django does."""
    translation.activate("en")


@pytest.fixture(autouse=True)
def _no_counts_from_before() -> None:
    """Clears the caches, which have the rate limits' counts and cached reviews of earlier tests of the process."""
    from django.core.cache import caches

    for name in ("default", "kept"):
        caches[name].clear()


@pytest.fixture(scope="session")
def static_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Static files, collected by the first real server that a test starts and reused by later ones."""
    return tmp_path_factory.mktemp("static")


@pytest.fixture
def candidate(db: None) -> Candidate:
    """Someone with an account and a password."""
    from tests.factories import CandidateFactory

    return CandidateFactory()


@pytest.fixture
def guest(db: None) -> Candidate:
    from tests.factories import GuestFactory

    return GuestFactory()


@pytest.fixture
def signed_in(client: Client, candidate: Candidate) -> Client:
    """A browser in which `candidate` is signed in."""
    client.force_login(candidate, GUEST_BACKEND)
    return client


@pytest.fixture
def guest_client(client: Client, guest: Candidate) -> Client:
    """A browser that has already saved something: `guest` is bound to its session."""
    client.force_login(guest, GUEST_BACKEND)
    return client
