"""What a rewrite reverses: it denies what the old sentences said, claims what they denied, or swaps who did what."""

from __future__ import annotations

from collections.abc import Iterator

from drafts.domain.notes.parser import Parse, parse
from drafts.guard.checks import HEARING, is_frame, said_words
from drafts.guard.claims import MY, YOUR, Clause, Side, clauses_of
from drafts.guard.content import content_of, key, missing, shared
from drafts.guard.denials import denials
from drafts.guard.lists import lists
from drafts.guard.remarks import Remark

NEAR = 0.5  # share of common words from which two sentences count as saying the same


def reversals(old: str, new: str) -> Iterator[Remark]:
    """Remarks on clauses of the new sentences that contradict those with the same verb in the old ones."""
    before, after = parse(old), parse(new)
    if before is None or after is None:
        return
    old_clauses: dict[str, list[Clause]] = {}
    for clause in clauses_of(before):
        if clause.verb:
            old_clauses.setdefault(key(clause.verb), []).append(clause)
    for clause in clauses_of(after):
        frame = clause.verb in lists().reports | {"be", ""} or (is_frame(clause) and clause.verb != "bring")
        same = [] if frame else old_clauses.get(key(clause.verb), [])
        if clause.verb in lists().light:
            # Verbs such as "have" and "give" say little, so the objects must be the same too.
            same = [one for one in same if clause.keys and not missing(clause.keys, one.keys)]
        if same:
            yield from _clause_reversals(clause, same)
    yield from _owner_changes(before, after)
    if _is_denial_new(old, new, shared([content_of(old)], [content_of(new)])):
        yield Remark("negation")


def _is_denial_new(old: str, new: str, common: float) -> bool:
    """Whether the new text denies more than the old one, or nothing of what it denies, and is about the same things."""
    before, after = denials(old), denials(new)
    return after > before or (before > 0 and after == 0 and common > NEAR)


def _clause_reversals(clause: Clause, same: list[Clause]) -> Iterator[Remark]:
    """What a new clause reverses. `same` holds the old clauses with its verb, at least one."""
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


def _owner_changes(before: Parse, after: Parse) -> Iterator[Remark]:
    """ "Your idea" that became "my idea" or the reverse, and "you told me" or "I heard" that became "I told you"."""
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
    """The nouns that belong to one of the `owners`, such as "my"."""
    heads = (found.head(token) for token in found.tokens if token.lower in owners)
    return {head.lower for head in heads if head.pos == "NOUN"}
