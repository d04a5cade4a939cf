"""Checks what a new sentence says beyond its sources, the notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from drafts.domain.notes.parser import Parse, Token, parse
from drafts.domain.tokens import fold
from drafts.guard import figures
from drafts.guard.claims import MY, Clause, Side, clauses_of
from drafts.guard.content import (
    Content,
    alike,
    among,
    content_of,
    is_free,
    is_neutral,
    key,
    keys_of,
    missing,
    tells,
)
from drafts.guard.denials import negations
from drafts.guard.lists import lists
from drafts.guard.remarks import Remark
from drafts.guard.sources import Source, Sources
from drafts.guard.standing import standing

HEARING = frozenset({"hear", "learn"})
SMALL = 5
LONGEST = 40  # words of a sentence
ENGLISH_FROM = 7  # words from which a sentence must have a common English word
COMMON = 0.6  # share of a clause's words that a source must have to count as saying it


def remarks_on(text: str, sources: Sources) -> list[Remark]:
    """Everything that a new sentence says beyond the sources, hard faults first."""
    found = [*_form(text), *_figures(text, sources)]
    parsed = parse(text)
    if parsed is not None:
        found += [*_words(parsed, sources), *_claims(parsed, sources)]
    once = list(dict.fromkeys(found))
    return sorted(once, key=lambda remark: not remark.is_hard)


def _form(text: str) -> Iterator[Remark]:
    for match in lists().leftovers.finditer(text):
        if match[0].strip():
            yield Remark("leftover", match[0].strip())
    for match in lists().presumed.finditer(text):
        yield Remark("claim", match[0])
    small = text.lower().split()
    if len(small) >= ENGLISH_FROM and not lists().english & {word.strip(".,;:!?'’") for word in small}:
        yield Remark("foreign")
    if sum(character.isalpha() and ord(character) > 0x24F for character in text) > len(text) / 10:
        yield Remark("foreign")
    if len(small) > LONGEST:
        yield Remark("long", str(len(small)))


def _figures(text: str, sources: Sources) -> Iterator[Remark]:
    for link in figures.links_of(text):
        if link not in sources.known:
            yield Remark("link", link)
    known = [
        (value, content_of(remark))
        for source in sources.all
        for remark in source.remarks
        for value, _, _ in figures.numbers_of(remark)
    ]
    for value, written, near in figures.numbers_of(text):
        same = [around for other, around in known if other == value]
        telling = [one for one in near if not is_neutral(one) and not among(one, sources.job.keys | units())]
        if value == 1:
            continue
        is_letters = value <= SMALL and written.isalpha() and not telling and near & _counted()
        if not same and not is_letters:
            yield Remark("number", written)
        elif (
            same
            and telling
            and all(around and len(missing(telling, around)) == len(telling) for around in same)
        ):
            yield Remark("number_moved", written)


@cache
def units() -> Content:
    """Units such as "years", which do not show that two equal numbers count the same thing."""
    return frozenset(map(key, lists().units))


@cache
def _counted() -> Content:
    """What may be counted in the letter itself: "two quick questions"."""
    return frozenset(map(key, lists().counted))


def _words(found: Parse, sources: Sources) -> Iterator[Remark]:
    kinds = (
        ("date", figures.dates_of),
        ("name", figures.names_of),
        ("skill", figures.skills_of),
        ("title", figures.titles_of),
    )
    remarks = [remark for source in sources.all for remark in source.remarks]
    for kind, words_of in kinds:
        for word in words_of(found.tokens):
            if kind == "title" and word.lower() in lists().neutral:
                continue
            if not figures.is_said(word, sources.words):
                yield Remark(kind, word)
            elif kind == "date" and _is_elsewhere(word, found, remarks):
                yield Remark("number_moved", word)
    yield from (
        Remark("name", pair) for pair in figures.pairs_of(found.tokens) if fold(pair) not in sources.known
    )
    for token in found.tokens:
        is_new = token.lower in lists().feelings and not among(key(token.lower), sources.every)
        if is_new and not (token.lower == "love" and _is_modal(found, token)):
            yield Remark("feeling", token.text)


def _is_elsewhere(date: str, found: Parse, remarks: list[str]) -> bool:
    """Whether no remark with this date shares any other telling word with the sentence."""
    dates = {key(day) for day in lists().dates}
    telling = [one for one in keys_of(found.tokens) if not is_neutral(one) and one not in dates]
    known = [
        content_of(remark) for remark in remarks if date.lower() in remark.lower() and len(remark.split()) > 2
    ]
    return bool(telling and known) and all(len(missing(telling, one)) == len(telling) for one in known)


def _is_modal(found: Parse, token: Token) -> bool:
    """ "I'd love to hear" is a courtesy, "I love it" is a feeling."""
    return any(child.tag == "MD" for child in found.children(token))


def _claims(found: Parse, sources: Sources) -> Iterator[Remark]:
    clauses = clauses_of(found)
    yield from _reported(found, clauses, sources)
    yield from standing(found, clauses, sources)
    is_report = any(clause.verb in lists().reports and not clause.is_wish for clause in clauses)
    for clause in clauses:
        if _is_visit(found, clause):
            clause = replace(clause, side=Side.OTHER)
        remark = _promise(clause, sources) or _claim(clause, sources, is_report=is_report)
        if remark:
            yield remark


def _is_visit(found: Parse, clause: Clause) -> bool:
    """ "I enjoyed going round your shop"."""
    above = found.head(clause.head)
    above = found.head(above) if clause.head.dep == "pcomp" and above.pos == "ADP" else above
    return (
        clause.side is Side.ME
        and clause.head.dep in ("xcomp", "pcomp", "ccomp")
        and above.lemma in lists().hearing
        and clause.verb in lists().visiting
    )


def _reported(found: Parse, clauses: Sequence[Clause], sources: Sources) -> Iterator[Remark]:
    """A wrong speaker: "I mentioned that" about what they said, "you said that" about the candidate's own facts."""
    said = {clause.side for clause in clauses if clause.verb in lists().reports - HEARING}
    words = [token for token in found.tokens if tells(token) and not is_free(token) and not _is_number(token)]
    keys = frozenset(key(token.lemma) for token in words if token.lemma not in lists().reports)
    if not keys:
        return
    mine, theirs = missing(keys, sources.mine | sources.both), missing(keys, sources.theirs | sources.both)
    if said == {Side.ME} and mine and not theirs:
        yield Remark("moved_to_me", _lacking_words(words, mine))
    elif said == {Side.YOU} and theirs and not mine:
        yield Remark("moved_to_them", _lacking_words(words, theirs))


