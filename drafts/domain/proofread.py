"""The only module that imports the proofreading engine (Harper, which runs in this process without a network).

One linter per dialect and process, each behind a lock; they share one dictionary. Users' words are never added to it,
because they would leak to other users. The review filters out remarks about words in the facts.
"""

from __future__ import annotations

import re
import threading
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from drafts.domain.facts import Dialect
from drafts.domain.files import DATA_DIR, read_toml

LISTS = DATA_DIR / "proofreading.toml"
# Letters. The engine takes seconds for a "word" of thousands of letters, and real words are shorter than this.
LONGEST_WORD = 40
MOST_PIECES = 50  # a text is cut into at most so many pieces at such words
# A linter caches what it finds in each clause: 65 MB after a thousand texts. Creating a new one takes 6 ms.
RENEWED_AFTER = 200  # texts
MOST_PARAGRAPHS = 50
_BETWEEN_PARAGRAPHS = re.compile(r"\n[^\S\n]*\n\s*")
_TOO_LONG = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark of the engine. `start` and `end` are character offsets; `replacements` are suggested texts for that
    span."""

    start: int
    end: int
    kind: str
    message: str
    replacements: tuple[str, ...]

    @property
    def is_spelling(self) -> bool:
        """Whether this is about a word that no dictionary has, whichever rule of the engine reported it."""
        return self.kind == "Spelling"


_executors: list[Executor] = []


def run_in(executor: Executor) -> None:
    """Makes this executor's thread the only one to call the engine, which keeps 45 MB for each thread that calls it."""
    _executors[:] = [executor]


class _Engine:
    """A linter for one dialect, and one that checks only spelling."""

    def __init__(self, dialect: str, *, spelling_only: bool) -> None:
        self._dialect, self._spelling_only = dialect, spelling_only
        self._linter = self._new_linter()
        self._read = 0
        # The engine refuses a second call while one is running.
        self._lock = threading.Lock()

    def _new_linter(self) -> Any:
        import harper

        linter: Any = harper.Linter(harper.Dialect[self._dialect.upper()])
        off = dict.fromkeys([*lists()["off"], *lists()["broken"]], False)
        if self._spelling_only:
            off = {rule: rule == "SpellCheck" for rule in linter.get_default_lint_config()}
        linter.set_lint_config({**linter.get_lint_config(), **off})
        return linter

    def lint(self, text: str) -> list[Any]:
        with self._lock:
            if _executors:
                return _executors[0].submit(self._lint, text).result()
            return self._lint(text)

    def _lint(self, text: str) -> list[Any]:
        if self._read == RENEWED_AFTER:
            self._linter, self._read = self._new_linter(), 0
        self._read += 1
        return list(self._linter.lint(text, language="plaintext"))


@cache
def lists() -> dict[str, list[str]]:
    """The lists of data/proofreading.toml."""
    return read_toml(LISTS)


@cache  # call it with a plain str: a Dialect would be a separate cache key
def _engine(dialect: str, *, spelling_only: bool = False) -> _Engine | None:
    try:
        return _Engine(dialect, spelling_only=spelling_only)
    except Exception:
        # A wheel for another platform can fail with any exception; the product works without the engine.
        return None


def is_available() -> bool:
    """Whether spelling and grammar can be checked on this machine."""
    return _engine("american") is not None


def load() -> bool:
    """Loads the engine and warms it up, so that the first letter does not wait. Returns whether it can be used."""
    # The first unknown word with no similar word takes the engine longest.
    proofread("Thank you for your time, icpdeffcinjadkap.", "american")
    is_word("time")
    return is_available()


def proofread(text: str, dialect: str) -> tuple[Remark, ...]:
    """All remarks on a text in a dialect of English, in order; empty if the engine is not available.

    It is read paragraph by paragraph, because all but one of them stay the same while somebody types. The remarks on
    one do not depend on the others (tests/unit/test_proofreading_engine.py).
    """
    if not text.strip() or _engine(str(dialect)) is None:
        return ()
    return tuple(
        replace(remark, start=remark.start + at, end=remark.end + at)
        for at, paragraph in _paragraphs(text)
        for remark in _read_paragraph(paragraph, str(dialect))
    )


