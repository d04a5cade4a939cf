"""Makes user input fit into a sentence: trims its ends, joins lists, names a team. Also guesses the role from a job
title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from drafts.domain.facts import Role
from drafts.domain.words import words

_BULLET = re.compile(r"\A(?:[-*•·–—]|\d{1,2}[.)])\s+")
_TRAILING = " \t.,;:!?…-–—"


def trim(text: str) -> str:
    """The text without surrounding white space, a leading bullet, or closing punctuation (except an abbreviation's)."""
    text = _BULLET.sub("", text.strip()).strip()
    while text and text[-1] in _TRAILING:
        if text[-1] == "." and text.split()[-1].lower() in words().abbreviations:
            break
        text = text[:-1]
    return text


def full_stop(text: str) -> str:
    """The text with a full stop at the end, unless it already ends a sentence, or ends in an emoji or a smiley."""
    last = text[-1:]
    if re.search(r"[.!?…][\"'”’)]*\Z|[:;]-?[()DP]\Z", text) or not (last.isalnum() or last in "\"'”’)]}%>+#"):
        return text
    return text + "."


def team_name(team: str) -> str:
    """ "the Payments team", from any way of typing it; empty if nothing was typed."""
    parts = trim(" ".join(team.split())).split()
    if len(parts) > 1 and parts[0].lower() in ("the", "your", "our"):
        parts = parts[1:]
    if not parts:
        return ""
    return " ".join(["the", *parts, *([] if parts[-1].lower() in words().team_nouns else ["team"])])


def join_list(items: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"; commas alone where the last item has an "and" of its own."""
    cleaned = [item for item in items if item]
    if len(cleaned) < 2:
        return "".join(cleaned)
    last = cleaned[-1]
    if re.search(r"\b(and|&)\b", last, re.I):
        return ", ".join(cleaned)
    return f"{', '.join(cleaned[:-1])} and {last}"


_ROLE_TITLES = (
    (Role.RECRUITER, r"recruit|talent|sourc|\bhr\b|human resources|people (?:ops|operations|partner)"),
    (
        Role.LEADER,
        r"\bv\.?p\b|vice president|\bc[etpidfo]o\b|chief|head of|founder|president|\bdirector of\b|partner\b",
    ),
    (Role.HIRING_MANAGER, r"manager|director|\bteam lead\b|supervisor"),
)


def role_from_title(job_title: str) -> Role | None:
    """The role a job title suggests; None when there is no title."""
    title = job_title.strip().lower()
    if not title:
        return None
    for role, pattern in _ROLE_TITLES:
        if re.search(pattern, title):
            return role
    return Role.PEER
