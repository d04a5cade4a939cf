"""Email addresses: which ones are valid, and the registered domain of each."""

from __future__ import annotations

import re
import unicodedata

MAX_ADDRESS = 320  # characters: 64 before the @, 255 after it (RFC 5321, 4.5.3.1)

# Second-level labels under which a country registers names: the "co" of zylker.co.uk.
_SECOND_LEVEL = frozenset(
    [
        "ac",
        "co",
        "com",
        "edu",
        "go",
        "gob",
        "gouv",
        "gov",
        "govt",
        "ltd",
        "ne",
        "net",
        "nhs",
        "or",
        "org",
        "plc",
    ]
)
_ATOM = r"[^\s()<>\[\]:;@\\,.\"]+"
_LOCAL = re.compile(rf'{_ATOM}(?:\.{_ATOM})*|"(?:[^"\\]|\\.)*"')
_DOMAIN = re.compile(r"[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)*|\[[0-9A-Za-z:.]+\]")


def address_parts(address: str) -> tuple[str, str]:
    """The parts before and after the @. A domain in another script is returned in its ASCII form when that is
    unambiguous.

    Raises ValueError unless the text is a single address by RFC 5322 and 6532 (comments and folding are not accepted).
    """
    local, at, domain = address.rpartition("@")
    if (
        not at
        or "=?" in local  # Mail programs decode this, and may then see a different address.
        or len(address) > MAX_ADDRESS
        or any(unicodedata.category(char)[0] in "CZ" and char != " " for char in address)
        or not _LOCAL.fullmatch(local)
        or not _DOMAIN.fullmatch(domain)
    ):
        raise ValueError("not an email address")
    return local, _ascii_domain(domain)


def is_address(text: str) -> bool:
    """Whether an email can be sent to this address."""
    try:
        address_parts(text)
    except ValueError:
        return False
    return True


def is_usual_address(text: str) -> bool:
    """Whether it looks like an ordinary work address: an unquoted name at a domain with a dot."""
    local, _, domain = text.rpartition("@")
    labels = domain.split(".")
    return (
        is_address(text)
        and not local.startswith('"')
        and len(local) <= 64
        and "_" not in domain
        and len(labels) > 1
        and all(len(label) <= 63 for label in labels)
        and len(labels[-1]) > 1
        and not labels[-1].isdigit()
    )


def registered_domain(domain: str) -> str:
    """The part of a domain that its owner registered: "zylker.co.uk" of "mail.zylker.co.uk"."""
    labels = domain.split(".")
    keep = 3 if len(labels) > 2 and labels[-2] in _SECOND_LEVEL and len(labels[-1]) == 2 else 2
    return ".".join(labels[-keep:])


def _ascii_domain(domain: str) -> str:
    """The domain in ASCII. Python implements IDNA 2003, which maps a few names (those with "ß") to a different domain;
    those are returned unchanged."""
    if domain.isascii():
        return domain
    try:
        encoded = domain.encode("idna")
        return encoded.decode("ascii") if encoded.decode("idna") == domain else domain
    except UnicodeError:
        return domain
