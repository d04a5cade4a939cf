"""Finds email addresses whose domain is one typo away from that of a large mail provider."""

from __future__ import annotations

from drafts.domain.addresses import is_address
from drafts.domain.files import DATA_DIR

# Domains of large mail providers, and real domains that are one letter away from one of them.
_LIST = DATA_DIR / "email_domains.txt"
USUAL = frozenset(_LIST.read_text(encoding="utf-8").split())
# Shorter names are one letter away from too many real domains.
_SHORTEST = 5  # letters before the first dot
_SUGGESTED = tuple(
    sorted(
        domain
        for domain in USUAL - {"email.com", "cloud.com"}
        if len(domain.partition(".")[0]) >= _SHORTEST and domain.endswith((".com", ".net"))
    )
)


def suggested_address(address: str) -> str:
    """The address that was probably meant; empty if the address looks right."""
    local, _, typed = address.strip().rpartition("@")
    domain = typed.casefold()
    if domain in USUAL or not is_address(f"{local}@{domain}"):
        return ""
    near = next((usual for usual in _SUGGESTED if _is_one_slip(domain, usual)), "")
    return f"{local}@{near}" if near else ""


def _is_one_slip(typed: str, meant: str) -> bool:
    """Whether the two differ by one missing, extra, or wrong letter, or by two swapped neighbors."""
    shorter = min(len(typed), len(meant))
    start = next((at for at in range(shorter) if typed[at] != meant[at]), shorter)
    rest, wanted = typed[start:], meant[start:]
    swapped = len(rest) > 1 and rest[1] + rest[0] + rest[2:] == wanted
    return rest != wanted and (rest[1:] == wanted[1:] or rest[1:] == wanted or rest == wanted[1:] or swapped)
