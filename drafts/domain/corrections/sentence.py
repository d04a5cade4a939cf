"""One sentence as typed, with its parse and the place of each word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from drafts.domain.notes.parser import SUBJECTS, Parse, Token, parse

# A new line, or the end of a sentence before a capital letter; "Mr. Harris" is one sentence.
_ENDS = re.compile(
    r"(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)[.!?]+[\"”’)]*\s+(?=[\"“‘(]?[A-Z0-9])|\s*\n\s*"
)
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|«[^»]*»|(?<!\w)'[^']*'(?!\w)|\S*(?:@|://|www\.)\S*")


@dataclass(frozen=True, slots=True)
class Edit:
    """A proposed change of `text[start:end]`, before it is trimmed and compared with others."""

    rule: str
    start: int
    end: int
    new: str


@dataclass(frozen=True)
class Sentence:
    text: str

    @cached_property
    def parse(self) -> Parse | None:
        return parse(self.text)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        return self.parse.tokens if self.parse else ()

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The place of each token."""
        places, at = [], 0
        for token in self.tokens:
            places.append(at)
            at += len(token.text) + len(token.space)
        return tuple(places)

    @cached_property
    def protected(self) -> tuple[tuple[int, int], ...]:
        """The places of quotations and addresses, in which nothing is corrected."""
        return tuple(match.span() for match in _QUOTED.finditer(self.text))

    def end(self, token: Token) -> int:
        return self.starts[token.index] + len(token.text)

    def before(self, token: Token, back: int = 1) -> Token | None:
        return self.tokens[token.index - back] if token.index >= back else None

    def after(self, token: Token, on: int = 1) -> Token | None:
        return self.tokens[token.index + on] if token.index + on < len(self.tokens) else None

    def subject(self, verb: Token) -> Token | None:
        """The subject of a verb, also of one that is joined to the verb that has it."""
        assert self.parse is not None  # noqa: S101  # there are no tokens without a parse
        found = self.parse.subject(verb)
        if found is None and verb.dep == "conj":
            found = self.parse.subject(self.parse.head(verb))
        return found

    def finite(self, verb: Token) -> Token:
        assert self.parse is not None  # noqa: S101
        return self.parse.finite(verb)

    def head(self, token: Token) -> Token:
        return self.tokens[token.head]

    def children(self, token: Token) -> tuple[Token, ...]:
        return self.parse.children(token) if self.parse else ()

    def verb_over(self, token: Token) -> Token | None:
        """The verb on which a word depends, through nouns and prepositions."""
        for _ in self.tokens:
            head = self.head(token)
            if head.pos in ("VERB", "AUX"):
                return head
            if head is token:
                return None
            token = head
        return None

    def replace(self, rule: str, token: Token, new: str) -> Edit:
        return Edit(rule, self.starts[token.index], self.end(token), new)

    def replace_from_to(self, rule: str, first: Token, last: Token, new: str) -> Edit:
        return Edit(rule, self.starts[first.index], self.end(last), new)


def is_subject(token: Token) -> bool:
    return token.dep in SUBJECTS


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of a text, each with its place."""
    at = 0
    for match in _ENDS.finditer(text):
        end = match.start() + len(match.group().rstrip())
        yield at, text[at:end]
        at = match.end()
    yield at, text[at:]
