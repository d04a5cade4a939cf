"""Splits sentences into clauses: whom each is about, what it says, and whether it denies it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from drafts.domain.notes.parser import Parse, Token
from drafts.guard.content import Content, keys_of
from drafts.guard.lists import lists

# Dependency relations that start a clause of its own.
CLAUSES = frozenset(
    {"ROOT", "ccomp", "advcl", "relcl", "acl", "conj", "parataxis", "pcomp", "xcomp", "csubj", "csubjpass"}
)
MODALS = frozenset(
    {"will", "would", "can", "could", "may", "might", "shall", "should", "'ll", "’ll", "'d", "’d"}
)
MY = frozenset({"my", "our"})
YOUR = frozenset({"your", "yours"})


class Side(StrEnum):
    """Whom a clause is about."""

    ME = "me"
    YOU = "you"
    OTHER = "other"


@dataclass(frozen=True)
class Clause:
    """`words` are its own words, without those of embedded clauses.

    `verb` is the lemma of its verb, empty if there is none. `is_wish`: would, could, hope to, my aim is to. `will`: it
    says that something will be done.
    """

    side: Side
    head: Token
    verb: str
    words: tuple[Token, ...]
    is_denied: bool
    is_wish: bool
    will: bool

    @property
    def keys(self) -> Content:
        return keys_of(self.words)

    @property
    def has_object(self) -> bool:
        """Whether the verb has an object or a particle: "I know R", "I found out", but not "let me know"."""
        return any(
            token.dep == "prt" or (token.dep == "dobj" and token.pos in ("NOUN", "PROPN"))
            for token in self.words
        )

    @cached_property
    def parts(self) -> tuple[tuple[Token, ...], ...]:
        """Its words, split at list items: "seven years at Leeds | perineal suturing"."""
        found: dict[int, list[Token]] = {}
        by_index = {token.index: token for token in self.words}
        for token in self.words:
            at = token
            while at.dep != "conj" and at.head != at.index and at.head in by_index:
                at = by_index[at.head]
            found.setdefault(at.index if at.dep == "conj" else -1, []).append(token)
        return tuple(map(tuple, found.values()))


def clauses_of(parse: Parse, side: Side = Side.OTHER) -> tuple[Clause, ...]:
    """All clauses of a text. `side`: whom a clause without a subject is about."""
    heads = [token for token in parse.tokens if _begins_clause(parse, token)]
    marked = {token.index for token in heads}
    return tuple(_clause(parse, head, marked, side) for head in heads)


def _begins_clause(parse: Parse, token: Token) -> bool:
    if token.head == token.index:
        return True
    if token.dep not in CLAUSES:
        return False
    if token.pos in ("VERB", "AUX"):
        return (
            token.dep != "conj"
            or parse.head(token).pos in ("VERB", "AUX")
            or parse.subject(token) is not None
        )
    return parse.subject(token) is not None


def _clause(parse: Parse, head: Token, marked: set[int], side: Side) -> Clause:
    own = sorted(_own(parse, head, marked), key=lambda token: token.index)
    lower = {token.lower for token in own}
    return Clause(
        side=_side(parse, head, side),
        head=head,
        verb=head.lemma if head.pos in ("VERB", "AUX") else "",
        words=tuple(own),
        is_denied=_is_denied(parse, head, own),
        is_wish=_is_wish(parse, head, own),
        will=bool(lower & {"will", "'ll", "’ll"}) or ("going" in lower and "to" in lower),
    )


def _own(parse: Parse, head: Token, marked: set[int]) -> Iterator[Token]:
    yield head
    for child in parse.children(head):
        if child.index not in marked:
            yield from _own(parse, child, marked)


def _is_denied(parse: Parse, head: Token, own: list[Token]) -> bool:
    """ "I did not weld", "I have no ticket", "I was not able to come", "without stopping"."""
    heads = {head.index}
    if head.dep in ("xcomp", "acomp"):
        heads.add(head.head)
    if head.dep == "pcomp" and parse.head(head).lower == "without":
        return True
    for token in parse.tokens:
        if token.lower in lists().negations and (
            token.head in heads or (token.dep == "det" and token in own and token.lower == "no")
        ):
            return True
    longer = any(
        token.lower == "longer" and "no" in {one.lower for one in parse.children(token)} for token in own
    )
    return longer or any(token.lower in ("cannot", "unable") for token in own)


def _is_wish(parse: Parse, head: Token, own: list[Token]) -> bool:
    if _is_past_infinitive(parse, head):
        return False
    if any(token.lower in MODALS and token.index < head.index + 1 for token in own):
        return True
    at, steps = head, 0
    while at.head != at.index and at.dep in ("xcomp", "conj", "ccomp", "pcomp", "acl") and steps < 6:
        is_told = at.dep == "ccomp"
        if at.dep == "conj" and parse.subject(at) is not None:
            # "I hope to learn it, and I know it already"
            return False
        at, steps = parse.head(at), steps + 1
        if is_told and at.lemma in lists().reports:
            # "I should have mentioned that I renewed it": the renewal is a fact, not a wish.
            return False
        if (at.lemma in lists().wishes and (at.lemma not in lists().moods or head.tag == "VB")) or any(
            child.lower in MODALS for child in parse.children(at)
        ):
            return True
        subject = parse.subject(at)
        # "My aim is to cut it", "one thing I would like to do is cut it"
        if subject and (
            subject.lemma in lists().wishes or any(one.lower in MODALS for one in parse.subtree(subject))
        ):
            return True
    return False


def _is_past_infinitive(parse: Parse, head: Token) -> bool:
    """ "I was glad to pass it", "I am glad to have passed it": it is done."""
    if head.dep != "xcomp" or parse.head(head).dep != "acomp":
        return False
    mood, be = parse.head(head), parse.head(parse.head(head))
    has_perfect = any(child.lower == "have" and child.dep == "aux" for child in parse.children(head))
    is_past = be.lower in ("was", "were") or any(
        child.lower in ("have", "'ve") for child in parse.children(be)
    )
    return (
        mood.lemma in lists().moods
        and (has_perfect or is_past)
        and not any(child.lower in MODALS for child in parse.children(be))
    )


def _side(parse: Parse, head: Token, default: Side) -> Side:
    at, steps, is_theirs = head, 0, False
    while steps < 8:
        if at.pos in ("VERB", "AUX") and _is_by_me(parse, at):
            return Side.ME
        subject = _subject(parse, at)
        if subject is not None and subject.dep != "expl":
            # "I liked your idea of opening early", "I enjoyed hearing how it works without waking anyone"
            side = _of(parse, subject, default)
            return Side.OTHER if is_theirs and side is Side.ME and at.lemma in lists().hearing else side
        if at.lemma == "thank" and at is not head:
            return Side.YOU
        if at.head == at.index:
            return default
        if at.dep in ("relcl", "acl") and parse.head(at).dep != "attr":
            return _of(parse, parse.head(at), Side.OTHER)
        is_theirs = (
            is_theirs
            or at.pos == "NOUN"
            or at.lower in ("about", "of")
            or (at is not head and at.lemma in lists().hearing)
        )
        at, steps = parse.head(at), steps + 1
    return default


def _subject(parse: Parse, verb: Token) -> Token | None:
    """The subject; where the parser names two, as in "which I know", the pronoun of a person."""
    persons = (one for one in parse.children(verb) if one.dep == "nsubj" and one.lower in ("i", "we", "you"))
    return next(persons, None) or parse.subject(verb)


def _is_by_me(parse: Parse, verb: Token) -> bool:
    """ "It was started by me", "it fell thanks to me", "they fell because of me"."""
    return any(
        token.lower == "me"
        and parse.tokens[token.index - 1].lower in ("by", "of", "to")
        and _is_cause(parse, token)
        for child in parse.children(verb)
        if child.dep in ("agent", "prep", "npadvmod", "dobj", "advmod") and child.index > verb.index
        for token in parse.subtree(child)
    )


def _is_cause(parse: Parse, me: Token) -> bool:
    before = [token.lower for token in parse.tokens[max(0, me.index - 2) : me.index]]
    return before[-1] == "by" or before in (["because", "of"], ["thanks", "to"])


def _of(parse: Parse, subject: Token, default: Side) -> Side:
    if subject.lower in ("i", "me", "myself", "we", "us"):
        return Side.ME
    if subject.lower in ("you", "yourself"):
        return Side.YOU
    if subject.lower in ("that", "which", "who") and subject.tag in ("WDT", "WP"):
        return Side.OTHER
    mine = {token.lower for token in parse.subtree(subject)}
    if subject.dep == "csubj" and subject.lemma in lists().hearing:
        return Side.OTHER
    if "i" in mine and (subject.dep == "csubj" or subject.lemma in lists().abilities):
        # "What I would bring is R", "the skills I use most are R and SQL"
        return Side.ME
    if mine & MY:
        return Side.OTHER if subject.lemma in lists().employers else Side.ME
    if mine & YOUR:
        return Side.YOU
    return Side.OTHER
