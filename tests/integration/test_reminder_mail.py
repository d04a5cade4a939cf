"""Reminders through a real mail server: each once, whoever looks, and again where the server was away."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.utils import timezone

from config import housekeeping
from drafts import services
from drafts.models import ReminderSchedule
from drafts.reminders.sending import MOST_TRIES, TRY_AGAIN_AFTER, send_due_reminders
from tests.factories import CandidateFactory, InterviewerFactory
from tests.mail_server import DUE, DUE_ADDRESSES, MailServer
from tests.servers import free_port

pytestmark = pytest.mark.django_db(transaction=True)
NOW = dt.datetime(2026, 11, 16, 12, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def server(settings):
    port = free_port()
    settings.MAIL_WORKS, settings.SITE_URL = True, "https://afterword.example"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    found = MailServer(port).start()
    yield found
    found.stop()


@pytest.fixture
def inbox(server):
    return server.inbox


def due_now(count=1, now=NOW):
    """Candidates with a letter to send, whose reminder is due."""
    owners = CandidateFactory.create_batch(count, reminder_hour=13, time_zone="Europe/Berlin")
    for owner in owners:
        InterviewerFactory(interview__candidate=owner, interview__ended_at=now - dt.timedelta(hours=3))
        ReminderSchedule.objects.create(candidate=owner, next_at=now)
    return owners


def look(after=MINUTE):
    return send_due_reminders(lambda: NOW + after)


def test_a_mail_arrives_as_plain_text(inbox):
    [owner] = due_now()
    assert look().count == 1
    [message] = inbox.mails
    assert (message["To"], message["Subject"]) == (owner.email, "Afterword: 1 thing to do today")
    assert message["From"] == django_settings.DEFAULT_FROM_EMAIL
    assert message.get_content_type() == "text/plain"
    assert "The 24 hours after the interview end" in message.get_content()
    assert "…" not in message.get_content()
    assert look(2 * MINUTE).count == 0


def test_two_loops_at_once_send_one_mail_each(inbox):
    owners = due_now(8)
    together = threading.Barrier(2)

    def run(_number):
        try:
            connection.ensure_connection()
            together.wait()
            return look().count
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        counts = list(pool.map(run, range(2)))
    assert sum(counts) == 8
    assert sorted(inbox.addresses) == sorted(owner.email for owner in owners)


def test_two_that_claim_the_same_moment_together_send_one_mail(inbox, monkeypatch):
    """Both have read the schedule and reached the mail server when they claim."""
    due_now()
    together = threading.Barrier(2)
    claim = services.claim_reminder

    def claim_together(*args):
        together.wait(timeout=10)
        return claim(*args)

    monkeypatch.setattr(services, "claim_reminder", claim_together)

    def run(_number):
        try:
            return look().count
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(run, range(2))) == [0, 1]
    assert len(inbox.mails) == 1


@pytest.fixture
def manage(server, tmp_path):
    """Starts a command of an installation of its own, in which twenty reminders are due."""
    environment = {
        "PATH": "",
        "VAR_DIR": str(tmp_path),
        "ENV_FILE": "/dev/null",
        "EMAIL_URL": f"smtp://127.0.0.1:{server.port}",
        "LOG_LEVEL": "WARNING",
    }

    def start(*words):
        return subprocess.Popen([sys.executable, "manage.py", *words], env=environment)  # noqa: S603 - ours

    assert start("migrate", "--verbosity", "0").wait() == 0
    assert start("shell", "--no-imports", "-c", DUE).wait() == 0
    return start


ON_SQLITE = pytest.mark.skipif(
    not django_settings.ON_SQLITE, reason="the threads above and the server race on PostgreSQL"
)


def wait_for(inbox, count):
    until = time.monotonic() + 60
    while len(inbox.mails) < count and time.monotonic() < until:
        time.sleep(0.02)
    assert len(inbox.mails) >= count


@pytest.mark.slow
@ON_SQLITE
def test_two_processes_at_once_send_one_mail_each(manage, inbox):
    both = [manage("housekeep", "--once") for _number in range(2)]
    assert [process.wait() for process in both] == [0, 0]
    assert sorted(inbox.addresses) == sorted(DUE_ADDRESSES)
    assert manage("housekeep", "--once").wait() == 0
    assert len(inbox.mails) == 20


@pytest.mark.slow
@ON_SQLITE
def test_a_loop_killed_amid_sending_sends_nothing_twice_and_the_next_ends_when_asked(manage, inbox):
    inbox.pause_s = 0.2
    killed = manage("housekeep")
    wait_for(inbox, 3)
    killed.kill()
    killed.wait()
    time.sleep(0.5)
    before = len(inbox.mails)
    assert 3 <= before < 20
    inbox.pause_s = 0
    loop = manage("housekeep")
    # The one that was claimed and not sent may be missing.
    wait_for(inbox, 19)
    time.sleep(1)
    loop.terminate()
    assert loop.wait(timeout=30) == 0
    assert len(inbox.mails) == len(set(inbox.addresses)) in (19, 20)


@pytest.mark.slow
@ON_SQLITE
def test_once_says_that_the_mail_server_is_away(manage, server, inbox):
    server.stop()
    assert manage("housekeep", "--once").wait() == 1
    server.start()
    assert manage("housekeep", "--once").wait() == 0
    assert len(inbox.mails) == 20


# ---------------------------------------------------------------- a mail server that is away, or refuses


def test_while_the_server_is_unavailable_everything_waits(server, inbox, caplog):
    due_now(3)
    server.stop()
    assert look().is_away
    assert ReminderSchedule.objects.filter(next_at=NOW).count() == 3
    assert "The mail server can't be reached (ConnectionRefusedError); reminders wait" in caplog.text
    server.start()
    assert look(30 * MINUTE).count == 3
    assert look(31 * MINUTE).count == 0
    assert len(inbox.mails) == 3


def test_a_password_that_the_server_refuses_counts_as_away(server, settings):
    due_now()
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "afterword", "wrong"
    assert look().is_away
    assert ReminderSchedule.objects.get().next_at == NOW


def test_an_address_refused_for_good_holds_nobody_else_up(inbox, caplog):
    broken, *others = due_now(3)
    inbox.refuses[broken.email] = "550 No such user"
    assert look().count == 2
    assert sorted(inbox.addresses) == sorted(owner.email for owner in others)
    schedule = ReminderSchedule.objects.get(candidate=broken)
    # Not again today; tomorrow's reminder has it, should the address work by then.
    assert (schedule.next_at, schedule.told) == (NOW + dt.timedelta(days=1), [])
    [line] = [record.getMessage() for record in caplog.records if record.name.startswith("drafts.")][:1]
    assert line == "a reminder was not sent (550)"


def test_an_address_that_cannot_be_written_holds_nobody_else_up(inbox):
    broken, *others = due_now(3)
    broken.emailaddress_set.update(email="no address\r\nBcc: all@example.com")
    assert look().count == 2
    assert sorted(inbox.addresses) == sorted(owner.email for owner in others)


def test_a_deferred_mail_is_retried_but_not_forever(inbox):
    [owner] = due_now()
    inbox.refuses[owner.email] = "450 Greylisted, come back later"
    after, tries = MINUTE, 0
    while ReminderSchedule.objects.get().next_at < NOW + dt.timedelta(hours=20):
        assert look(after).count == 0
        after, tries = after + TRY_AGAIN_AFTER, tries + 1
    assert tries == MOST_TRIES
    schedule = ReminderSchedule.objects.get()
    assert (schedule.next_at, schedule.tries) == (NOW + dt.timedelta(days=1), 0)


def test_a_mail_deferred_and_then_accepted_arrives_once(inbox):
    [owner] = due_now()
    inbox.refuses[owner.email] = "450 Greylisted, come back later"
    look()
    # Before its time it is not tried.
    assert look(2 * MINUTE).count == 0
    inbox.refuses.clear()
    assert look(MINUTE + TRY_AGAIN_AFTER).count == 1
    assert look(3 * TRY_AGAIN_AFTER).count == 0
    schedule = ReminderSchedule.objects.get()
    assert (schedule.next_at, schedule.tries) == (NOW + dt.timedelta(days=1), 0)
    assert len(inbox.mails) == 1


def test_a_mail_refused_at_its_end_is_tried_again(inbox):
    due_now()
    inbox.ends = ["451 Try again"]
    assert look().count == 0
    assert look(MINUTE + TRY_AGAIN_AFTER).count == 1
    assert len(inbox.mails) == 1


def test_a_mail_that_may_have_arrived_is_not_sent_again(inbox):
    """The server takes the mail, and the line breaks before it says so."""
    due_now(2)
    inbox.ends = ["hang up"]
    assert look().count == 1
    assert len(inbox.mails) == 2
    assert look(TRY_AGAIN_AFTER * 2).count == 0
    assert len(inbox.mails) == 2
    assert len({mail["To"] for mail in inbox.mails}) == 2


def test_a_server_that_hangs_up_between_mails_is_called_again(server, inbox, monkeypatch):
    due_now(3)
    note = services.note_reminded

    def note_and_hang_up(*args):
        note(*args)
        server.stop()
        server.start()

    monkeypatch.setattr(services, "note_reminded", note_and_hang_up)
    assert look().count == 3
    assert len(inbox.mails) == 3


def test_a_process_that_ends_between_claim_and_mail_errs_to_silence(inbox, monkeypatch):
    due_now()

    def killed(*args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("drafts.reminders.sending.Post.send", killed)
        with pytest.raises(KeyboardInterrupt):
            look()
    assert look(2 * MINUTE).count == 0
    assert inbox.mails == []
    # The next day's reminder has it.
    assert look(dt.timedelta(days=1) + MINUTE).count == 1


def test_changed_while_it_is_on_its_way_a_setting_is_what_counts(inbox, monkeypatch):
    """Stopped, or moved to another hour, after the schedule was read: the claim fails and nothing is sent."""
    stopped, moved = due_now(2)
    values = {name: getattr(moved, name) for name in services.SETTINGS}
    before = services.claim_reminder
    changed = []

    def change_first(schedule, next_at):
        if not changed:
            changed.append(1)
            services.stop_reminders(stopped.pk)
            services.save_settings(moved, values | {"reminder_hour": 20})
        return before(schedule, next_at)

    monkeypatch.setattr(services, "claim_reminder", change_first)
    assert look().count == 0
    assert inbox.mails == []


def test_changed_while_the_server_puts_it_off_a_setting_is_what_counts(inbox, monkeypatch):
    [owner] = due_now()
    inbox.refuses[owner.email] = "450 Greylisted, come back later"
    values = {name: getattr(owner, name) for name in services.SETTINGS}
    before = services.put_off_reminder

    def change_first(*args):
        services.save_settings(owner, values | {"reminder_hour": 20})
        before(*args)

    monkeypatch.setattr(services, "put_off_reminder", change_first)
    look()
    assert ReminderSchedule.objects.get().next_at.hour in (18, 19)
    assert ReminderSchedule.objects.get().tries == 0


def test_the_same_mail_tried_twice_has_the_same_id(inbox):
    [owner] = due_now()
    look()
    ReminderSchedule.objects.update(next_at=NOW, told=[])
    look(5 * MINUTE)
    one, other = inbox.mails
    assert one["Message-ID"] == other["Message-ID"]
    assert owner.pk.hex not in one["Message-ID"]


# ---------------------------------------------------------------- the loop


def test_the_loop_sends_what_comes_due_and_ends_when_told(inbox, monkeypatch, settings):
    monkeypatch.setattr(housekeeping, "MINUTE_S", 0.1)
    is_over = threading.Event()
    thread = threading.Thread(target=housekeeping.run, args=(is_over,))
    thread.start()
    due_now(1, now=timezone.now())
    until = time.monotonic() + 20
    while not inbox.mails and time.monotonic() < until:
        time.sleep(0.05)
    is_over.set()
    thread.join(timeout=10)
    assert not thread.is_alive()
    assert len(inbox.mails) == 1


def test_the_loop_calls_a_server_that_is_unavailable_less_and_less(monkeypatch):
    """Times are of a clock that only waiting moves."""
    clock, looks = [0.0], []

    class Event:
        def is_set(self):
            return clock[0] > 3600

        def wait(self, seconds):
            clock[0] += seconds

    monkeypatch.setattr(housekeeping.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(housekeeping, "tidy", lambda: True)
    monkeypatch.setattr(housekeeping, "remind", lambda: looks.append(clock[0]))
    housekeeping.run(Event())
    assert looks == [0, 120, 360, 840, 1740, 2640, 3540]
    looks.clear()
    clock[0] = 0.0
    monkeypatch.setattr(housekeeping, "remind", lambda: looks.append(clock[0]) or True)
    housekeeping.run(Event())
    assert looks == [60 * number for number in range(61)]


def test_an_error_in_one_run_does_not_end_the_loop(monkeypatch, caplog):
    def broken(*args):
        raise ZeroDivisionError

    monkeypatch.setattr("drafts.reminders.sending.send_due_reminders", broken)
    assert housekeeping.remind() is False
    assert "Looking for reminders failed" in caplog.text
