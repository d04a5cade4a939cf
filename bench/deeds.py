"""What guests do now and then beside writing: send, add a route, delete, bring back, sign up, bring work along."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass

from bench.guests import Guest, Letter, Save

PASSWORD = "lantern orchard 57"  # noqa: S105 - of accounts that live for one bench


@dataclass
class Account:
    """One that a guest made of their work: the address it signs in with, and the id of its row."""

    email: str
    id: str


def send(guest: Guest, letter: Letter) -> int:
    """Marks the letter as sent; the status, 302 where it is."""
    save = Save("sent", letter.id, ())
    return guest.post("send", f"{letter.path}sent/", {}, save, "/").status


def write_route(guest: Guest, letter: Letter) -> int:
    """Has a LinkedIn message to the same person composed, or finds the one there."""
    answer = guest.ask("write route", "POST", f"{letter.notes_path}write/linkedin/", {})
    if answer.status == 302:
        guest.record.saves.append(Save("letter", answer.location.split("/")[2], (), answered=True))
    return answer.status


def delete(guest: Guest, letter: Letter) -> int:
    save = Save("deleted", letter.interview_id, ())
    path = f"/interviews/{letter.interview_id}/"
    return guest.post("delete", f"{path}delete/", {}, save, "/interviews/?deleted=").status


def bring_back(guest: Guest, letter: Letter) -> int:
    save = Save("back", letter.interview_id, ())
    path = f"/interviews/{letter.interview_id}/"
    return guest.post("bring back", f"{path}bring-back/", {}, save, path).status


def forget(guest: Guest, letter: Letter) -> int:
    """Deletes a deleted interview for good."""
    save = Save("forgotten", letter.interview_id, (letter.person_id, letter.id))
    path = f"/interviews/{letter.interview_id}/forget/"
    return guest.post("forget", path, {}, save, "/interviews/deleted/").status


def delete_everything(guest: Guest, letter: Letter) -> int:
    """A guest who has nothing but this letter removes all they have."""
    mine = _owner(guest)
    save = Save("everything", mine, (letter.interview_id, letter.person_id, letter.id))
    return guest.post("delete everything", "/account/delete/", {"sure": "on"}, save, "/").status


def sign_up(guest: Guest) -> Account | None:
    """Makes an account of a guest's work; None where it was refused."""
    email = f"{uuid.uuid4().hex[:12]}@example.com"
    sent = {"email": email, "password1": PASSWORD}
    if guest.ask("sign up", "POST", "/sign-up/", sent).status != 302:
        return None
    return Account(email, _owner(guest))


def bring(account: Account, guest: Guest, letter: Letter) -> int:
    """In a browser where a guest wrote `letter`, signs in to the account and brings the letter along."""
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
    """Another browser, in which nobody is known yet."""
    return Guest(guest.port, guest.record)
