"""Checks that a sentence consists of complete clauses that are joined correctly."""

from __future__ import annotations

from drafts.domain.notes.lists import word_sets
from drafts.domain.notes.parser import SUBJECTS, Parse, Token, parse


def has_unfinished_clause(found: Parse) -> bool:
    """A root that is not a finite verb with a subject, or several sentences instead of one."""
    roots = found.roots
    if len(roots) != 1:
        return True
    root = roots[0]
    if root.pos not in ("VERB", "AUX"):
        return True
    finite = found.finite(root)
    if finite.tag not in ("VBZ", "VBP", "VBD", "MD", "VB"):
        return True
    if found.subject(root) is None and finite.tag != "VB":
        return True
    return any(
        token.dep in ("ccomp", "parataxis")
        and token.index < root.index
        and found.subject(token) is not None
        and root.lemma not in ("say", "tell", "mention", "think", "hear")
        for token in found.children(root)
        if token.pos == "VERB"
    )


def is_verbless(found: Parse) -> bool:
    """A clause whose verb is a participle without "is" or "are", or whose subject is two adjacent noun phrases."""
    if any(_is_counted_thing(found, token) or is_thing_with_number(found, token) for token in found.tokens):
        return True
    return any(
        _lacks_be(found, token) or _is_two_things(found, token)
        for token in found.tokens
        if token.dep in ("nsubj", "nsubjpass")
    )


def _lacks_be(found: Parse, subject: Token) -> bool:
    """ "the rota changed and ...", "two references needed": a form in -ed that may be a participle."""
    verb = found.head(subject)
    may_be_participle = verb.tag in ("VBD", "VBN") and verb.lower.endswith("ed") and subject.pos != "PRON"
    if found.finite(verb) is not verb or not may_be_participle or verb.lemma in word_sets().alone:
        return False
    after = found.tokens[verb.index + 1 : verb.index + 2]
    if after and after[0].lower in ("and", "by"):
        return True
    return not any(
        child.index > verb.index and child.dep not in ("punct", "cc", "conj")
        for child in found.children(verb)
    )


def is_thing_with_number(found: Parse, verb: Token) -> bool:
    """ "builds 50 min", "the wait for scans 14 weeks": a plural noun before a number, taken for a verb."""
    after = found.tokens[verb.index + 1 : verb.index + 2]
    return (
        verb.tag == "VBZ" and bool(after) and after[0].tag == "CD" and verb.lemma not in word_sets().measuring
    )


def _is_counted_thing(found: Parse, verb: Token) -> bool:
    """ "11 reps each with ...": a plural noun after its number, taken for a verb."""
    before = found.tokens[verb.index - 1] if verb.index else verb
    return (
        verb.tag == "VBZ"
        and before.tag == "CD"
        and before.dep in SUBJECTS
        and before.lower not in ("one", "1")
    )


def _is_two_things(found: Parse, subject: Token) -> bool:
    """ "the rota the manager ...": two noun phrases before the verb with nothing that links them."""
    verb = found.head(subject)
    left = [part for part in found.subtree(subject) if part.index < verb.index]
    linked = any(
        part.pos in ("ADP", "CCONJ", "SCONJ") or part.tag in ("WDT", "WP", "VBG", "VBN", "POS")
        for part in left
    )
    return sum(part.tag in ("DT", "PRP$") for part in left) > 1 and not linked


def is_unattached(found: Parse) -> bool:
    """A word that the parser can attach to nothing, or a second clause right after a noun: "... myself I packed"."""
    quoted = False
    for token in found.tokens:
        quoted ^= token.text in ('"', "“", "”")
        if not quoted and (token.dep == "dep" or _follows_noun(found, token)):
            return True
    return False


def _follows_noun(found: Parse, subject: Token) -> bool:
    """A pronoun that begins a clause directly after a noun, and the clause is not part of it ("the list I keep")."""
    if subject.dep != "nsubj" or subject.tag != "PRP" or not subject.index:
        return False
    before = found.tokens[subject.index - 1]
    verb = found.head(subject)
    if verb.dep == "relcl" or found.finite(verb).index < subject.index:
        return False
    if verb.dep == "ccomp" and found.head(verb).lemma in word_sets().reporting:
        return False
    return before.pos in ("NOUN", "PROPN", "NUM") or before.lower.endswith(("self", "selves"))


