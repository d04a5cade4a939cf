"""Email addresses whose domain is one slip of the finger away from one that millions use."""

from __future__ import annotations

from pathlib import Path

from drafts.domain.addresses import is_address

# What private addresses usually end in, and the domains of others one letter away from those.
_LIST = Path(__file__).resolve().parent.parent / "data" / "email_domains.txt"
USUAL = frozenset(_LIST.read_text(encoding="utf-8").split())
# Short names have too many neighbors that are somebody's own domain.
_SHORTEST = 5  # letters before the first dot
_ASKED_FOR = tuple(
    sorted(
        domain
        for domain in USUAL - {"email.com", "cloud.com"}
        if len(domain.partition(".")[0]) >= _SHORTEST and domain.endswith((".com", ".net"))
    )
)


def suggested_address(address: str) -> str:
    """The address that was probably meant; empty where there is no reason to ask."""
    local, _, typed = address.strip().rpartition("@")
    domain = typed.casefold()
    if domain in USUAL or not is_address(f"{local}@{domain}"):
        return ""
    near = next((usual for usual in _ASKED_FOR if _is_one_slip(domain, usual)), "")
    return f"{local}@{near}" if near else ""


def _is_one_slip(typed: str, meant: str) -> bool:
    """Whether one letter is missing, too many or another, or two neighbors changed places."""
    shorter = min(len(typed), len(meant))
    start = next((at for at in range(shorter) if typed[at] != meant[at]), shorter)
    rest, wanted = typed[start:], meant[start:]
    swapped = len(rest) > 1 and rest[1] + rest[0] + rest[2:] == wanted
    return rest != wanted and (rest[1:] == wanted[1:] or rest[1:] == wanted or rest == wanted[1:] or swapped)
