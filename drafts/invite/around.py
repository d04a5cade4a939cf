"""What stands around a mail's own words: the heads of mails it forwards, and the mail it answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from email.utils import parseaddr

from drafts.domain.tokens import fold
from drafts.invite.lists import listed
from drafts.invite.mail import Found
from drafts.invite.texts import address_of, tidy

_HEADER_LINE = re.compile(
    r"\W*(?P<key>from|von|de|da|van|sent|gesendet|envoye|enviado|inviato|verzonden|date|datum|fecha|data|to|an|a|para|aan|cc|reply-to"
    r"|subject|betreff|objet|oggetto|onderwerp|asunto|assunto)"
    r"\s*:\s*(?P<rest>.+)",
    re.I,
)
_AGO = re.compile(r"\(\d+ (?:minute|hour|day|week)s? ago\)|\bwrote:\s*\Z")
_QUOTES = re.compile(r"\bwrote:\s*\Z|\A\W*original (?:message|appointment)\W*\Z", re.I)


def own_lines(mail: Found) -> Found:
    """The mail without the heads of mails it forwards, which may say whom it was sent to and when."""
    kept: list[str] = []
    in_head = False
    for line in mail.body.replace("\r", "\n").split("\n")[:2000]:
        header = _HEADER_LINE.match(fold(line))
        starts = bool(header and "@" in line)
        in_head = bool(header) and (in_head or starts)
        if in_head and header:
            mail = _with_header(mail, header["key"].lower(), line.partition(":")[2])
        elif _QUOTES.search(line):
            kept.append("wrote:")
        elif not _AGO.search(line):
            kept.append(line.lstrip("> "))
    return replace(mail, body="\n".join(kept))


def _with_header(mail: Found, key: str, rest: str) -> Found:
    name, address = parseaddr(rest)
    if key in ("subject", "betreff", "objet", "oggetto", "onderwerp", "asunto", "assunto"):
        return mail if mail.subject else replace(mail, subject=tidy(rest))
    if key in ("to", "an", "a", "para", "aan") and not mail.to_email and "," not in rest:
        return replace(mail, to_email=address_of(address), to_name=tidy(name))
    if key in ("from", "von", "de", "da", "van") and address_of(address):
        return replace(mail, from_email=address_of(address), from_name=tidy(name))
    return mail


def says_interview(lines: Sequence[str]) -> bool:
    text = " ".join(fold(line) for line in lines)
    return any(re.search(rf"\b{re.escape(word)}\b", text) for word in listed("interview_words"))


def says(lines: Sequence[str], key: str) -> bool:
    text = " ".join(map(fold, lines))
    return any(words in text for words in listed(key))


def above_quoted(lines: Sequence[str]) -> Sequence[str] | None:
    """An answer's own lines where it quotes the mail it answers; None where it quotes none, or says nothing."""
    cut = next((place for place, line in enumerate(lines) if _QUOTES.search(line)), len(lines))
    own = lines[:cut]
    return own if cut < len(lines) and len(" ".join(own[1:]).split()) > 9 else None
