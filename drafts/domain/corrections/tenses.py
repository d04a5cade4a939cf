"""Tenses: the present perfect with "since", the past with "yesterday", and irregular pasts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafts.domain import proofread
from drafts.domain.corrections import forms
from drafts.domain.corrections.rules import word_list
from drafts.domain.corrections.sentence import Edit, Sentence
from drafts.domain.notes.parser import Token
from drafts.domain.notes.reader import is_verb

_YEAR = re.compile(r"(?:19|20)\d\d")
_BEGINNINGS = frozenset(
    {"be", "start", "come", "arrive", "move", "finish", "graduate", "leave", "begin", "join"}
)


def edits(sentence: Sentence) -> Iterator[Edit]:
    for token in sentence.tokens:
        yield from _perfect(sentence, token)
        yield from _past(sentence, token)
        yield from _regularized(sentence, token)
        yield from _joined_to_past(sentence, token)


# ---------------------------------------------------------------- since


def _perfect(sentence: Sentence, token: Token) -> Iterator[Edit]:
    verb = sentence.verb_over(sentence.head(token) if token.dep == "mark" else token)
    if verb is None or not _is_duration(sentence, token, verb):
        return
    finite = sentence.finite(verb)
    subject = sentence.subject(verb)
    if token.lower in ("from", "already") and (
        finite.lower in ("have", "has", "'ve") or _is_present(sentence, verb)
    ):
        new = "since" if _year_after(sentence, token) else "for"
        yield sentence.replace("since_for", token, new)
    if subject is None or subject.index > verb.index or not _is_present(sentence, verb):
        return
    yield from _made_perfect(sentence, verb, finite, _have(subject, finite))


def _is_duration(sentence: Sentence, token: Token, verb: Token) -> bool:
    """Whether "since 2017", "from 2017", "already 4 years" or the like depends on this verb."""
    if token.lower == "already":
        return _counted(sentence, token) is not None
    if token.lower not in ("since", "from", "for"):
        return False
    time = next((child for child in sentence.children(token) if child.dep == "pobj"), None)
    if token.lower == "since":
        if time is None:
            return token.dep == "mark" and _is_beginning(sentence, token)
        return any(_is_time(part) for part in sentence.parse.subtree(time)) if sentence.parse else False
    if time is None or any(child.lower in ("to", "until", "till") for child in sentence.children(verb)):
        return False
    if token.lower == "from":
        return bool(_year_after(sentence, token)) or _counted(sentence, token) is not None
    return (
        time.lower == "years"
        and forms.base(verb.lower) in word_list("going_on")
        and _ends_after(sentence, time)
    )


def _ends_after(sentence: Sentence, time: Token) -> bool:
    after = sentence.after(time)
    return after is None or after.text in (".", "!") or after.lower in ("and", "as", "in", "now", "already")


def _is_time(token: Token) -> bool:
    return bool(_YEAR.fullmatch(token.text)) or token.lower in word_list("times") | word_list(
        "long_units"
    ) | word_list("months") | word_list("days")


def _is_beginning(sentence: Sentence, mark: Token) -> bool:
    """ "since I was eighteen", "since I started": not a reason."""
    verb = sentence.head(mark)
    subject = sentence.subject(verb)
    return (
        subject is not None
        and subject.lower in ("i", "we")
        and forms.base(verb.lower) in _BEGINNINGS
        and sentence.finite(verb) is verb
        and forms.is_form(verb.lower, "VBD" if verb.lower != "were" else "VBP") | (verb.lower == "were")
    )


def _year_after(sentence: Sentence, token: Token) -> bool:
    year, after = sentence.after(token), sentence.after(token, 2)
    return (
        year is not None
        and bool(_YEAR.fullmatch(year.text))
        and not (after and after.lower in ("to", "until", "till", "-", "–", "through", "on", "onwards", "up"))
    )


def _counted(sentence: Sentence, token: Token) -> Token | None:
    """The unit in "4 years" directly after a word."""
    number, unit = sentence.after(token), sentence.after(token, 2)
    if number is None or unit is None or number.tag != "CD" or unit.lower not in word_list("long_units"):
        return None
    after = sentence.after(unit)
    is_age = after is not None and after.lower in ("old", "ago", "to", "up", "of", "and")
    return None if is_age and after is not None and after.lower != "and" else unit


def _is_present(sentence: Sentence, verb: Token) -> bool:
    finite = sentence.finite(verb)
    if finite.lower in ("have", "has", "'ve") and finite is not verb:
        return False
    if finite is not verb:
        return finite.lower in ("am", "is", "are", "'m", "'re", "'s", "do", "does")
    is_bare = finite.tag == "VB" and not any(child.dep == "aux" for child in sentence.children(verb))
    return finite.tag in ("VBP", "VBZ") or (is_bare and finite.dep in ("ROOT", "conj", "ccomp"))


def _have(subject: Token, finite: Token) -> str:
    is_one = subject.lower in ("he", "she", "it", "this", "that") or (
        subject.tag in ("NN", "NNP") and finite.tag == "VBZ"
    )
    return "has" if is_one else "have"


def _made_perfect(sentence: Sentence, verb: Token, finite: Token, have: str) -> Iterator[Edit]:
    rule = "present_perfect"
    if _is_fixed(sentence, verb):
        return
    if finite.lower in ("do", "does") and finite is not verb:
        yield sentence.replace(rule, finite, have)
        yield sentence.replace(rule, verb, forms.form(forms.base(verb.lower), "VBN"))
    elif forms.base(finite.lower) == "be":
        short = {"'m": "'ve been", "'re": "'ve been", "'s": "'s been"}
        yield sentence.replace(rule, finite, short.get(finite.lower, f"{have} been"))
    elif (base := forms.base(verb.lower)) in word_list("activities"):
        yield sentence.replace(rule, verb, f"{have} been {forms.form(base, 'VBG')}")
    elif base:
        yield sentence.replace(rule, verb, f"{have} {forms.form(base, 'VBN')}")


def _is_fixed(sentence: Sentence, verb: Token) -> bool:
    """ "I am available since Monday" may mean "from Monday"; "It is two years since" is right."""
    subject = sentence.subject(verb)
    if (
        subject is not None
        and subject.lower in ("it", "there", "what", "who")
        and forms.base(verb.lower) == "be"
    ):
        return True
    return any(
        child.lower in ("available", "free", "ago") for child in sentence.children(verb)
    ) or forms.base(verb.lower) in ("thank", "hope", "think", "guess", "apply")


# ---------------------------------------------------------------- yesterday


def _past(sentence: Sentence, token: Token) -> Iterator[Edit]:
    if not _is_finished(sentence, token):
        return
    verb = sentence.head(sentence.head(token)) if token.lower == "last" else sentence.head(token)
    earlier = {one.lower for one in sentence.tokens[max(0, token.index - 5) : token.index]}
    if verb.pos not in ("VERB", "AUX") or earlier & {"since", "until", "till", "from"}:
        return
    subject, finite = sentence.subject(verb), sentence.finite(verb)
    if subject is None or subject.index > finite.index or subject.head != verb.index:
        return
    if finite is not verb and finite.lower in ("have", "has", "'ve"):
        yield from _without_have(sentence, verb, finite)
    elif token.lower != "in":
        yield from _put_in_past(sentence, verb, finite)


def _is_finished(sentence: Sentence, token: Token) -> bool:
    """Whether "yesterday", "last week", "two years ago" or "in 2019" begins with this word (or is "ago")."""
    before, after, next_but_one = sentence.before(token), sentence.after(token), sentence.after(token, 2)
    if after is not None and after.tag == "POS":
        return False
    if token.lower in ("yesterday", "ago"):
        return token.dep in ("npadvmod", "advmod")
    if token.lower == "in" and after is not None and _YEAR.fullmatch(after.text):
        return not (next_but_one and next_but_one.lower in ("-", "to", "and"))
    names = word_list("past_units") | word_list("months")
    return (
        token.lower == "last"
        and after is not None
        and after.lower in names
        and not (next_but_one and next_but_one.tag in ("POS", "NN", "NNS"))
        and (before is None or before.tag not in ("IN", "DT", "PRP$", "TO"))
    )


def _without_have(sentence: Sentence, verb: Token, have: Token) -> Iterator[Edit]:
    """ "I have passed it last week" -> "I passed it last week"."""
    aux = [child for child in sentence.children(verb) if child.dep in ("aux", "auxpass")]
    negated = any(child.dep == "neg" for child in sentence.children(verb))
    if negated or verb.tag != "VBN" or have.index > verb.index:
        return
    if len(aux) == 2 and aux[1].lower == "been":
        subject = sentence.subject(verb)
        last, past = aux[1], "was" if subject and (subject.lower == "i" or have.lower == "has") else "were"
    elif len(aux) == 1:
        last, base = verb, forms.base(verb.lower)
        past = forms.form(base, "VBD") if base else ""
        subject = sentence.subject(verb)
        if base == "be" and subject and subject.lower not in ("i", "he", "she", "it"):
            past = "were"
    else:
        return
    if past:
        between = sentence.text[sentence.end(have) : sentence.starts[last.index]].strip()
        joint = (
            ""
            if sentence.starts[have.index] and sentence.text[sentence.starts[have.index] - 1] == " "
            else " "
        )
        new = f"{joint}{between} {past}" if between else f"{joint}{past}"
        yield sentence.replace_from_to("past_time", have, last, new)


def _put_in_past(sentence: Sentence, verb: Token, finite: Token) -> Iterator[Edit]:
    base = forms.base(verb.lower)
    if not base or (base in word_list("no_events") and finite is verb):
        return
    if finite.lower in ("do", "does") and finite is not verb:
        yield sentence.replace("past_time", finite, "did")
    elif finite is verb and finite.tag in ("VBP", "VBZ", "VB") and forms.form(base, "VBD") != verb.lower:
        if any(child.dep in ("aux", "auxpass") for child in sentence.children(verb)):
            return
        yield sentence.replace("past_time", verb, forms.form(base, "VBD"))


# ---------------------------------------------------------------- gived, teached


def _regularized(sentence: Sentence, token: Token) -> Iterator[Edit]:
    """An unknown word in -ed whose stem is an irregular verb."""
    word = token.text
    if not (word.endswith("ed") and len(word) > 4 and word.islower() and word.isalpha()):
        return
    if not proofread.is_available() or (proofread.is_word_anywhere(word) and word != "payed"):
        return
    for stem in (word[:-2], word[:-1], word[:-3] if word[-3] == word[-4] else ""):
        if stem and is_verb(stem) and not forms.form(stem, "VBD").endswith("ed"):
            tag = "VBN" if _is_after_auxiliary(sentence, token) else "VBD"
            yield sentence.replace("past_forms", token, forms.form(stem, tag))
            return


def _is_after_auxiliary(sentence: Sentence, token: Token) -> bool:
    for back in (1, 2):
        before = sentence.before(token, back)
        if before is None or (back == 2 and sentence.tokens[token.index - 1].pos not in ("ADV", "PART")):
            return False
        if forms.base(before.lower) in ("have", "be", "get") or before.lower == "'ve":
            return True
    return False


def _joined_to_past(sentence: Sentence, token: Token) -> Iterator[Edit]:
    """ "the supervisor was friendly and explain everything": a bare verb joined to one in the past."""
    if token.dep != "conj" or token.tag not in ("VBP", "VB") or sentence.parse is None:
        return
    head = sentence.head(token)
    base = forms.base(token.lower)
    if (
        head.tag != "VBD"
        or not base
        or base != token.lower
        or forms.form(base, "VBD") == base
        or base == "be"
    ):
        return
    if sentence.parse.subject(token) is not None or sentence.finite(head) is not head:
        return
    if any(child.dep in ("aux", "auxpass", "neg") for child in sentence.children(token)):
        return
    subject, before = sentence.subject(head), sentence.before(token)
    is_near = before is not None and before.lower in ("and", "then")
    between = {one.lower for one in sentence.tokens[head.index : token.index]}
    if (
        subject is None
        or not is_near
        or between & {"to", "let", "help", "helped", "made", "let's", "could", "can", "will"}
    ):
        return
    if subject.lower in ("he", "she", "it") or subject.tag in ("NN", "NNP"):
        yield sentence.replace("past_time", token, forms.form(base, "VBD"))