def has_loose_start(found: Parse) -> bool:
    """A noun phrase without a verb before the clause: "142 units in Adamstown, the handover is slipping"."""
    root = found.roots[0]
    clauses = [root, *(token for token in found.tokens if token.dep == "ccomp" and found.head(token) is root)]
    for verb in clauses:
        subject = found.subject(verb)
        if subject is None:
            continue
        if verb is clauses[-1] and _has_loose_lead(found, subject):
            return True
        if any(
            child.dep == "appos"
            and child.pos == "NOUN"
            and not any(grand.dep == "det" for grand in found.children(child))
            for child in found.children(subject)
        ):
            return True
    return False


def _has_loose_lead(found: Parse, subject: Token) -> bool:
    """Whether a noun phrase, other than a time, is between the start (or "that") and the subject."""
    opening = next((token.index + 1 for token in found.tokens[:6] if token.lower == "that"), 0)
    whole = min(token.index for token in found.subtree(subject))
    lead = [token for token in found.tokens[opening:whole] if token.pos not in ("PUNCT", "SPACE")]
    if not lead:
        return False
    thing = lead[0].pos in ("NOUN", "PROPN", "NUM", "ADJ") or lead[0].tag in ("DT", "PRP$")
    return thing and lead[0].lower not in word_sets().time_words and not _has_verb(found, opening, whole)


def _has_verb(found: Parse, start: int, end: int) -> bool:
    return any(
        token.pos in ("VERB", "AUX") and token.tag not in ("VBG", "VBN", "VB")
        for token in found.tokens[start:end]
    )


MOST_CLAUSES = 4
SHORT_START = 3  # words before a comma that are no clause


def without_splices(text: str) -> list[str]:
    """The text, cut at each comma after which a new clause begins: "it is unlikely, they decide next week"."""
    parts: list[str] = []
    while len(parts) < MOST_CLAUSES - 1:
        found = parse(text)
        at = spliced(found) if found else None
        if found is None or at is None:
            break
        parts.append("".join(token.text + token.space for token in found.tokens[:at]).rstrip())
        text = "".join(token.text + token.space for token in found.tokens[at + 1 :]).strip()
    return [*parts, text]


def spliced(found: Parse) -> int | None:
    """The index of a comma after which a new clause begins, with a subject and a finite verb but no conjunction."""
    for token in found.tokens[1:-2]:
        if token.text == "," and _begins_clause(found, token.index + 1):
            return token.index
    return None


def _begins_clause(found: Parse, at: int) -> bool:
    first = found.tokens[at]
    if first.tag in ("CC", "IN", "WDT", "WP", "WRB", "VBG", "VBN", "TO") or first.dep in ("mark", "advmod"):
        return False
    for subject in found.tokens[at:]:
        if subject.dep not in SUBJECTS:
            continue
        verb = found.head(subject)
        return (
            min(part.index for part in found.subtree(subject)) == at
            and verb.index > subject.index
            and found.finite(verb).tag in ("VBZ", "VBP", "VBD", "MD")
            and verb.dep not in ("relcl", "acl")
            # "the counts, the orders and the returns, and the loss fell" is a list.
            and not any(token.text == "," for token in found.tokens[at : verb.index])
            and not _opens_the_sentence(found, at)
        )
    return False


def _opens_the_sentence(found: Parse, at: int) -> bool:
    """ "if it rains, we ...", "in January, they ...": the words before the comma belong to the clause after it."""
    before = found.tokens[: at - 1]
    is_bound = any(token.dep == "advcl" and token.head >= at for token in before)
    is_short = len(before) <= SHORT_START or before[0].pos in ("ADP", "ADV", "SCONJ")
    return is_bound or (is_short and not any(token.dep in SUBJECTS for token in before))
