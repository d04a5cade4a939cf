"""What a sentence says the candidate is, has, knows, owns or has reached, in words that claim nothing elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from drafts.domain.notes.parser import Parse, Token
from drafts.guard.claims import MODALS, MY, YOUR, Clause, Side
from drafts.guard.content import Content, among, is_neutral, is_one_word, key, keys_of, missing
from drafts.guard.figures import numbers_of
from drafts.guard.lists import lists
from drafts.guard.remarks import Remark
from drafts.guard.sources import Sources

MOST_OF_AN_AIM = 0.5  # share of an aim's words by which a sentence is about it
REACHED = frozenset({"VBD", "VBN"})  # tags of verbs that tell what is done


def standing(found: Parse, clauses: Sequence[Clause], sources: Sources) -> Iterator[Remark]:
    for clause in clauses:
        if clause.side is Side.ME and not clause.is_wish and not clause.will:
            yield from _being(found, clause, sources)
            yield from _having(found, clause, sources)
            yield from _knowing(found, clause, sources)
            yield from _deeds(found, clause, sources)
        if clause.side is not Side.YOU:
            yield from _titles(found, clause, sources)
    yield from _owning(found, sources)
    yield from _reached_aims(found, sources)


def _being(found: Parse, clause: Clause, sources: Sources) -> Iterator[Remark]:
    """ "I am a quick learner": what the candidate is must be in a note; "the teacher" may be there as "taught"."""
    if clause.verb not in ("be", "become", "remain") or clause.is_denied:
        return
    for token in _members(found, clause.head, "attr"):
        if (
            token.pos == "NOUN"
            and token.lemma not in lists().memberships
            and key(token.lemma) not in sources.done
        ):
            yield Remark("claim", _phrase(found, token))
    for token in _members(found, clause.head, "acomp"):
        content = _content(found, clause.head)
        # "What I am good at is ..." has its content elsewhere.
        is_whole = clause.head.dep in ("ROOT", "conj")
        if token.lower in lists().able and (missing(content, sources.done) if content else is_whole):
            yield Remark("claim", _phrase(found, token))


def _having(found: Parse, clause: Clause, sources: Sources) -> Iterator[Remark]:
    """ "I have people skills": an ability of no kind that the notes name."""
    if clause.verb not in ("have", "possess", "own") or clause.is_denied:
        return
    for token in _members(found, clause.head, "dobj"):
        content = _content(found, token)
        if token.lemma in lists().abilities and not content:
            yield Remark("claim", _phrase(found, token))


def _knowing(found: Parse, clause: Clause, sources: Sources) -> Iterator[Remark]:
    """ "I know the area": all that is known must be in one fact about the candidate."""
    is_let = found.head(clause.head).lemma in ("let", "sure", "ensure")
    if clause.verb not in lists().knowing or clause.is_denied or is_let:
        return
    content = _content(found, clause.head)
    if clause.head.dep == "relcl":
        content |= _content(found, found.head(clause.head))
    holding = [one for one in sources.all if one.side is Side.ME and not one.is_aim]
    if not content or not any(not missing(content, one.keys) for one in holding):
        yield Remark("claim", _phrase(found, clause.head))


def _titles(found: Parse, clause: Clause, sources: Sources) -> Iterator[Remark]:
    """ "As a charge nurse, I ...": all words of the title must be the candidate's."""
    for prep in clause.words:
        if (
            prep.lower != "as"
            or prep.dep != "prep"
            or found.head(prep).pos not in ("VERB", "AUX", "NOUN", "ADJ")
        ):
            continue
        for token in _members(found, prep, "pobj"):
            words = keys_of(one for one in _noun_phrase(found, token) if one.lemma not in ("new", "former"))
            is_title = token.lower in lists().jobs or not is_neutral(key(token.lemma))
            is_job = (found.head(prep).pos == "NOUN" or clause.is_wish) and not missing(
                words, sources.job.keys
            )
            if is_title and not is_job and words - sources.done:
                yield Remark("title", _phrase(found, token))


