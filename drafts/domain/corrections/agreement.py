"""Agreement of a verb with its subject."""

from __future__ import annotations

from collections.abc import Iterator

from drafts.domain.corrections import forms
from drafts.domain.corrections.rules import word_list
from drafts.domain.corrections.sentence import Edit, Sentence, is_subject
from drafts.domain.notes.lists import word_sets
from drafts.domain.notes.nouns import is_plural_number
from drafts.domain.notes.parser import Token
from drafts.domain.notes.reader import base_forms, is_mass

_RULE = "agreement"
_PLURAL = {"is": "are", "was": "were", "has": "have", "does": "do"}
_ONE = {"are": "is", "were": "was", "have": "has", "do": "does"}


def edits(sentence: Sentence) -> Iterator[Edit]:
    for token in sentence.tokens:
        if token.lower == "there":
            yield from _there_is(sentence, token)
        if is_subject(token):
            yield from _agreement(sentence, token)


def _agreement(sentence: Sentence, subject: Token) -> Iterator[Edit]:
    verb = sentence.head(subject)
    finite = sentence.finite(verb)
    if finite.index < subject.index:
        yield from _question(sentence, subject, finite)
    elif subject.lower == "who":
        yield from _relative(sentence, subject, verb, finite)
    elif (kind := _kind(subject)) and _is_clear(sentence, subject, finite):
        yield from _RULES[kind](sentence, subject, finite)


def _is_clear(sentence: Sentence, subject: Token, finite: Token) -> bool:
    """Whether a word is surely the subject: not an object, part of a longer phrase, or one of several."""
    between = sentence.tokens[subject.index : finite.index]
    if any(one.pos in ("PUNCT", "SYM") or one.text in "`*" for one in between):
        return False
    parts = sentence.parse.subtree(subject) if sentence.parse else iter(())
    first = min((one.index for one in parts), default=subject.index)
    before = sentence.tokens[first - 1] if first else None
    if before is None:
        return True
    if before.text in "-–/`*(" or (before.tag == "IN" and before.lower not in word_list("clause_openers")):
        # "the connections without a request are", "a late thank-you is"
        return False
    if before.pos == "VERB" and forms.base(before.lower) not in word_list("asking"):
        # "those of the thread that loaded it are", "who claim their work lose"
        return False
    earlier = sentence.tokens[max(0, first - 7) : first]
    return subject.tag != "NN" or not any(one.lower in ("and", "or", ",", "nor") for one in earlier)


def _kind(subject: Token) -> str:
    """By which rule a subject and its verb agree."""
    if subject.lower in ("ours", "yours", "theirs"):
        # Of one thing or many.
        return ""
    if subject.lower in word_list("singular_subjects"):
        return "singular"
    if subject.lower in ("i", "we", "you", "they"):
        return "pronoun"
    if subject.lower in ("most", "some", "many", "all"):
        return "part"
    return {"NNS": "plural", "NN": "noun"}.get(subject.tag, "")


def _is_next(sentence: Sentence, subject: Token, finite: Token) -> bool:
    """Whether only adverbs stand between."""
    return all(one.pos == "ADV" for one in sentence.tokens[subject.index + 1 : finite.index])


def _wants_bare(sentence: Sentence, subject: Token) -> bool:
    """Whether a word before the subject takes a bare verb."""
    return any(
        one.lower in word_list("bare_before")
        for one in sentence.tokens[max(0, subject.index - 6) : subject.index]
    )


def _is_joined(sentence: Sentence, subject: Token) -> bool:
    return any(child.dep in ("conj", "cc", "appos") for child in sentence.children(subject))


def _singular(sentence: Sentence, subject: Token, finite: Token) -> Iterator[Edit]:
    """ "he show", "she have", "everybody are"."""
    if not _is_next(sentence, subject, finite) or _is_joined(sentence, subject):
        return
    if finite.lower in ("are", "have", "do") or (
        finite.lower == "were" and subject.lower not in ("he", "she", "it")
    ):
        if not _wants_bare(sentence, subject):
            yield sentence.replace(_RULE, finite, _ONE[finite.lower])
        return
    yield from _bare(sentence, subject, finite)


