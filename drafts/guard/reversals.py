"""What a rewrite turns around: denies or claims what the old sentences did not, or gives it to somebody else."""

from __future__ import annotations

from collections.abc import Iterator

from drafts.domain.notes.parser import Parse, Token, parse
from drafts.guard.checks import HEARING, Remark, is_frame, said_words
from drafts.guard.claims import MY, YOUR, Clause, Side, clauses_of
from drafts.guard.content import content_of, key, missing, shared
from drafts.guard.lists import lists

NEAR = 0.7  # share of words in common by which a sentence says the same as another


def turned(old: str, new: str) -> Iterator[Remark]:
    """What a clause of the old sentences says, and one with the same verb in the new ones denies or tells as done."""
    before, after = parse(old), parse(new)
    if before is None or after is None:
        return
    there: dict[str, list[Clause]] = {}
    for clause in clauses_of(before):
        if clause.verb:
            there.setdefault(key(clause.verb), []).append(clause)
    for clause in clauses_of(after):
        frame = clause.verb in lists().reports | {"be", ""} or (is_frame(clause) and clause.verb != "bring")
        same = [] if frame else there.get(key(clause.verb), [])
        if clause.verb in lists().light:
            # Everybody has or gives something: it must be the same thing.
            same = [one for one in same if clause.keys and not missing(clause.keys, one.keys)]
        if same:
            yield from _turned_clause(clause, same)
    yield from _owners(before, after)
    if (
        bool(_denials(before)) != bool(_denials(after))
        and shared([content_of(old)], [content_of(new)]) > NEAR
    ):
        yield Remark("negation")


def _turned_clause(clause: Clause, same: list[Clause]) -> Iterator[Remark]:
    """What a clause of the new sentences turns around. `same`: the old clauses with its verb, one at least."""
    if all(one.is_denied != clause.is_denied for one in same):
        yield Remark("negation")
    is_mine = clause.side is Side.ME and not clause.is_wish
    if is_mine and all(one.is_wish and one.side is not Side.YOU for one in same):
        yield Remark("aim")
    sides = {one.side for one in same}
    if clause.verb not in lists().courtesies | lists().telling or (clause.is_wish and clause.verb == "bring"):
        if clause.side is Side.ME and sides == {Side.YOU}:
            yield Remark("moved_to_me", said_words(clause.words))
        elif clause.side is Side.YOU and sides == {Side.ME}:
            yield Remark("moved_to_them", said_words(clause.words))


def _owners(before: Parse, after: Parse) -> Iterator[Remark]:
    """ "Your idea" that became "my idea", and what was heard that became what was told, and the other way around."""
    my, your = _owned(before, MY), _owned(before, YOUR)
    for one in sorted(_owned(after, MY) - my):
        if one in your:
            yield Remark("moved_to_me", f"my {one}")
    for one in sorted(_owned(after, YOUR) - your):
        if one in my:
            yield Remark("moved_to_them", f"your {one}")
    told = lists().reports - HEARING
    old, new = clauses_of(before), clauses_of(after)
    heard = any(
        (clause.side is Side.YOU and clause.verb in told)
        or (clause.side is Side.ME and clause.verb in lists().hearing)
        for clause in old
    )
    mine = [clause for clause in new if clause.side is Side.ME and clause.verb in told]
    if heard and mine and not any(clause.side is Side.ME and clause.verb in told for clause in old):
        yield Remark("moved_to_me", said_words(mine[0].words))


def _owned(found: Parse, owners: frozenset[str]) -> set[str]:
    """The nouns that are somebody's."""
    heads = (found.head(token) for token in found.tokens if token.lower in owners)
    return {head.lower for head in heads if head.pos == "NOUN"}


def denies(text: str) -> bool:
    """Whether a text denies anything."""
    found = parse(text)
    return found is not None and bool(_denials(found))


def _denials(found: Parse) -> list[Token]:
    """Words that deny something, but for "I did not mention"."""
    frames = lists().courtesies | {"get", "sure"}
    return [
        token
        for token in found.tokens
        if token.lower in lists().negations and found.head(token).lemma not in frames
    ]