def _owning(found: Parse, sources: Sources) -> Iterator[Remark]:
    """ "My rotation" for "your rotation": what the notes say of the other side only."""
    for owner in found.tokens:
        head = found.head(owner)
        is_owner = owner.lower in MY | YOUR and owner.dep == "poss" and head.lemma not in lists().owned_by_all
        if is_owner and _is_only(_content(found, head), sources, theirs=owner.lower in MY):
            yield Remark("moved_to_me" if owner.lower in MY else "moved_to_them", _phrase(found, head))


def _deeds(found: Parse, clause: Clause, sources: Sources) -> Iterator[Remark]:
    """ "I need two more on site", "the counter that I am closing": what they do."""
    if clause.verb in lists().courtesies | lists().touring or clause.verb == "be":
        return
    if clause.head.dep == "relcl":
        is_theirs = clause.verb not in lists().light and _is_only(
            _content(found, found.head(clause.head)), sources, theirs=True
        )
    else:
        content = keys_of(found.subtree(clause.head))
        telling = frozenset(one for one in content if not is_neutral(one))
        holding = {one.side for one in sources.notes if len(telling) > 1 and not missing(telling, one.keys)}
        is_theirs = holding == {Side.YOU}
    if is_theirs:
        yield Remark("moved_to_me", _phrase(found, clause.head))


def _is_only(content: Content, sources: Sources, *, theirs: bool) -> bool:
    """Whether some of the words are one side's alone, and none are the other's alone."""
    one, other = (sources.theirs, sources.mine) if theirs else (sources.mine, sources.theirs)
    is_held = {word: (among(word, one), among(word, other)) for word in content}
    return (True, False) in is_held.values() and (False, True) not in is_held.values()


def _reached_aims(found: Parse, sources: Sources) -> Iterator[Remark]:
    """An aim told as reached: most of its words in a part of the sentence without a sign that it is a wish."""
    for part in _coordinates(found):
        if any(_is_wishing(found, token) for token in part) or not any(
            token.tag in REACHED for token in part
        ):
            continue
        content = keys_of(part)
        numbers = {value for value, _, _ in numbers_of("".join(token.text + token.space for token in part))}
        for words, counted in sources.aims:
            common = sum(any(is_one_word(one, other) for other in content) for one in words)
            if (common and common > MOST_OF_AN_AIM * len(words)) or numbers & counted:
                yield Remark("aim")
                return


def _is_wishing(found: Parse, token: Token) -> bool:
    if token.lower in MODALS or token.lower == "if":
        return True
    if token.lemma in lists().moods | {"like", "love", "start", "help", "try"}:
        # "I was happy to pass it" is done, "I am keen to pass it" is not.
        be = found.head(token)
        return token.lemma not in ("start", "help", "try", "like", "love") and be.lower not in (
            "was",
            "were",
            "been",
        )
    return token.lemma in lists().wishes | lists().wish_nouns


def _coordinates(found: Parse) -> list[list[Token]]:
    """The tokens by the main clauses they belong to."""
    parts: dict[int, list[Token]] = {}
    for token in found.tokens:
        at = token
        while at.head != at.index and not (at.dep in ("conj", "parataxis") and found.subject(at) is not None):
            at = found.head(at)
        parts.setdefault(at.index, []).append(token)
    return list(parts.values())


def _members(found: Parse, head: Token, dep: str) -> list[Token]:
    """The children of this kind, and what is listed with them."""
    return [
        one for child in found.children(head) if child.dep == dep for one in (child, *_listed(found, child))
    ]


def _listed(found: Parse, token: Token) -> Iterator[Token]:
    for child in found.children(token):
        if child.dep == "conj":
            yield child
            yield from _listed(found, child)


def _noun_phrase(found: Parse, noun: Token) -> list[Token]:
    return [noun, *(child for child in found.children(noun) if child.dep in ("amod", "compound", "nmod"))]


def _content(found: Parse, head: Token) -> Content:
    """The telling words of all that hangs on a word."""
    looked_up = lists().dates | lists().units
    tokens = [token for token in found.subtree(head) if token.lower not in looked_up and token.pos != "NUM"]
    return frozenset(one for one in keys_of(tokens) if not is_neutral(one))


def _phrase(found: Parse, head: Token) -> str:
    tokens = sorted(found.subtree(head), key=lambda token: token.index)
    return " ".join(token.text for token in tokens if token.pos != "PUNCT")