def _bare(sentence: Sentence, subject: Token, verb: Token) -> Iterator[Edit]:
    """A bare verb after a singular subject."""
    base = forms.base(verb.lower)
    is_bare = (
        base == verb.lower and forms.form(base, "VBD") != base and base not in ("be", "do", "have", "round")
    )
    if not is_bare or verb.tag not in ("VBP", "VB", "VBD") or _wants_bare(sentence, subject):
        return
    if any(other != base for other in base_forms(verb.lower)) or _has_verb_after(sentence, verb):
        # "she found it", "the database lock for the trial is"
        return
    if verb.dep in ("xcomp",) or any(child.dep in ("aux", "auxpass") for child in sentence.children(verb)):
        return
    near = sentence.tokens[max(0, subject.index - 2) : subject.index]
    is_over = {one.lower for one in near} & {"last", "former", "previous", "old"}
    tag = "VBD" if is_over or _is_told(sentence, base, verb) else "VBZ"
    yield sentence.replace(_RULE, verb, forms.form(base, tag))


def _has_verb_after(sentence: Sentence, verb: Token) -> bool:
    """Whether another finite verb follows before the clause ends, so that this word may be a noun."""
    for one in sentence.tokens[verb.index + 1 :]:
        if one.pos in ("PUNCT", "CCONJ", "SCONJ") or (
            one.tag in ("WDT", "WP", "WRB", "PRP", "IN") and one.lower == "that"
        ):
            return False
        if one.tag == "PRP" or one.tag in ("WP", "WRB", "WDT"):
            return False
        if one.tag in ("VBZ", "VBD", "MD"):
            return True
    return False


def _is_told(sentence: Sentence, base: str, verb: Token) -> bool:
    """Whether a verb is about what somebody did in the interview."""
    before, after = sentence.before(verb), sentence.after(verb)
    if before is not None and before.lower in ("always", "usually", "often", "sometimes", "never"):
        return False
    return (
        base in word_list("told")
        and after is not None
        and after.lower
        in ("me", "us", "that", "about", "very", "all", "to", "my", "if", "whether", "what", "how")
    )


def _pronoun(sentence: Sentence, subject: Token, finite: Token) -> Iterator[Edit]:
    """ "I has", "they was", "we needs"."""
    before = sentence.before(subject)
    if before is not None and (before.tag in ("IN", "CC") or before.lower in ("than", "like")):
        # "one of you is", "John and I was"
        return
    if finite.index != subject.index + 1:
        return
    if subject.lower == "i":
        new = {"is": "am", "has": "have", "does": "do", "are": "am", "were": ""}.get(finite.lower, "")
    else:
        new = _PLURAL.get(finite.lower, "")
    base = forms.base(finite.lower)
    if not new and finite.tag == "VBZ" and base and base not in ("be", "have", "do"):
        new = base if forms.form(base, "VBZ") == finite.lower and base != finite.lower else ""
    if new and finite.lower not in ("'s",):
        yield sentence.replace(_RULE, finite, new)


def _plural(sentence: Sentence, subject: Token, finite: Token) -> Iterator[Edit]:
    """ "my clients was", "the customers wants"."""
    if not _is_clear_plural(sentence, subject) or "," in [
        one.text for one in sentence.tokens[subject.index : finite.index]
    ]:
        return
    if is_mass(subject.lower) and subject.lower != "people":
        return
    new = _PLURAL.get(finite.lower, "")
    base = forms.base(finite.lower)
    if (
        not new
        and finite.tag == "VBZ"
        and base
        and finite.index == subject.index + 1
        and finite.lower != "'s"
    ):
        new = base if base != finite.lower and forms.form(base, "VBZ") == finite.lower else ""
    if new:
        yield sentence.replace(_RULE, finite, new)


def _part(sentence: Sentence, subject: Token, finite: Token) -> Iterator[Edit]:
    """ "most of the teachers was"."""
    of = sentence.after(subject)
    nouns = (
        [child for child in sentence.children(of) if child.dep == "pobj"] if of and of.lower == "of" else []
    )
    if nouns and nouns[0].tag == "NNS" and finite.lower in _PLURAL and not is_mass(nouns[0].lower):
        yield sentence.replace(_RULE, finite, _PLURAL[finite.lower])


