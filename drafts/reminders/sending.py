"""Sends each reminder at most once, even if several processes look for them at the same time.

The order matters: build the list, connect to the mail server, claim the reminder (services.claim_reminder), send
it, and store what it said. While the mail server can't be reached, nothing is claimed, and every reminder waits for
the next look. If a process dies between claiming and sending, that day's mail is lost; the next one lists the same
things. A mail that the server defers is tried MOST_TRIES times. A mail that may have arrived is never sent again.
"""

from __future__ import annotations

import datetime as dt
import logging
import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import override

from drafts import services
from drafts.domain.moments import first_instant
from drafts.domain.reminders import next_reminder
from drafts.models import ReminderSchedule
from drafts.reminders.listing import Listing, listing
from drafts.reminders.mail import reminder_mail
from drafts.translation import dates_for, english_dates, language_of

MOST_TRIES = 4  # for one mail that the server defers (a code below 500)
TRY_AGAIN_AFTER = dt.timedelta(minutes=15)
LASTING = range(500, 600)  # SMTP codes for a permanent refusal
logger = logging.getLogger(__name__)


class OutOfReach(Exception):
    """The mail server does not answer, or it rejects our password."""


@dataclass
class Sent:
    """`count` reminders were sent. If `is_away`, the mail server could not be reached and the rest are waiting."""

    count: int = 0
    is_away: bool = False


def send_due_reminders(clock: Callable[[], dt.datetime] = timezone.now) -> Sent:
    """Sends all reminders that are due. Takes one query if none is, and no query if mail is not configured."""
    done = Sent()
    if not settings.MAIL_WORKS:
        return done
    post = Post()
    try:
        for schedule in services.due_schedules(clock()):
            done.count += _remind(schedule, post, clock())
    except OutOfReach as error:
        done.is_away = True
        logger.warning(
            "The mail server can't be reached (%s); reminders wait", type(error.__cause__).__name__
        )
    finally:
        post.close()
    if done.count:
        logger.info("Reminders sent: %s", done.count)
    return done


class Post:
    """One connection to the mail server for all mails of a look, opened when the first mail needs it."""

    def __init__(self) -> None:
        self.connection: Any = get_connection()

    def open(self) -> None:
        """Raises OutOfReach."""
        smtp = getattr(self.connection, "connection", None)
        try:
            # The server may have closed the connection after a number of mails, or because it was idle.
            if smtp and smtp.noop()[0] != 250:
                self.close()
        except (OSError, smtplib.SMTPException):
            self.close()
        try:
            self.connection.open()
        except (OSError, smtplib.SMTPException) as error:
            raise OutOfReach from error

    def send(self, mail: EmailMessage) -> None:
        try:
            self.connection.send_messages([mail])
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        try:
            self.connection.close()
        except (OSError, smtplib.SMTPException):
            self.connection = get_connection()


def _remind(schedule: Any, post: Post, now: dt.datetime) -> bool:
    """Handles one due schedule. Returns whether a mail was sent. Raises OutOfReach."""
    zone, hour = services.zone_of(schedule.candidate), schedule.candidate.reminder_hour or 0
    next_at = next_reminder(max(now, schedule.next_at), hour, zone)
    # If the candidate's day is over, the mail is skipped: the next day's reminder lists the same things.
    today = now.astimezone(zone).date()
    hour_came = first_instant(dt.datetime.combine(today, dt.time(hour)), zone) <= now
    is_today = hour_came or schedule.next_at.astimezone(zone).date() == today
    try:
        dates = partial(english_dates, "", schedule.candidate.dialect)
        with override(language_of(schedule.candidate)), dates_for(dates):
            listed = _listed(schedule, now, next_at) if is_today else None
            mail = listed and reminder_mail(schedule.candidate, schedule.address, listed, now)
    except DatabaseError:
        raise
    except Exception:
        # One candidate's broken data must not hold up everyone else's reminders.
        logger.exception("a reminder could not be written")
        mail = listed = None
    if not mail or not listed:
        services.claim_reminder(schedule, next_at)
        return False
    post.open()
    return services.claim_reminder(schedule, next_at) and _send(schedule, mail, listed, post, now)


def _listed(schedule: Any, now: dt.datetime, until: dt.datetime) -> Listing | None:
    """What to put into the mail; None if nothing new is due, or if the candidate must not get mail."""
    candidate = schedule.candidate
    if (
        not schedule.address
        or candidate.is_guest
        or not candidate.is_active
        or candidate.reminder_hour is None
    ):
        return None
    found = listing(candidate, schedule.told, now, until)
    return found if found.new else None


def _send(
    schedule: ReminderSchedule, mail: EmailMessage, listed: Listing, post: Post, now: dt.datetime
) -> bool:
    try:
        post.send(mail)
    except Exception as error:
        code = _refusal(error)
        logger.warning("a reminder was not sent (%s)", code or type(error).__name__)
        if code is None or code in LASTING or schedule.tries + 1 >= MOST_TRIES:
            services.give_reminder_up(schedule)
        else:
            services.put_off_reminder(schedule, now + TRY_AGAIN_AFTER)
        return False
    services.note_reminded(schedule, listed.told)
    return True


def _refusal(error: Exception) -> int | None:
    """The SMTP code of the server's refusal; None if it may have accepted the mail, or never saw it."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max(code for code, _words in error.recipients.values())
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else None