def _promise(clause: Clause, sources: Sources) -> Remark | None:
    if clause.side is not Side.ME or not clause.verb or (clause.is_denied and not clause.will):
        return None
    if any(token.lower == "we" for token in clause.words):
        return None
    objects = [token for token in clause.words if tells(token) and not is_free(token)]
    is_empty = _is_any(clause.verb, lists().no_promises) or clause.verb in lists().courtesies
    firmly = clause.will and not (is_empty and (is_frame(clause) or not objects))
    if not firmly and not (clause.is_wish and clause.verb in lists().promises):
        return None
    entered = [one for source in sources.of(Side.ME) for one in source.clauses if one.will or not firmly]
    if any(alike(key(clause.verb), key(one.verb)) for one in entered if one.verb):
        return None
    return Remark("promise", said_words(clause.words))


def _is_any(verb: str, entries: frozenset[str]) -> bool:
    return verb in entries or key(verb) in {key(entry) for entry in entries}


def _claim(clause: Clause, sources: Sources, *, is_report: bool) -> Remark | None:
    words = [token for token in clause.words if tells(token) and not is_free(token) and not _is_number(token)]
    frame = is_frame(clause)
    keys = frozenset(key(token.lemma) for token in words if not (frame and token.lemma == clause.verb))
    if not keys:
        return _bare_claim(clause, sources)
    if clause.side is Side.OTHER:
        lacking = missing(keys, sources.every)
        if not lacking and any(token.lower in MY for token in clause.words):
            not_mine = missing(keys, sources.mine | sources.both)
            return Remark("moved_to_me", _lacking_words(words, not_mine)) if not_mine else None
        if is_report and not lacking and _is_new_predicate(clause, sources):
            return Remark("told", said_words(clause.words))
        return _unsupported(words, lacking, "told" if is_report else "beyond")
    own = sources.of(clause.side, with_job=frame or clause.is_wish or clause.side is Side.YOU)
    if clause.side is Side.ME and not frame:
        return _own_claim(clause, words, keys, own, sources)
    lacking = missing(keys, frozenset[str]().union(*(source.keys for source in own)))
    if lacking:
        others = sources.mine if clause.side is Side.YOU else sources.theirs
        elsewhere = not missing(lacking, others | sources.both)
        if elsewhere:
            if frame and clause.side is Side.ME:
                return None
            return Remark(
                "moved_to_them" if clause.side is Side.YOU else "moved_to_me", _lacking_words(words, lacking)
            )
        kind = (
            "told" if clause.side is Side.YOU and not frame and clause.verb not in lists().light else "added"
        )
        return _unsupported(words, missing(lacking, others), kind)
    return _denied(clause, keys, own)


