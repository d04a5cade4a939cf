"""What stands around a mail's own words: the heads of mails it forwards, and the mail it answers."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from email.utils import parseaddr
from itertools import dropwhile, islice, takewhile

from drafts.domain.tokens import fold
from drafts.invite.lists import listed, one_of, tables
from drafts.invite.mail import Found, addressed
from drafts.invite.names import is_one_of, looks_like_name, person_name
from drafts.invite.people import bare
from drafts.invite.texts import ADDRESS, QUOTED, address_of, tidy

_HEADER_LINE = re.compile(
    r"\W*(?P<key>from|von|de|da|van|sent|gesendet|envoye|enviado|inviato|verzonden|date|datum|fecha|data|to|an|a|para|aan|cc|reply-to"
    r"|subject|betreff|objet|oggetto|onderwerp|asunto|assunto)"
    r"\s*:\s*(?P<rest>.+)",
    re.I,
)
_FROM = ("from", "von", "de", "da", "van")
_AGO = re.compile(r"\(\d+ (?:minute|hour|day|week)s? ago\)|\bwrote:\s*\Z")
# "[26/11/2026, 6:14:20 pm] Dana: ..."
_CHAT = re.compile(
    r"\A\[?\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?,? \d{1,2}:\d\d(?::\d\d)?\s?(?:[ap]m)?\]?\s*(?:-\s*)?[^:]{1,40}:\s",
    re.I,
)
_DASHES = re.compile(r"[-–—_]{2}")
_QUOTES = re.compile(r"\bwrote:\s*\Z|\A\W*original (?:message|appointment)\W*\Z", re.I)

_READER = re.compile(
    rf"\W*(?:(?:{one_of('reader_labels')})\s*:\s*|(?:{one_of('greetings')})\s+(?:(?:{one_of('courtesies')})\b\.?\s+)?)"
    r"(?!it['’]?s\b|this\b)([^\W\d_][^,!:;<>|–]{0,60}?)\s*(?:[,!:–].*|\s-.*)?\Z",
    re.I,
)


def own_lines(mail: Found, me: Collection[str] = ()) -> Found:
    """The mail without the heads of mails it forwards, which may say whom it was sent to and when.

    Of an answer that the user wrote, it is the mail that it quotes.
    """
    kept: list[str] = []
    is_mine = bool(mail.from_email) and bare(mail.from_email) in map(bare, me)
    in_head = False
    answers = bool(re.match(r"(?:re|aw|antw|sv)\s*:", mail.subject, re.I))
    body = re.sub(
        r"(?m)^([> ]*On .{10,200})\n[> ]*wrote:\s*$",
        r"\1 wrote:",
        mail.body.replace("\r\n", "\n").replace("\r", "\n"),
    )
    lines = body.split("\n")[:2000]
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        header = _HEADER_LINE.match(fold(line))
        # "From: Dana Cole", "Sent: Monday": Outlook's copies name no address.
        is_sent = (
            header and header["key"] in _FROM and re.match(r"\W*(?:sent|date|gesendet)\s*:", below, re.I)
        )
        starts = bool(header and ("@" in line or is_sent))
        in_head = bool(header) and (in_head or starts)
        if is_mine and QUOTED not in kept and ((starts and kept) or _QUOTES.search(line)):
            mail = _quoted_by(mail, line)
            kept, is_mine, in_head, answers = [], False, starts, False
        elif starts and answers and len(" ".join(kept).split()) > 9:
            # Outlook's answers quote the mails before them like this.
            kept.append(QUOTED)
        elif in_head and header and QUOTED in kept:
            continue
        elif in_head and header:
            mail = _with_header(mail, header["key"].lower(), line.partition(":")[2])
            kept += [line] if header["key"] == "cc" and "@" not in line else []
        elif _QUOTES.search(line):
            kept.append(QUOTED)
        elif not _AGO.search(line):
            # "*Registered Nurse*" is bold in plain text.
            kept.append(re.sub(r"(?<!\w)\*(\S[^*]*)\*(?!\w)", r"\1", _CHAT.sub("", line).lstrip("> ")))
    return replace(mail, body="\n".join(kept))


def _quoted_by(mail: Found, line: str) -> Found:
    """The head of the mail that "On Friday, Dana Cole <dana@zylker.example> wrote:" begins."""
    address = next(iter(ADDRESS.findall(line)), "")
    named = re.search(r"([^\W\d_][^\d,:<]+?)\s*<", line)
    name = person_name(named[1])[0] if named else ""
    own = (mail.from_email, mail.from_name)
    return replace(mail, to_email=own[0], to_name=own[1], from_email=address, from_name=name, copied=())


def _with_header(mail: Found, key: str, rest: str) -> Found:
    name, address = parseaddr(rest)
    if key in ("subject", "betreff", "objet", "oggetto", "onderwerp", "asunto", "assunto"):
        return mail if mail.subject else replace(mail, subject=tidy(rest))
    if key in ("to", "an", "a", "para", "aan") and not mail.to_email and "," not in rest:
        return replace(mail, to_email=address_of(address), to_name=tidy(name))
    if key == "cc":
        return replace(mail, copied=(*mail.copied, *addressed(rest)))
    if key in _FROM:
        return replace(
            mail, from_email=address_of(address), from_name=tidy(name or rest if "@" not in rest else name)
        )
    return mail


_ENDS_SENTENCE = re.compile(
    "".join(rf"(?<!\b{word}\.)" for word in tables()["abbreviations"])
    + r"(?<!\b[A-Z]\.)(?<!\b[ap]\.m\.)(?<=[.!?])\s+"
)


def sentences(line: str) -> list[str]:
    """Splits a line into sentences, but not after "Dr." or initials."""
    return _ENDS_SENTENCE.split(line)


def is_closing(line: str) -> bool:
    """Whether the line is a closing, above the writer's name: "Kind regards," or "Best wishes from all of us"."""
    low = fold(line).strip(" ,.!")
    return low in listed("closings") or (
        len(low.split()) < 9
        and any(" " in one and low.startswith(f"{one} ") for one in listed("closings"))
        and not low.startswith(("thank", "looking"))
    )


def signature(lines: Iterable[str]) -> list[str]:
    """The lines below the first closing (a name, a job, a company), up to an email address or a sentence."""
    own = list(takewhile(lambda line: line != QUOTED, lines))
    # Programs put "--" above a signature; a mail that has a closing has its signature below that.
    starts = is_closing if any(map(is_closing, own)) else _DASHES.fullmatch
    below = islice((line for line in dropwhile(lambda line: not starts(line), own) if line), 1, 7)
    return list(takewhile(lambda line: len(line.split()) < 9 and "@" not in line, below))


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


def reader_name(lines: Iterable[str], writer: str) -> str:
    """The reader's name from "Dear Maya Lind," or "Candidate: Maya Lind", unless it is the writer's; may be empty."""
    names = (person_name(match[1])[0] for line in lines if (match := _READER.match(line)))
    return next(
        (name for name in names if looks_like_name(name, least=1) and not is_one_of(name, [writer])), ""
    )
