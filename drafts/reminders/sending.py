"""Sends each reminder that is due, once, however many processes look for them at the same time.

In this order: see that there is something to say, reach the mail server, claim the moment (services.claim_reminder),
send, note what was said. So while the server is out of reach nothing is claimed, and all waits for the next look. A
process that ends between the claim and the sending sends nothing that day; the next reminder has it. What the server
puts off is tried again MOST_TRIES times; what may have arrived is not.
"""

from __future__ import annotations

import datetime as dt
import logging
import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import DatabaseError
from django.utils import timezone

from drafts import services
from drafts.domain.moments import first_instant
from drafts.domain.reminders import next_reminder
from drafts.models import ReminderSchedule
from drafts.reminders.listing import Listing, listing
from drafts.reminders.mail import reminder_mail

MOST_TRIES = 4  # of one mail that the server puts off
TRY_AGAIN_AFTER = dt.timedelta(minutes=15)
LASTING = range(500, 600)  # codes of SMTP by which a server refuses an address for good
logger = logging.getLogger(__name__)


class OutOfReach(Exception):
    """No mail server answers, or it does not let us in."""


@dataclass
class Sent:
    """How many reminders went out; `is_away`: the mail server is out of reach, and the others wait."""

    count: int = 0
    is_away: bool = False


def send_due_reminders(clock: Callable[[], dt.datetime] = timezone.now) -> Sent:
    """Sends what is due by `clock`. One query where nothing is, and none where no mail can be sent."""
    done = Sent()
    if not settings.MAIL_WORKS:
        return done
    post = Post()
    try:
        for schedule in services.due_schedules(clock()):
            done.count += _remind(schedule, post, clock())
    except OutOfReach as error:
        done.is_away = True
        logger.warning("The mail server is out of reach (%s); reminders wait", type(error.__cause__).__name__)
    finally:
        post.close()
    if done.count:
        logger.info("Reminders sent: %s", done.count)
    return done


class Post:
    """One connection to the mail server, opened when it is first needed, for all mails of a look."""

    def __init__(self) -> None:
        self.connection: Any = get_connection()

    def open(self) -> None:
        """Raises OutOfReach."""
        smtp = getattr(self.connection, "connection", None)
        try:
            # A server may have hung up after some mails, or while nothing was said.
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
    """Deals with one schedule whose moment has come. Answers whether a mail was sent. Raises OutOfReach."""
    zone, hour = services.zone_of(schedule.candidate), schedule.candidate.reminder_hour or 0
    next_at = next_reminder(max(now, schedule.next_at), hour, zone)
    # Once their day is over it is too late: the next day's reminder has it all.
    today = now.astimezone(zone).date()
    hour_came = first_instant(dt.datetime.combine(today, dt.time(hour)), zone) <= now
    is_today = hour_came or schedule.next_at.astimezone(zone).date() == today
    try:
        listed = _listed(schedule, now, next_at) if is_today else None
        mail = listed and reminder_mail(schedule.candidate, schedule.address, listed, now)
    except DatabaseError:
        raise
    except Exception:
        # Nobody else waits for a row that cannot be read.
        logger.exception("a reminder could not be written")
        mail = listed = None
    if not mail or not listed:
        services.claim_reminder(schedule, next_at)
        return False
    post.open()
    return services.claim_reminder(schedule, next_at) and _send(schedule, mail, listed, post, now)


def _listed(schedule: Any, now: dt.datetime, until: dt.datetime) -> Listing | None:
    """What to say; None for nothing, and for nobody to say it to."""
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
    """The code by which the server refused the mail; None where it may have taken it, or none can be made of it."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max(code for code, _words in error.recipients.values())
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else None
