"""Addresses a remark to the reader: he, she, they and the interviewer's own name become "you", and verbs agree."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from drafts.domain.notes.lists import note_lists, word_sets
from drafts.domain.notes.parser import SUBJECTS, Parse, Token

_HE_SHE = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
_HIM_HER = frozenset({"him", "her"})
_REFLEXIVE = frozenset({"himself", "herself", "themselves"})
_THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
_WE = frozenset({"we", "us", "our", "ours", "ourselves"})
_TO_YOU = {
    "he": "you", "she": "you", "they": "you", "we": "you", "him": "you", "them": "you", "us": "you",
    "his": "your", "their": "your", "our": "your", "hers": "yours", "theirs": "yours", "ours": "yours",
    "himself": "yourself", "herself": "yourself", "themselves": "yourselves", "ourselves": "yourselves",
}  # fmt: skip
_AGREES = {"is": "are", "'s": "'re", "was": "were", "has": "have", "does": "do"}


@dataclass(frozen=True, slots=True)
class Said:
    """A remark addressed to the reader. `sure`: whether every pronoun was clear. `turned`: whether any was changed."""

    text: str
    sure: bool
    turned: bool


def said_to_reader(parse: Parse, names: frozenset[str], *, we_is_us: bool = False) -> Said:
    """Turns a remark about the reader into one addressed to the reader.

    `names`: the words of the reader's own name, lower case. `we_is_us`: "we" is the writer and the reader together.
    """
    edits: dict[int, str] = {}
    kinds = {token.lower for token in parse.tokens}
    # "she had her spaniel with her, his name was Biscuit": "she" and "his" are not the same.
    sure = not (kinds & {"he", "him", "his", "himself"} and kinds & {"she", "her", "hers", "herself"})
    # "they're two down, one off with his back": "his" is not the reader's.
    sure = sure and not (kinds & {"his", "her", "him"} and kinds & _THEY and not kinds & {"he", "she"})
    turned_they = False
    for token in parse.tokens:
        kind = token.lower
        if kind in _REFLEXIVE and _is_of_another(parse, token):
            continue
        if kind in _HE_SHE:
            if _other_person_before(parse, token, names):
                sure = False
            edits[token.index] = _you(parse, token)
        elif kind in _THEY:
            turn, clear = _they(parse, token, turned_they)
            # "record them for the team": "them" is hardly ever the reader.
            sure = sure and clear and (kind != "them" or not turn)
            if turn:
                edits[token.index] = _you(parse, token)
                turned_they = True
        elif kind in _WE and not we_is_us and not _is_together(parse):
            sure = False
            edits[token.index] = _you(parse, token)
        elif kind in names and token.pos == "PROPN":
            edit = _named(parse, token, names)
            if edit is None:
                sure = False
            else:
                edits.update(edit)
    sure = _agree(parse, edits) and sure and not _acts_on_itself(parse, edits)
    return Said(_joined(parse, edits), sure, bool(edits))


def _is_of_another(parse: Parse, token: Token) -> bool:
    """ "someone who still climbs himself": the subject of the clause is somebody else."""
    verb = parse.head(token)
    while verb.pos not in ("VERB", "AUX") and verb.head != verb.index:
        verb = parse.head(verb)
    subject = parse.subject(verb)
    return subject is not None and subject.lower in ("who", "that")


def _acts_on_itself(parse: Parse, edits: dict[int, str]) -> bool:
    """ "Ann let him do the talking": of two people in one clause only one can be the reader."""
    for index, text in edits.items():
        token = parse.tokens[index]
        if (
            text != "you"
            or token.dep not in ("dobj", "dative", "pobj", "nsubj")
            or token.lower not in _HIM_HER
        ):
            continue
        verb = parse.head(token)
        while verb.pos != "VERB" and verb.head != verb.index:
            verb = parse.head(verb)
        for one in (verb, parse.head(verb)):
            subject = parse.subject(one)
            if (
                subject is not None
                and subject.index != index
                and edits.get(subject.index) == "you"
                and one.index < index
            ):
                return True
    return False


def _agree(parse: Parse, edits: dict[int, str]) -> bool:
    """Adds to `edits` the verb that goes with each "you". Returns whether every such verb was clear."""
    sure = True
    for index in list(edits):
        if edits[index] == "you" and parse.tokens[index].dep in SUBJECTS:
            edits.update(_agreement(parse, parse.tokens[index]))
            sure = sure and not _joins_bare_be(parse, parse.tokens[index])
    return sure


def _you(parse: Parse, token: Token) -> str:
    if token.lower == "her":
        return "your" if token.tag == "PRP$" or token.dep == "poss" else "you"
    return _TO_YOU[token.lower]


def _is_together(parse: Parse) -> bool:
    return any(token.lower in word_sets().together for token in parse.tokens)


def _other_person_before(parse: Parse, token: Token, names: frozenset[str]) -> bool:
    """Whether "he" or "she" may refer to somebody else who was named before."""
    people = note_lists().people
    for at, other in enumerate(parse.tokens):
        titled = at and parse.tokens[at - 1].lower.rstrip(".") in word_sets().titles
        if titled and other.pos == "PROPN" and other.lower not in names:
            return True
    for other in parse.tokens[: token.index]:
        if other.tag in ("NN", "NNP") and other.lower in people and other.dep not in ("compound", "poss"):
            return True
        if (
            other.tag == "NNP"
            and other.lower not in names
            and other.dep in ("nsubj", "nsubjpass")
            and not any(c.isdigit() for c in other.text)
            and not other.text.isupper()
        ):
            return True
    return False


def _they(parse: Parse, token: Token, turned: bool) -> tuple[bool, bool]:
    """Whether "they" is the reader's side, and whether that is clear."""
    plural = [
        other
        for other in parse.tokens[: token.index]
        if (other.tag in ("NNS", "NNPS") or _is_one_of_many(parse, other) or other.lower in word_sets().crowd)
        and other.lemma not in word_sets().measures
        and other.dep != "compound"
        and not (other.text.isupper() or any(character.isdigit() for character in other.text))
    ]
    if not plural:
        return True, True
    if not turned:
        # "reps who ... because they": "they" are the reps. In a main clause it may be the person who was speaking.
        # "technicians do it themselves" is clear.
        return False, token.lower == "themselves" or parse.head(token).dep not in ("conj", "ROOT", "ccomp")
    # "they have 42 residents and they need ...": the same subject goes on.
    verb = parse.head(token)
    if token.dep in SUBJECTS and verb.dep == "conj":
        first = parse.subject(parse.head(verb))
        if first is not None and first.lower in _THEY:
            return True, True
    return True, False


