"""The channels from Afterword to the user's own mail program. Nothing is ever truncated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

from drafts.domain.addresses import address_parts
from drafts.exchange.cleaning import one_line, several_lines
from drafts.exchange.message import OutgoingLetter


class Channel(StrEnum):
    MAIL = "mail"
    GMAIL = "gmail"
    OUTLOOK_WORK = "outlook_work"
    OUTLOOK_PERSONAL = "outlook_personal"
    EML = "eml"
    SHARE = "share"
    COPY = "copy"


LINK_CHANNELS = (Channel.MAIL, Channel.GMAIL, Channel.OUTLOOK_WORK, Channel.OUTLOOK_PERSONAL)
FILE_CHANNELS = (Channel.EML,)  # Those that can carry attachments.

# Longest links, in characters. On Windows, Chrome opens no mailto link longer than 2,046, Firefox none longer than
# 2,008.
MAILTO_LIMIT = 2000
# Gmail answered 413 or 400 from 6,410 (github.com/defund12/defund12.org/issues/893). Cookies use part of the limit,
# and signing in first nests the link in another one, in which each "%" becomes "%25".
GMAIL_LIMIT = 4000
# outlook.live.com took 31,145 characters in August 2026, but 2,056 were the most in 2020 and 2021, fewer when
# signed out (github.com/InteractionDesignFoundation/add-event-to-calendar-docs/issues/19, and
# github.com/goalgorilla/open_social/pull/2356); outlook.office.com is said to stop near 2,048.
OUTLOOK_LIMIT = 2000

_LIMITS = {
    Channel.MAIL: MAILTO_LIMIT,
    Channel.GMAIL: GMAIL_LIMIT,
    Channel.OUTLOOK_WORK: OUTLOOK_LIMIT,
    Channel.OUTLOOK_PERSONAL: OUTLOOK_LIMIT,
}
_OUTLOOK_HOSTS = {
    Channel.OUTLOOK_WORK: "https://outlook.office.com/mail/deeplink/compose",
    Channel.OUTLOOK_PERSONAL: "https://outlook.live.com/mail/0/deeplink/compose",
}
_SAFE = ",!:"  # Allowed unencoded in all of these links; saves characters.


@dataclass(frozen=True, slots=True)
class Way:
    """`url` is empty if the channel has no link or the link is too long.

    `length` is the link's length in characters, even if it is too long; `limit` is the maximum. Both are 0 for channels
    without a link.
    """

    channel: Channel
    url: str
    fits: bool
    length: int
    limit: int


def ways(letter: OutgoingLetter) -> tuple[Way, ...]:
    """Every channel, in the order of `Channel`.

    Raises ValueError if `to_address` is neither empty nor valid.
    """
    address = _address(letter.to_address)
    subject = quote(one_line(letter.subject), safe=_SAFE)
    body = quote(several_lines(letter.body).replace("\n", "\r\n"), safe=_SAFE)
    return tuple(_way(channel, address, subject, body) for channel in Channel)


def best(offered: Sequence[Way], usual: Channel | None, has_files: bool) -> Channel:
    """The channel to put first.

    1. The user's usual one, if the letter fits and it can carry the files. 2. With files: the .eml file, the only one
    that can carry them. 3. Else the mail program by a mailto link, if that fits. 4. Else the .eml file, which has no
    limits.

    A webmail other than the usual one never comes first: a user of Outlook may have no Gmail account.
    """
    fitting = {way.channel for way in offered if way.fits}
    if usual in fitting and (not has_files or usual in FILE_CHANNELS):
        return Channel(usual)
    if not has_files and Channel.MAIL in fitting:
        return Channel.MAIL
    return Channel.EML


def _way(channel: Channel, address: str, subject: str, body: str) -> Way:
    """The way for an address, subject and body that are already cleaned for a link."""
    if channel not in LINK_CHANNELS:
        return Way(channel, url="", fits=True, length=0, limit=0)
    url, limit = _link(channel, address, subject, body), _LIMITS[channel]
    fits = len(url) <= limit
    return Way(channel, url if fits else "", fits, len(url), limit)


def _link(channel: Channel, address: str, subject: str, body: str) -> str:
    if channel is Channel.MAIL:
        return f"mailto:{address}?subject={subject}&body={body}"
    if channel is Channel.GMAIL:
        to = f"&to={address}" if address else ""
        return f"https://mail.google.com/mail/?view=cm&fs=1{to}&su={subject}&body={body}"
    to = f"to={address}&" if address else ""
    return f"{_OUTLOOK_HOSTS[channel]}?{to}subject={subject}&body={body}"


def _address(address: str) -> str:
    """The address, percent-encoded except for its "@" (RFC 6068, section 2), because it may contain "+", "%" or "&"."""
    if not address:
        return ""
    local, domain = address_parts(address)
    return f"{quote(local, safe='')}@{quote(domain, safe='')}"
