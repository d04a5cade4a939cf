"""Splits a letter into the parts that a reader sees: greeting, sentences, sign-off, signature, P.S."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from drafts.domain.tokens import Words, words_of
from drafts.domain.words import words
from drafts.review import lexicon
from drafts.review.thresholds import READ_CHARACTERS, READ_SUBJECT_CHARACTERS

_AFTER_SALUTATION = re.compile(r"(?:[ \t]*(?:again|there)\b)?[ \t]*[,!:]?[ \t]*", re.I)
_NAME_ENDS = re.compile(r"[,:;!?\n]|\.(?=\s|$)|\s[-–—]|[–—]")
_PS = re.compile(r"\A\s*\(?p\.?\s?\.?s\b\.?\s?[:.–—-]?", re.I)
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|\Z)|[:;]-?[)(DP](?=\s|\Z)")
_LINE_STARTS_ANEW = re.compile(r"\s*(?:[-*•·–—]|\d{1,2}[.)]|https?://|www\.)")
URL = re.compile(
    r"\b(?:https?://|www\.)[^\s<>]+|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b[\w-]+(?:\.[\w-]+)+/[^\s<>]*", re.I
)
MOST_GREETED = 8  # words
GREETED_BY_LINE = 8  # lines in which a greeting may be
MOST_POSTSCRIPTS = 5
MOST_SENTENCES = 200  # read; longer texts are not letters


@cache
def _salutation() -> re.Pattern[str]:
    longest_first = sorted(lexicon.entries("anatomy", "salutations"), key=len, reverse=True)
    return re.compile(rf"\s*(?:{'|'.join(map(re.escape, longest_first))})\b", re.I)


@dataclass(frozen=True, slots=True)
class Span:
    start: int
    end: int

    def holds(self, start: int, end: int) -> bool:
        return self.start <= start and end <= self.end

    def meets(self, start: int, end: int) -> bool:
        return self.start < end and start < self.end


def begins_sentence(text: str, start: int) -> bool:
    """Whether a capital here only marks the start of a sentence."""
    before = text[:start].rstrip(" \t\"'“‘(")
    return not before or before[-1] in ".!?…\n:" or text[:start].endswith("\n")


@dataclass(frozen=True, slots=True)
class Sentence:
    start: int
    end: int
    words: Words
    text: str


class Reading:
    """One draft. Offsets refer to `body`, which is truncated to READ_CHARACTERS; `is_cut` says whether it was."""

    def __init__(self, subject: str, body: str) -> None:
        self.whole_subject, self.whole_body = subject, body
        self.subject = subject[:READ_SUBJECT_CHARACTERS]
        self.is_cut = len(body) > READ_CHARACTERS
        self.body = body[:READ_CHARACTERS] if self.is_cut else body
        self.words = words_of(self.body)
        self.subject_words = words_of(self.subject)

    @cached_property
    def word_count(self) -> int:
        """The number of words of the whole mail, counted like the composer does."""
        return len(self.whole_body.split())

    @cached_property
    def urls(self) -> tuple[Span, ...]:
        return tuple(Span(match.start(), match.end()) for match in URL.finditer(self.body))

    # ------------------------------------------------------------ lines and paragraphs

    @cached_property
    def lines(self) -> tuple[Span, ...]:
        """Nonblank lines, without surrounding white space."""
        found, at = [], 0
        for line in self.body.splitlines(keepends=True):
            text = line.strip()
            if text:
                start = at + line.index(text[0])
                found.append(Span(start, start + len(text)))
            at += len(line)
        return tuple(found)

    @cached_property
    def paragraphs(self) -> tuple[tuple[Span, ...], ...]:
        """Lines by paragraph; paragraphs are separated by blank lines."""
        groups: list[list[Span]] = []
        before = None
        for line in self.lines:
            if before is None or len(self.body[before.end : line.start].splitlines()) > 1:
                groups.append([])
            groups[-1].append(line)
            before = line
        return tuple(tuple(group) for group in groups)

    # ------------------------------------------------------------ greeting

    @cached_property
    def greeting(self) -> Span | None:
        """The greeting, from its salutation to the end of the name; None if the letter has none."""
        return self._greeted[0] if self._greeted else None

    @cached_property
    def greeted(self) -> Span | None:
        """The name in the greeting; empty for "Hello,", None if there is no greeting."""
        return self._greeted[1] if self._greeted else None

    @cached_property
    def _greeted(self) -> tuple[Span, Span] | None:
        if not self.lines:
            return None
        line, salutation = self._salutation
        if salutation:
            name = self._name(salutation.end(), line.end)
            between = _AFTER_SALUTATION.match(self.body, salutation.end(), line.end)
            if between:
                # "Hello, Priya!", "Hi again, Priya": the name comes after a comma or another word.
                later = self._name(between.end(), line.end)
                if later.start > name.start and self._looks_like_a_name(later):
                    name = later
            return Span(line.start, max(name.end, salutation.end())), name
        name = self._name(line.start, line.end)
        if name.end < line.end and self._looks_like_a_name(name):
            return name, name
        if name.end == line.end and self._looks_like_a_name(name) and len(self.lines) > 1:
            return name, name
        return None

    @property
    def _salutation(self) -> tuple[Span, re.Match[str] | None]:
        """The line with the salutation, and its match; the first line and None if there is no salutation."""
        first = self.lines[0]
        salutation = _salutation().match(self.body, first.start, first.end)
        if salutation:
            return first, salutation
        # The salutation may be below a letterhead, a date, or a pasted subject.
        for line in self.lines[1:GREETED_BY_LINE]:
            text = self.body[line.start : line.end]
            if len(text.split()) <= MOST_GREETED and text[-1] in ",:!-–—，：":
                salutation = _salutation().match(self.body, line.start, line.end)
                if salutation:
                    return line, salutation
        return first, None

    def _name(self, start: int, end: int) -> Span:
        """The name from `start`; the full stop of "Dr." does not end it."""
        at = start
        while True:
            stop = _NAME_ENDS.search(self.body, at, end)
            if stop is None:
                last = end
                break
            before = self.body[start : stop.start()].split()
            is_title = before and before[-1].rstrip(".").lower() in words().titles
            is_short = before and len(before[-1].strip(".")) <= 3 and stop.end() < end
            if stop.group() == "." and (is_title or is_short):
                at = stop.end()
                continue
            last = stop.start()
            break
        text = self.body[start:last]
        parts = text.split()
        capitals = sum(part[0].isupper() for part in parts)
        if len(parts) > MOST_GREETED and capitals * 2 <= len(parts):
            # Too long even for a name ("María del Carmen Fernández de la Vega y Sánchez-Ostiz"), so it is a sentence.
            return Span(start, start)
        bare = text.strip()
        if not bare:
            return Span(start, start)
        first = start + text.index(bare[0])
        return Span(first, first + len(bare))

    def _looks_like_a_name(self, name: Span) -> bool:
        """Whether these are a few capitalized words that are neither thanks nor a sign-off; scripts without capitals
        count too."""
        text = self.body[name.start : name.end]
        parts = [part for part in text.split() if part[0].isalpha()]
        if not parts or len(parts) > 4 or text.lower() in lexicon.sign_offs():
            return False
        if lexicon.phrases("anatomy", "no_names").are_in(words_of(text)):
            return False
        return parts[0][0] == parts[0][0].upper() and parts[-1][0] == parts[-1][0].upper()

    # ------------------------------------------------------------ the end: sign-off, signature, P.S.

    @cached_property
    def postscripts(self) -> tuple[Span, ...]:
        """P.S. paragraphs, each from its "P.S." to its end."""
        return tuple(
            Span(group[0].start, group[-1].end)
            for group in self.paragraphs[1:]
            if _PS.match(self.body[group[0].start : group[0].start + 6])
        )[:MOST_POSTSCRIPTS]

    @cached_property
    def sign_off(self) -> Span | None:
        """The closing line ("Kind regards,"); a name on the same line does not belong to it."""
        for line in reversed(self._last_lines):
            close = self._closing(line)
            if close:
                return close
        return None

    @cached_property
    def _last_lines(self) -> tuple[Span, ...]:
        """Lines near the end in which a sign-off can be."""
        return tuple(
            line
            for line in self.lines[-12:]
            if line.start > (self.greeting.end if self.greeting else -1)
            and not any(ps.holds(line.start, line.end) for ps in self.postscripts)
        )

    def _closing(self, line: Span) -> Span | None:
        text = self.body[line.start : line.end]
        head = re.split(r"[,.!\n–—-]", text, maxsplit=1)[0]
        for part in (text.rstrip(" ,.!–—-"), head.rstrip()):
            low = part.lower()
            if low in lexicon.sign_offs() or (
                len(part.split()) <= 7
                and low.startswith(tuple(lexicon.entries("anatomy", "sign_off_starts")))
            ):
                rest = text[len(part) :].strip(" ,.!–—-")
                if len(rest.split()) <= 4:
                    return Span(line.start, line.start + len(part))
        return None

    @cached_property
    def signature(self) -> Span | None:
        """The part below the sign-off: name, phone, links."""
        if self.sign_off is None:
            return None
        after: list[Span] = []
        for number, group in enumerate(self._paragraphs_after(self.sign_off)):
            if number and any(self._is_a_sentence(line) for line in group):
                break
            after += group
        if not after:
            return None
        return Span(max(after[0].start, self.sign_off.end), after[-1].end)

    def _paragraphs_after(self, sign_off: Span) -> Iterator[list[Span]]:
        for group in self.paragraphs:
            lines = [
                line
                for line in group
                if line.end > sign_off.end
                and not any(ps.meets(line.start, line.end) for ps in self.postscripts)
            ]
            if lines:
                yield lines

    def _is_a_sentence(self, line: Span) -> bool:
        """Whether a line below the signature is a sentence: a P.S. that is not labeled."""
        text = self.body[line.start : line.end]
        return len(text.split()) >= 6 and text[-1] in ".!?…"

    def is_in_signature(self, start: int, end: int) -> bool:
        return bool(self.signature and self.signature.holds(start, end))

    def is_in_link(self, start: int, end: int) -> bool:
        """Whether a position of the body is in a web or email address."""
        return any(url.meets(start, end) for url in self.urls)

    def is_closing(self, start: int, end: int) -> bool:
        """Whether a position is in the greeting, the sign-off or the signature."""
        return any(part and part.meets(start, end) for part in (self.greeting, self.sign_off, self.signature))

    # ------------------------------------------------------------ what is said

    @cached_property
    def content(self) -> tuple[Span, ...]:
        """The paragraphs of the content, with lines joined: without greeting, sign-off and signature, but with any
        P.S."""
        found = []
        for group in self.paragraphs:
            start, end = None, 0
            for line in group:
                first = line.start
                if self.greeting and first < self.greeting.end <= line.end:
                    rest = re.match(r"[\s,:;!.–—-]*", self.body[self.greeting.end : line.end])
                    first = self.greeting.end + (rest.end() if rest else 0)
                if first >= line.end or (self.sign_off and self.sign_off.meets(line.start, line.end)):
                    continue
                if self.signature and self.signature.meets(first, line.end):
                    continue
                start = first if start is None else start
                end = line.end
            if start is not None:
                found.append(Span(start, end))
        return tuple(found)

    @cached_property
    def content_words(self) -> Words:
        return Words(word for span in self.content for word in self.words_in(span.start, span.end))

    def words_in(self, start: int, end: int) -> Words:
        """The words that begin between two positions of the body."""
        return Words(self.words[bisect_left(self._starts, start) : bisect_left(self._starts, end)])

    @cached_property
    def _starts(self) -> list[int]:
        return [word.start for word in self.words]

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Sentences of the content, in order."""
        found = []
        for paragraph in self.content:
            start = paragraph.start
            for end in [*self._sentence_ends(paragraph), paragraph.end]:
                text = self.body[start:end]
                bare = text.strip()
                if bare:
                    first = start + text.index(bare[0])
                    last = first + len(bare)
                    found.append(Sentence(first, last, self.words_in(first, last), self.body[first:last]))
                start = end
        return tuple(found[:MOST_SENTENCES])

    def _sentence_ends(self, paragraph: Span) -> list[int]:
        ends = []
        for match in _SENTENCE_END.finditer(self.body, paragraph.start, paragraph.end):
            before = self.body[max(paragraph.start, match.start() - 12) : match.end()].split()
            last = before[-1].lower() if before else ""
            if match.group() == "." and (
                last in words().abbreviations
                or last[:-1] in words().titles
                or re.fullmatch(r"[a-z]\.|p\.s\.", last)
            ):
                continue
            ends.append(match.end())
        at = paragraph.start
        for line in self.body[paragraph.start : paragraph.end].splitlines(keepends=True)[:-1]:
            at += len(line)
            if _LINE_STARTS_ANEW.match(self.body, at) or line.rstrip().endswith(":"):
                ends.append(at)
        return sorted(set(ends))

    @cached_property
    def last_word_at(self) -> int:
        """The end of the content before the sign-off, where a missing sentence would go."""
        ends = [
            span.end for span in self.content if not any(ps.start == span.start for ps in self.postscripts)
        ]
        return ends[-1] if ends else len(self.body.rstrip())
