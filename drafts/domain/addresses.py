"""Email addresses: what one is, and whose its domain is."""

from __future__ import annotations

import re
import unicodedata

MAX_ADDRESS = 320  # characters: 64 before the @, 255 after it (RFC 5321, 4.5.3.1)

# Labels under a country's domain below which names are registered, as in zylker.co.uk.
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
    """What stands before and after the @. A domain in another script is in its ASCII form where that is certain.

    Raises ValueError for what is no single address of RFC 5322 and 6532 (comments and folding are not taken).
    """
    local, at, domain = address.rpartition("@")
    if (
        not at
        or "=?" in local  # Readers take that for an encoded word, and may find another address in it.
        or len(address) > MAX_ADDRESS
        or any(unicodedata.category(char)[0] in "CZ" and char != " " for char in address)
        or not _LOCAL.fullmatch(local)
        or not _DOMAIN.fullmatch(domain)
    ):
        raise ValueError("not an email address")
    return local, _ascii_domain(domain)


def is_address(text: str) -> bool:
    """Whether a letter can be addressed to it."""
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
    """Python knows IDNA 2003, which makes another domain of a few names (those with "ß"); those stay as they are."""
    if domain.isascii():
        return domain
    try:
        encoded = domain.encode("idna")
        return encoded.decode("ascii") if encoded.decode("idna") == domain else domain
    except UnicodeError:
        return domain