def _is_one_of_many(parse: Parse, noun: Token) -> bool:
    """ "every driver", "a child": a singular that "they" may refer to."""
    return noun.tag == "NN" and (
        any(child.lower in ("every", "each", "any") for child in parse.children(noun))
        or noun.lower in note_lists().people
    )


def _short_verb(parse: Parse, subject: Token) -> dict[int, str]:
    """ "Ann's never had" -> "you've never had", "Ann's the manager" -> "you're ...": the verb in 's after a name."""
    following = parse.tokens[subject.index + 1 : subject.index + 4]
    if not following or following[0].lower != "'s":
        return {}
    participle = next((token for token in following[1:] if token.pos != "ADV"), None)
    has = participle is not None and participle.tag in ("VBN", "VBD")
    return {following[0].index: "'ve" if has else "'re"}


def _named(parse: Parse, token: Token, names: frozenset[str]) -> dict[int, str] | None:
    """The reader's own name as subject or possessor, with all of its words; None elsewhere."""
    head = token
    while parse.head(head) is not head and head.dep == "compound" and parse.head(head).lower in names:
        head = parse.head(head)
    edits = {
        part.index: ""
        for part in parse.subtree(head)
        if part.lower in names or part.lower.rstrip(".") in word_sets().own_titles
    }
    if head.dep == "poss":
        edits.update({part.index: "" for part in parse.children(head) if part.tag == "POS"})
        return {**edits, head.index: "your"}
    if head.dep in SUBJECTS:
        edits |= _short_verb(parse, head)
    if head.dep in SUBJECTS or head.dep in ("dobj", "pobj", "dative"):
        return {**edits, head.index: "you"}
    return None


def _agreement(parse: Parse, subject: Token) -> dict[int, str]:
    """The finite verbs of a subject that became "you", and of verbs joined to them without a subject of their own."""
    edits: dict[int, str] = {}
    verbs = [parse.head(subject)]
    for verb in verbs:
        finite = parse.finite(verb)
        changed = _plural_verb(parse, finite)
        if changed:
            edits[finite.index] = changed
        verbs += [
            child
            for child in parse.children(verb)
            if child.dep == "conj" and child.pos in ("VERB", "AUX") and parse.subject(child) is None
        ]
    return edits


def _joins_bare_be(parse: Parse, subject: Token) -> bool:
    """ "they have 42 residents and on night is one nurse": "they" is not the subject of the second verb."""
    return any(
        child.dep == "conj"
        and child.lemma == "be"
        and parse.subject(child) is None
        and child.index > 1
        and parse.tokens[child.index - 1].lower not in ("and", "or", "but", ",")
        for child in parse.children(parse.head(subject))
    )