def _is_clear_plural(sentence: Sentence, subject: Token) -> bool:
    if not (subject.text.islower() and subject.text.isalpha()) or subject.lower in word_list("one_thing"):
        return False
    if subject.dep not in ("nsubj", "nsubjpass") or any(
        child.tag == "CD" or child.lower in ("no", "every") for child in sentence.children(subject)
    ):
        return False
    first = min((one.index for one in sentence.parse.subtree(subject)), default=0) if sentence.parse else 0
    before = sentence.tokens[first - 1] if first else None
    if before is not None and (
        before.tag in ("IN", "VBG", "VB")
        and before.lower not in ("that", "because", "if", "when", "so", "as")
    ):
        # "working with people is", "doing nights was"
        return False
    return not any(one.lower.endswith("ing") for one in sentence.tokens[max(0, first - 3) : subject.index])


def _noun(sentence: Sentence, subject: Token, finite: Token) -> Iterator[Edit]:
    """ "my father have", "the contract finish", "the information are"."""
    if subject.lower in word_sets().collective or _is_joined(sentence, subject) or not subject.text.islower():
        return
    if subject.lower in _MASS and finite.lower in ("are", "were", "have"):
        yield sentence.replace(_RULE, finite, _ONE[finite.lower])
        return
    children = {child.lower for child in sentence.children(subject)}
    if not children & (word_sets().singling | {"one", "our", "their"}) or not _is_next(
        sentence, subject, finite
    ):
        return
    if finite.lower in ("have", "do", "are") and finite.tag == "VBP" and not _wants_bare(sentence, subject):
        yield sentence.replace(_RULE, finite, _ONE[finite.lower])
    elif finite.tag == "VBP":
        yield from _bare(sentence, subject, finite)


_MASS = frozenset(
    {
        "information",
        "advice",
        "equipment",
        "feedback",
        "knowledge",
        "furniture",
        "luggage",
        "news",
        "homework",
    }
)


def _relative(sentence: Sentence, subject: Token, verb: Token, finite: Token) -> Iterator[Edit]:
    """ "the one who cook"."""
    before = sentence.before(subject)
    if (
        before is None
        or (before.tag != "NN" and before.lower != "one")
        or finite is not verb
        or verb.dep != "relcl"
    ):
        return
    if before.lower in word_sets().collective or finite.index != subject.index + 1:
        return
    if before.lower in word_list("occupations") | word_list("one_person"):
        if finite.lower in ("are", "have", "do"):
            yield sentence.replace(_RULE, finite, _ONE[finite.lower])
        elif finite.tag in ("VBP", "VB"):
            yield from _bare(sentence, subject, finite)


def _there_is(sentence: Sentence, there: Token) -> Iterator[Edit]:
    """ "there was two machines"; "there is 20 minutes between trains" is right."""
    verb, number, noun = sentence.after(there), sentence.after(there, 2), sentence.after(there, 3)
    if verb is None or number is None or noun is None or verb.lower not in ("is", "was"):
        return
    is_many = number.lower in ("many", "several") or (number.tag == "CD" and is_plural_number(number.lower))
    is_thing = noun.tag in ("NNS", "NN", "JJ") and noun.lower.isalpha()
    if is_many and is_thing and noun.lower not in word_list("one_thing"):
        yield sentence.replace(_RULE, verb, _PLURAL[verb.lower])


def _question(sentence: Sentence, subject: Token, finite: Token) -> Iterator[Edit]:
    """ "what is the documents", "does they work"."""
    first = sentence.tokens[0].lower
    if finite.lower not in ("is", "was", "does", "has") or subject.dep != "nsubj":
        return
    if first not in word_list("question_words") and first != finite.lower:
        return
    between = sentence.tokens[finite.index + 1 : subject.index]
    if any(one.tag == "CD" or one.text == "," for one in between):
        return
    has_the = any(one.lower in word_list("the") - {"a", "an", "this"} for one in between)
    if subject.lower in ("they", "we", "you") or (has_the and _is_many(subject)):
        yield sentence.replace(_RULE, finite, _PLURAL[finite.lower])


def _is_many(subject: Token) -> bool:
    is_one = subject.lower in word_list("one_thing") - {"hours", "days"}
    return subject.tag == "NNS" and subject.text.islower() and not is_one


_RULES = {"singular": _singular, "pronoun": _pronoun, "part": _part, "plural": _plural, "noun": _noun}
