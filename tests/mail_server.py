"""A real SMTP server on this machine, for tests of the mails that we send."""

from __future__ import annotations

import asyncio
import email
import email.policy
import threading
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

# What `manage.py shell` runs to have twenty reminders that are due, in an installation of its own.
DUE = """
import datetime as dt
from django.utils import timezone
from drafts.models import Candidate, Interview, Interviewer, ReminderSchedule
now = timezone.now()
for number in range(20):
    owner = Candidate.objects.create_user(f"c{number}@example.com", "pass", reminder_hour=0, time_zone="UTC")
    interview = Interview.objects.create(
        candidate=owner, company="Zylker", position="Cook", time_zone="UTC", ended_at=now - dt.timedelta(hours=1),
        chosen_send_at=now,
    )
    Interviewer.objects.create(interview=interview, order=0, full_name="Priya Nair")
    ReminderSchedule.objects.create(candidate=owner, next_at=now)
"""
DUE_ADDRESSES = [f"c{number}@example.com" for number in range(20)]


class Inbox:
    """What the server took. `refuses` answers an address with another line than that it is taken."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refuses: dict[str, str] = {}
        # Taken in order, one for each mail: what its end is answered with; "hang up" after it was taken.
        self.ends: list[str] = []
        # How long a mail takes to be taken.
        self.pause_s = 0.0
        self._lock = threading.Lock()

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        await asyncio.sleep(self.pause_s)
        with self._lock:
            end = self.ends.pop(0) if self.ends else "250 OK"
            if end.startswith("250") or end == "hang up":
                self.mails.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        if end == "hang up":
            server.transport.abort()
        return end

    @property
    def addresses(self) -> list[str]:
        return [str(mail["To"]) for mail in self.mails]


class MailServer:
    """May go down and come up again, on the same port."""

    def __init__(self, port: int) -> None:
        self.inbox, self.port = Inbox(), port
        self._controller: Controller | None = None

    def start(self) -> MailServer:
        self._controller = Controller(self.inbox, hostname="127.0.0.1", port=self.port)
        self._controller.start()
        return self

    def stop(self) -> None:
        if self._controller:
            self._controller.stop()
            self._controller = None
