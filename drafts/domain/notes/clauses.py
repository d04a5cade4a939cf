"""Checks that a sentence consists of complete clauses that are joined correctly."""

from __future__ import annotations

from drafts.domain.notes.lists import word_sets
from drafts.domain.notes.parser import Parse, Token


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
    return any(
        _lacks_be(found, token) or _is_two_things(found, token)
        for token in found.tokens
        if token.dep in ("nsubj", "nsubjpass")
    )


def _lacks_be(found: Parse, subject: Token) -> bool:
    """ "the rota changed and ...", "two references needed": a form in -ed that may be a participle."""
    verb = found.head(subject)
    may_be_participle = verb.tag in ("VBD", "VBN") and verb.lower.endswith("ed") and subject.pos != "PRON"
    if found.finite(verb) is not verb or not may_be_participle:
        return False
    after = found.tokens[verb.index + 1 : verb.index + 2]
    if after and after[0].lower in ("and", "by"):
        return True
    return not any(
        child.index > verb.index and child.dep not in ("punct", "cc", "conj")
        for child in found.children(verb)
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


def is_run_on(found: Parse) -> bool:
    """Two whole clauses with only a comma between them, or a verb left hanging after one."""
    return any(
        _is_second_clause(found, token)
        or _has_comma_before_verb(found, token)
        or _is_left_hanging(found, token)
        for token in found.tokens
        if not _is_inner_subject(found, token)
    )


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


def _is_inner_subject(found: Parse, token: Token) -> bool:
    """The subject of a relative clause or a nonfinite verb, which needs no punctuation before it."""
    if token.dep not in ("nsubj", "nsubjpass", "expl") or not token.index:
        return False
    finite = found.finite(found.head(token))
    return finite.tag not in ("VBZ", "VBP", "VBD", "MD") or token.tag in ("WDT", "WP")


def _is_second_clause(found: Parse, subject: Token) -> bool:
    """ "we use Kafka, the team likes it": a clause separated from a main clause by punctuation."""
    if subject.dep not in ("nsubj", "nsubjpass", "expl") or not subject.index:
        return False
    start = _clause_start(found, subject)
    return (
        start > 0
        and found.tokens[start - 1].text in (",", ";", ":")
        and _has_verb(found, 0, start - 1)
        and not _is_fronted(found, start - 1)
    )


def _has_comma_before_verb(found: Parse, subject: Token) -> bool:
    """ "the manager, runs the floor": one comma between a subject and its verb."""
    if subject.dep not in ("nsubj", "nsubjpass"):
        return False
    finite = found.finite(found.head(subject)).index
    last = max((part.index for part in found.subtree(subject) if part.index < finite), default=subject.index)
    return sum(found.tokens[at].text == "," for at in range(last + 1, finite)) == 1


def _is_left_hanging(found: Parse, verb: Token) -> bool:
    """ "..., needs people": a finite verb after a comma, without a subject or a conjunction."""
    if verb.tag not in ("VBZ", "VBD", "VBP") or not verb.index or verb.dep in ("aux", "auxpass"):
        return False
    if found.tokens[verb.index - 1].text != "," or found.subject(verb) is not None:
        return False
    joined = any(child.dep == "cc" for child in found.children(found.head(verb)))
    return not joined and not any(child.dep == "conj" for child in found.children(verb))


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
        if verb is root and _has_loose_front(found, subject):
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


def _has_loose_front(found: Parse, subject: Token) -> bool:
    """Whether a noun phrase and a comma or colon come before the clause, without a verb."""
    start = _clause_start(found, subject)
    marks = any(token.text in (",", ":") for token in found.tokens[:start])
    if not marks or _has_verb(found, 0, start):
        return False
    first = found.tokens[0]
    return first.pos in ("NOUN", "PROPN", "NUM", "DET", "PRON") and first.lower not in word_sets().front_words


def has_loose_end(found: Parse) -> bool:
    """Words after the last comma that attach to nothing: "..., every month small group"."""
    marks = [token.index for token in found.tokens if token.text in (",", ";", ":")]
    if not marks:
        return False
    words = [token for token in found.tokens[marks[-1] + 1 :] if token.pos not in ("PUNCT", "SPACE")]
    if len(words) == 1:
        # "to the cookoff, brisket"; a name may be spoken to.
        return words[0].pos == "NOUN"
    if not words or any(token.pos in ("VERB", "AUX") for token in words):
        return False
    first = words[0]
    if first.lower in word_sets().loose_starts:
        return True
    if first.pos in ("ADP", "SCONJ", "CCONJ", "DET") or first.lower in word_sets().joins_on:
        return False
    if any(token.lower in ("and", "or") for token in words):
        return False
    return first.pos in ("NOUN", "ADJ", "NUM", "PROPN", "ADV", "PRON")


def _clause_start(found: Parse, subject: Token) -> int:
    """Where the clause of a subject begins: its leftmost word up to the comma or connective before it."""
    start = min(token.index for token in found.subtree(subject))
    while (
        start
        and found.tokens[start - 1].text not in (",", ";", ":")
        and found.tokens[start - 1].pos in ("ADV", "ADP", "NOUN", "DET", "ADJ", "NUM", "PROPN")
        and found.tokens[start - 1].dep not in ("mark", "cc")
    ):
        start -= 1
    return start


def _has_verb(found: Parse, start: int, end: int) -> bool:
    return any(
        token.pos in ("VERB", "AUX") and token.tag not in ("VBG", "VBN", "VB")
        for token in found.tokens[start:end]
    )


def _is_fronted(found: Parse, comma: int) -> bool:
    """Whether the part before a comma is a subordinate clause: "when the price goes up, the variance grows"."""
    start = max(
        (
            token.index + 1
            for token in found.tokens[:comma]
            if token.text in (",", ";", ":") or token.lower == "that"
        ),
        default=0,
    )
    words = [token for token in found.tokens[start:comma] if token.pos != "PUNCT"]
    return any(word.lower in word_sets().subordinators for word in words[:2])
