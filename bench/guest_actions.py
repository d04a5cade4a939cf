"""What guests do now and then besides writing: send, add a route, delete, restore, sign up, move work to an account."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass

from bench.guests import Guest, Letter, Save

PASSWORD = "lantern orchard 57"  # noqa: S105 - accounts exist only during one benchmark


@dataclass
class Account:
    """An account that a guest created: the address it signs in with, and the id of its row."""

    email: str
    id: str


def send(guest: Guest, letter: Letter) -> int:
    """Marks the letter as sent. Returns the status, 302 on success."""
    save = Save("sent", letter.id, ())
    return guest.post("send", f"{letter.path}sent/", {}, save, "/").status


def write_route(guest: Guest, letter: Letter) -> int:
    """Composes a LinkedIn message to the same person, or finds the existing one."""
    answer = guest.ask("write route", "POST", f"{letter.notes_path}write/linkedin/", {})
    if answer.status == 302:
        guest.record.saves.append(Save("letter", answer.location.split("/")[2], (), answered=True))
    return answer.status


def delete(guest: Guest, letter: Letter) -> int:
    save = Save("deleted", letter.interview_id, ())
    path = f"/interviews/{letter.interview_id}/"
    return guest.post("delete", f"{path}delete/", {}, save, "/interviews/?deleted=").status


def restore(guest: Guest, letter: Letter) -> int:
    save = Save("back", letter.interview_id, ())
    path = f"/interviews/{letter.interview_id}/"
    return guest.post("bring back", f"{path}bring-back/", {}, save, path).status


def purge(guest: Guest, letter: Letter) -> int:
    """Deletes a deleted interview for good."""
    save = Save("forgotten", letter.interview_id, (letter.person_id, letter.id))
    path = f"/interviews/{letter.interview_id}/forget/"
    return guest.post("forget", path, {}, save, "/interviews/deleted/").status


def delete_everything(guest: Guest, letter: Letter) -> int:
    """Deletes everything of a guest who has only this letter."""
    mine = _owner(guest)
    save = Save("everything", mine, (letter.interview_id, letter.person_id, letter.id))
    return guest.post("delete everything", "/account/delete/", {"sure": "on"}, save, "/").status


def sign_up(guest: Guest) -> Account | None:
    """Turns a guest into an account. Returns None if it was refused."""
    email = f"{uuid.uuid4().hex[:12]}@example.com"
    sent = {"email": email, "password1": PASSWORD}
    if guest.ask("sign up", "POST", "/sign-up/", sent).status != 302:
        return None
    return Account(email, _owner(guest))


def move_to_account(account: Account, guest: Guest, letter: Letter) -> int:
    """Signs in to the account in a browser where a guest wrote `letter`, and moves the letter to the account."""
    sent = {"login": account.email, "password": PASSWORD}
    answer = guest.ask("sign in", "POST", "/sign-in/", sent)
    if not answer.location.startswith("/account/bring/"):
        return answer.status
    save = Save("brought", letter.interview_id, (account.id,))
    return guest.post("bring", "/account/bring/", {"bring": 1, "next": "/"}, save, "/").status


def _owner(guest: Guest) -> str:
    answer = guest.get("session", "/session/")
    return str(json.loads(answer.text)["owner"]) if answer.status == 200 else ""


def new_browser(guest: Guest) -> Guest:
    """Another browser, without a session."""
    return Guest(guest.port, guest.record)
