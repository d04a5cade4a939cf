"""The name under a letter, and the lines that follow it."""

from __future__ import annotations

from drafts.domain.facts import Sender
from drafts.domain.naming import parse_name
from drafts.domain.tokens import fold

NICKNAME = 3  # letters that a short form shares with the name: Dani, Danielle


def signed_name(full_name: str) -> str:
    """The sender's name as printed under the letter; a name all in capitals or all in lowercase is fixed."""
    name = " ".join(full_name.split())
    return parse_name(name).full if name in (name.upper(), name.lower()) else name


def signature(sender: Sender) -> str:
    """The signature's lines, below the name unless one of them is the name, or a form of it such as "C. Delgado"."""
    lines = [" ".join(line.split()) for line in sender.signature.splitlines()]
    lines = [line for line in lines if line]
    name = signed_name(sender.full_name)
    if not lines or not name:
        return "\n".join(lines)
    if any(_is_form_of(line, name) for line in lines):
        return "\n".join([signed_name(lines[0]), *lines[1:]] if _is_form_of(lines[0], name) else lines)
    return "\n".join([name, *lines])


def _is_form_of(line: str, name: str) -> bool:
    """Whether a line is a name: the first name, the surname, or a nickname that begins like the first name."""
    if "://" in line or "@" in line:
        return False
    words = fold(line).replace(".", " ").replace(",", " ").split()
    names = fold(name).replace("-", " ").split()
    first = parse_name(name).given or name.split()[0]
    return (
        fold(first) in fold(line)
        or any(len(word) > 1 and word in names for word in words)
        or (len(words) == 1 and len(words[0]) >= NICKNAME and words[0][:NICKNAME] == names[0][:NICKNAME])
    )
