"""A real SMTP server on this machine, for tests of the mails that we send."""

from __future__ import annotations

import email
import email.policy
import threading
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


class Inbox:
    """What the server took. `refuses` answers an address with another line than that it is taken."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refuses: dict[str, str] = {}
        # Taken in order, one for each mail: what its end is answered with; "hang up" after it was taken.
        self.ends: list[str] = []
        self._lock = threading.Lock()

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
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
