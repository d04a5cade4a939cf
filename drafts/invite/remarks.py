"""What the page says about an invitation's facts: cut, guessed, or not found."""

from __future__ import annotations

from drafts.domain.messages import Message, gettext_noop
from drafts.invite.model import Invitee, Reading
from drafts.invite.texts import fit, tidy

_CUT = {
    "company": Message("The company was too long and was cut; please check it."),
    "position": Message("The position was too long and was cut; please check it."),
}


def fitted(key: str, reading: Reading, warnings: list[str]) -> Reading:
    value, was_cut = fit(key, reading.value)
    if was_cut:
        warnings.append(_CUT[key])
    return Reading(value, reading.source, reading.is_guess)


def unsure(company: Reading, position: Reading, zone: Reading, warnings: list[str]) -> list[str]:
    readings = (
        (gettext_noop("The company, {value}, is a guess from {source}; please check it."), company),
        (gettext_noop("The position, {value}, is a guess from {source}; please check it."), position),
        (gettext_noop("The time zone, {value}, is a guess from {source}; please check it."), zone),
    )
    return [
        Message(words, value=one.value, source=one.source)
        for words, one in readings
        if one.value and one.is_guess and not any(one.value in text for text in warnings)
    ]


def missing_facts(
    company: Reading, position: Reading, panel: list[Invitee], others: list[Invitee]
) -> list[str]:
    found: list[str] = []
    if not company.value:
        found.append(Message("The invitation does not clearly name the company; fill it in."))
    if not position.value:
        found.append(Message("The invitation does not clearly name the position; fill it in."))
    if not panel and others:
        found.append(Message("The invitation does not say who interviews; choose who was there."))
    elif not panel:
        found.append(Message("The invitation doesn’t name an interviewer; add who interviewed you."))
    return found


def tidied(text: str) -> str:
    return text.with_values(tidy) if isinstance(text, Message) else tidy(text)