def _plural_verb(parse: Parse, finite: Token) -> str:
    low = finite.lower
    if low == "'s":
        following = parse.tokens[finite.index + 1 : finite.index + 3]
        participle = next((token for token in following if token.tag == "VBN"), None)
        if participle is None or participle.lower in word_sets().states:
            return "'re"
        agent = any(child.dep == "agent" for child in parse.children(participle))
        return "'re" if agent else "'ve"
    if low in _AGREES:
        return _AGREES[low]
    return base_of(finite) if finite.tag == "VBZ" else ""


def base_of(verb: Token) -> str:
    """ "runs" -> "run". Unlike the parser's lemma, "rides" gives "ride" and not "rid"."""
    for base in (verb.lemma, verb.lower.removesuffix("s"), verb.lower.removesuffix("es")):
        if base and inflected(base, "VBZ") == verb.lower:
            return inflected(base, "VBP")
    return inflected(verb.lemma, "VBP")


@cache
def _lemminflect() -> Any:
    """It imports spaCy, so it is loaded only with the parser and not by every command."""
    import lemminflect  # type: ignore[import-untyped]  # ships no types

    return lemminflect


@lru_cache(maxsize=4096)
def inflected(lemma: str, tag: str) -> str:
    """The form of a word for a Penn Treebank tag; the lemma if no other form is known."""
    forms: tuple[str, ...] = _lemminflect().getInflection(lemma, tag)
    return forms[0] if forms else lemma


@lru_cache(maxsize=4096)
def is_mass(noun: str) -> bool:
    """Whether a noun needs no article in the singular ("equipment", "training")."""
    if noun in note_lists().mass:
        return True
    forms: dict[str, tuple[str, ...]] = _lemminflect().getAllInflections(noun, upos="NOUN")
    if "NN" not in forms:
        # The dictionary lacks British spellings.
        return noun.endswith(("isation", "ization", "ness", "ology", "ism"))
    return forms.get("NNS", (noun,)) == (noun,)


@lru_cache(maxsize=4096)
def is_verb_only(word: str) -> bool:
    """Whether a word is the base form of a verb and not a noun ("redo", "organize")."""
    verbs: dict[str, tuple[str, ...]] = _lemminflect().getAllInflections(word, upos="VERB")
    return word in verbs.get("VB", ()) and not _lemminflect().getAllInflections(word, upos="NOUN")


@lru_cache(maxsize=4096)
def is_verb(word: str) -> bool:
    """Whether a word is the base form of a verb."""
    verbs: dict[str, tuple[str, ...]] = _lemminflect().getAllInflections(word, upos="VERB")
    return word in verbs.get("VB", ())


@cache
def _bases_of_verbs() -> dict[str, tuple[str, ...]]:
    """The base forms of every form of a verb.

    Read from lemminflect's file, because its own dictionary has all other words as well, and takes 30 MB.
    """
    from lemminflect import config
    from lemminflect.codecs.LemmaLUCodec import LemmaLUCodec  # type: ignore[import-untyped]  # ships no types
    from lemminflect.codecs.OverridesCodec import OverridesCodec  # type: ignore[import-untyped]  # as above

    bases: dict[str, tuple[str, ...]] = {}
    one_of_each: dict[tuple[str, ...], tuple[str, ...]] = {}
    with gzip.open(config.lemma_lu_fn, "rt", encoding="utf-8") as lines:
        for line in lines:
            word, category, found = LemmaLUCodec.fromString(line)
            if category == "verb":
                bases[word] = one_of_each.setdefault(found, found)
    overrides = OverridesCodec.load(config.lemma_overrides_fn)
    return bases | {word: by_kind["VERB"] for word, by_kind in overrides.items() if "VERB" in by_kind}


def base_forms(word: str) -> tuple[str, ...]:
    """The base forms of which a word in small letters may be a form as a verb: "left" -> "leave"."""
    return _bases_of_verbs().get(word, ())


@lru_cache(maxsize=4096)
def is_adjective(word: str) -> bool:
    """Whether the dictionary has a word as an adjective."""
    return bool(_lemminflect().getAllInflections(word, upos="ADJ"))


def _joined(parse: Parse, edits: dict[int, str]) -> str:
    out = []
    for token in parse.tokens:
        text = edits.get(token.index, token.text)
        if text == "" and token.index in edits:
            continue
        out.append(text + token.space)
        if (
            token.index in edits
            and not token.space
            and text in ("your", "you", "yours")
            and token.index + 1 < len(parse.tokens)
        ):
            following = parse.tokens[token.index + 1]
            if edits.get(following.index) == "":
                out.append(" ")
    return "".join(out).strip()
