"""Who wrote the mail, and whether they say that they take part."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from drafts.invite.around import sentences, signature
from drafts.invite.described import NOT_THIS, named
from drafts.invite.model import Invitee

_TAKES_PART = re.compile(
    r"""(?<!let\ )(?<!to\ )\b(?:and|with|w/|met|en|mit|avec)\s(?:me|myself|mezelf|mir|moi)\b(?!\ know)
    | \bme\ (?:and|\+)\s(?:our\s|my\s)?[A-Z] | \bside\b.{0,20}\bmyself\b | \bconmigo\b
    | (?:\)|[A-Z]['’\w-]+)\ and\ I\ look\ forward\ to\ (?:meet|speak|talk|chat)
    | \band\ I\ (?:will|would\ like\ to|are\ going\ to)\ (?:be\ )?
      (?:meet|speak|talk|hear|interview|ask|walk|go\ through)
    | \bI(?:\ \([^()]*\))?(?:['’]ll|\ will)\s(?:also\s|both\s)?
      (?:meet(?:ing)?\ you|interview|(?:call|ring|phone)\ you|be\s(?:calling|meeting|interviewing|on\ the\ panel))\b
      (?!\s(?:back|early|next|once|again|when|if|to)\b)""",
    re.X,
)


def takes_part(lines: Iterable[str]) -> bool:
    """Whether the writer says that the user will meet them too: "with Ana Ruiz and me"."""
    texts = (text for line in lines for text in sentences(line))
    return any(_TAKES_PART.search(text) and not NOT_THIS.search(text) for text in texts)


def writer_of(name: str, email: str, lines: Iterable[str]) -> list[Invitee]:
    """The email's sender, from the From header or else the signature; empty if that is not a person's name."""
    names = [name] if name else signature(lines)[:3]
    people = [
        one for text in names for one in named(re.split(r"\s(?:at|via)\s", text)[0], least=1, alone=True)
    ]
    people.sort(key=lambda one: len(one.full_name.split()) < 2)
    return [replace(one, email=email) for one in people[:1]]