def _is_new_predicate(clause: Clause, sources: Sources) -> bool:
    """Whether what they are told to have said has a verb that nothing of theirs has: "you need a Polish teacher"."""
    return bool(clause.verb) and not (
        clause.verb in lists().polite
        or _is_any(clause.verb, lists().light | lists().reports)
        or any(among(key(clause.verb), one.keys) for one in sources.notes if one.side is not Side.ME)
    )


def _is_number(token: Token) -> bool:
    """Whether the word is a number, a unit that is counted, or a date; these have their own checks."""
    looked_up = lists().dates | lists().units | lists().number_words.keys()
    return token.pos == "NUM" or token.lower in looked_up or token.lemma in looked_up


def is_frame(clause: Clause) -> bool:
    """Whether a clause only introduces what is said: "I was glad to hear", "you mentioned"."""
    if clause.side is not Side.ME:
        return clause.verb in lists().telling
    if clause.verb in ("be", "remain"):
        return any(token.lower in lists().moods for token in clause.words)
    if clause.verb in ("know", "find", "write", "speak") and clause.has_object:
        # "I know sign language" is a claim, but "I'd like to know when you decide" is not.
        return False
    return clause.verb in lists().courtesies


def _bare_claim(clause: Clause, sources: Sources) -> Remark | None:
    """ "I have experience" has no details to check, but is wrong if nothing like it was entered."""
    claims = any(token.lemma in ("experience", "background", "skill") for token in clause.words)
    if clause.side is Side.ME and claims and not clause.is_wish and not sources.mine:
        return Remark("claim", said_words(clause.words))
    return None


def _own_claim(
    clause: Clause, words: list[Token], keys: Content, own: tuple[Source, ...], sources: Sources
) -> Remark | None:
    """Checks a claim about the candidate: a note must contain each thing it lists, and one must have the same verb."""
    verb = key(clause.verb)
    telling = set(words)
    parts = [frozenset(key(token.lemma) for token in part if token in telling) for part in clause.parts]
    parts = [things for part in parts if (things := frozenset(one for one in part if not alike(one, verb)))]
    if not parts:
        return _without_object(clause, sources)
    covering: list[Source] = []
    for things in parts:
        holding = [source for source in own if not missing(things, source.keys)]
        if not holding and clause.verb in ("bring", "offer", "have") and not missing(things, sources.mine):
            # A list of strengths that the parser did not split.
            holding = list(own)
        if not holding:
            return _not_held(words, things, own, sources)
        covering += holding
    if clause.verb and not any(_same_deed(clause, source) for source in covering):
        is_able = any(token.lower == "can" for token in clause.words)
        is_able = is_able and not any(source.is_skill for source in covering)
        return Remark("added" if clause.is_wish and not is_able else "deed", said_words(clause.words))
    if not clause.is_wish and all(source.is_aim for source in covering):
        return Remark("aim")
    return _denied(clause, keys, tuple(covering))