def read_whole(text: str, dialect: str) -> tuple[Remark, ...]:
    """As `proofread`, but the whole text at once, and nothing is cached."""
    return _remarks(_engine(str(dialect)), text)


def _paragraphs(text: str) -> list[tuple[int, str]]:
    """The paragraphs with their places. With too many of them the text stays in one piece: each call takes time."""
    found, at = [], 0
    for match in _BETWEEN_PARAGRAPHS.finditer(text):
        found.append((at, text[at : match.start()]))
        at = match.end()
    found.append((at, text[at:]))
    return found if len(found) <= MOST_PARAGRAPHS else [(0, text)]


@lru_cache(maxsize=2048)
def _read_paragraph(text: str, dialect: str) -> tuple[Remark, ...]:
    return _remarks(_engine(dialect), text)


def forget() -> None:
    """Empties the caches."""
    for kept in (_read_paragraph, misspellings, is_word):
        kept.cache_clear()


@lru_cache(maxsize=512)
def misspellings(text: str) -> tuple[Remark, ...]:
    """The words that no dictionary has. Takes a tenth of the time of `proofread`."""
    return _remarks(_engine("american", spelling_only=True), text)


def _remarks(engine: _Engine | None, text: str) -> tuple[Remark, ...]:
    if engine is None or not text.strip():
        return ()
    remarks = [
        replace(remark, start=remark.start + at, end=remark.end + at)
        for at, part in _readable(text)
        for remark in _lint(engine, part)
        # The text after a long link is not the start of a sentence.
        if not (at and remark.kind == "Capitalization" and not part[: remark.start].strip())
    ]
    return tuple(sorted(remarks, key=lambda remark: (remark.start, remark.end)))


def _readable(text: str) -> list[tuple[int, str]]:
    """The pieces between overlong words, each with its offset."""
    pieces, at = [], 0
    for match in _TOO_LONG.finditer(text):
        pieces.append((at, text[at : match.start()]))
        at = match.end()
    pieces.append((at, text[at:]))
    return [(place, piece) for place, piece in pieces if piece.strip()][:MOST_PIECES]


def _lint(engine: _Engine, text: str) -> list[Remark]:
    kinds = frozenset(lists()["kinds"])
    remarks = []
    for lint in engine.lint(text):
        written = text[lint.span.start : lint.span.end]
        replacements = _replacements(text, lint)
        kind = lint.lint_kind
        if kind == "Spelling" and " " in written:
            kind = "Usage"
        elif (
            kind not in ("Spelling", "Capitalization") and written.isalpha() and not is_word(written.lower())
        ):
            # "Untill" is a misspelling, not a wrong choice of words.
            kind, replacements = "Spelling", (*_corrections(written), *replacements)
        if kind == "WordChoice" and re.search(r"\b[A-Z]{2,}\b", written):
            # The engine joins words with abbreviations ("on EAL" to "onEAL").
            continue
        if kind in kinds:
            remarks.append(Remark(lint.span.start, lint.span.end, kind, lint.message, replacements))
    return remarks


def _replacements(text: str, lint: Any) -> tuple[str, ...]:
    """The engine's suggestions, each as the text to put between `start` and `end`."""
    problem = text[lint.span.start : lint.span.end]
    found = []
    for suggestion in lint.suggestions:
        kind = suggestion.kind.name
        words = suggestion.replacement_text
        found.append({"REPLACE": words, "REMOVE": "", "INSERT_AFTER": problem + words}[kind])
    return tuple(dict.fromkeys(found))


def _corrections(word: str) -> tuple[str, ...]:
    engine = _engine("american", spelling_only=True)
    return _replacements(word, engine.lint(word)[0]) if engine and engine.lint(word) else ()


@lru_cache(maxsize=4096)
def is_word(word: str, dialect: str = "american") -> bool:
    """Whether a word, written as it is here, is in the dictionary; False without an engine."""
    engine = _engine(str(dialect), spelling_only=True)
    if engine is None or not word or len(word) > LONGEST_WORD:
        return False
    return not engine.lint(word)


def is_word_anywhere(word: str) -> bool:
    """Whether the word is spelled like this in any dialect."""
    return any(is_word(word, dialect) for dialect in Dialect)