def _without_object(clause: Clause, sources: Sources) -> Remark | None:
    """ "I resigned", "I forgot to answer your question": the verb itself must be in a note, or refer to the email."""
    about_mail = any(token.lemma in ("answer", "question", "point", "correction") for token in clause.words)
    if about_mail or _is_any(clause.verb, lists().courtesies | lists().light):
        return None
    verbs = frozenset[str]().union(*(source.verbs for source in sources.notes if source.side is not Side.YOU))
    # "to get onboarding down", "both qualified last year": the parser takes nouns for verbs, and verbs for adjectives.
    verbs |= sources.mine | sources.both
    return None if among(key(clause.verb), verbs) else Remark("claim", said_words(clause.words))


def _not_held(
    words: list[Token], things: Content, own: tuple[Source, ...], sources: Sources
) -> Remark | None:
    lacking = min((missing(things, source.keys) for source in own), key=len, default=list(things))
    nowhere = missing(things, sources.mine | sources.both)
    if nowhere and not missing(nowhere, sources.theirs):
        return Remark("moved_to_me", _lacking_words(words, nowhere))
    return _unsupported(words, lacking, "claim")


def _same_deed(clause: Clause, source: Source) -> bool:
    verb = key(clause.verb)
    if source.is_aim and clause.is_wish:
        return True
    if among(verb, source.verbs) or among(verb, source.keys):
        return True
    # "7 years at Leeds" has no verb; "I had eight patients to look after" has one that says little.
    is_nominal = not any(one.verb for one in source.clauses)
    return (
        clause.verb in lists().light
        or (source.is_skill and clause.verb in lists().practicing)
        or (is_nominal and not source.is_skill and clause.verb in lists().producing)
    )


def _has_noun(words: list[Token], lacking: Iterable[str]) -> bool:
    return any(
        key(token.lemma) in lacking and token.pos in ("NOUN", "PROPN", "NUM", "VERB") for token in words
    )


def _is_bare_adjective(words: list[Token], lacking: Iterable[str]) -> bool:
    """ "I am bilingual" claims something; "lively workshops" only describes workshops that the notes mention."""
    known = {token.index for token in words if key(token.lemma) not in lacking}
    return any(
        key(token.lemma) in lacking
        and token.pos == "ADJ"
        and (token.dep == "acomp" or (token.dep in ("amod", "compound") and token.head not in known))
        for token in words
    )


def _unsupported(words: list[Token], lacking: list[str], kind: str) -> Remark | None:
    """A remark on words that the notes lack: of this kind if they claim something new, else only "added"."""
    if not lacking:
        return None
    is_new = _has_noun(words, lacking) or (kind == "claim" and _is_bare_adjective(words, lacking))
    if kind == "beyond" and not is_new:
        kind = "added"
    hard = is_new and kind != "added"
    return Remark(kind if hard else "added", _lacking_words(words, lacking))


def _denied(clause: Clause, keys: Content, own: tuple[Source, ...]) -> Remark | None:
    """Whether the clauses of the sources that are nearest to this one all say the opposite."""
    if clause.is_denied and (clause.verb in lists().unsaid or any(denies_too(one, keys) for one in own)):
        # "I didn't mention it", or a note in telegraph style whose "never" the parser gave to another word.
        return None
    shares = [
        ((len(keys) - len(missing(keys, other.keys))) / len(keys), other.is_denied)
        for source in own
        for other in source.clauses
    ]
    nearest = max((share for share, _ in shares), default=0.0)
    if nearest >= COMMON and all(denied != clause.is_denied for share, denied in shares if share == nearest):
        return Remark("negation")
    return None


def denies_too(source: Source, keys: Content) -> bool:
    """Whether a remark of a note has most of these words and a negation."""
    return source.is_typed and any(
        negations(remark) and len(missing(keys, content_of(remark))) <= (1 - COMMON) * len(keys)
        for remark in source.remarks
    )


def _lacking_words(words: Iterable[Token], lacking: Iterable[str]) -> str:
    """The words whose keys are lacking, as typed, for a remark."""
    lacking = set(lacking)
    return ", ".join(dict.fromkeys(token.text for token in words if key(token.lemma) in lacking))


def said_words(words: Iterable[Token]) -> str:
    return " ".join(token.text for token in words if token.pos != "PUNCT")
