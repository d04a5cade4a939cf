"""Possible wordings of what I did, would help with, forgot to say and should have said, best first."""

from __future__ import annotations

import re
from dataclasses import replace

from drafts.domain.notes import openings
from drafts.domain.notes.fitting import Candidate
from drafts.domain.notes.lists import note_lists, word_sets
from drafts.domain.notes.parser import SUBJECTS, Parse, Token, parse
from drafts.domain.notes.phrases import clause, holds_clause, listed, lower_first, subject_word, with_article
from drafts.domain.notes.points import Context, Form
from drafts.domain.notes.reader import inflected, is_mass, is_verb, is_verb_only
from drafts.domain.notes.shapes import Shape, shape_of

_I = re.compile(r"\A(?:I|I'm|I've|I'd|I'll|My|my)\b")
_NUMBER = (
    r"(?:\d+(?:[.,]\d+)?\+?|a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fifteen"
    r"|twenty)"
)
_YEARS = re.compile(
    rf"\A((?:about |over |nearly |almost |more than |around )?{_NUMBER}(?: and a half)? "
    r"(?:years?|months?)(?:'|')?)"
    r"(?: of)?(?: (?:work )?experience)?,?\s+(?:of )?(.+)\Z",
    re.I,
)


def experiences(text: str, context: Context) -> list[Candidate]:
    """Possible wordings of what I did (field `experience`), best first, as a sentence with "I"; none without a
    parser."""
    rest = openings.without_experience(text)
    if re.fullmatch(rf"(?:about |over )?{_NUMBER} (?:years?|months?)", rest, re.I):
        return [Candidate(Form.OWN, f"I have {rest} of experience")]
    quota = re.match(r"(\d+(?:[.,]\d+)?% of (?:my |the )?(?:quota|target|goal|plan)\b.*)", rest, re.I)
    if quota:
        return [Candidate(Form.OWN, f"I reached {quota.group(1)}")]
    years = _YEARS.match(rest)
    if years:
        return _with_years(years.group(1), years.group(2), context)
    found = parse(rest)
    return [] if found is None else _experience_in(found, rest, lower_first(rest, context))


def _experience_in(found: Parse, rest: str, small: str) -> list[Candidate]:
    """Possible wordings of a parsed experience, by its shape. `small` is `rest` with a lowercase first letter."""
    shape = shape_of(found)
    first = found.tokens[0]
    if shape is Shape.CLAUSE and (_is_mine(found) or _I.match(rest)):
        return [Candidate(Form.OWN, rest)]
    if _begins_in_the_past(small):
        return [Candidate(Form.OWN, f"I {_past(small)}")]
    if shape is Shape.PAST:
        return [Candidate(Form.OWN, f"I {_past(small)}", reason="shape")]
    if first.tag == "VBG" and first.lower.endswith("ing") and first.dep not in ("amod", "compound"):
        return [Candidate(Form.OWN, _perfect(small))]
    if first.lower in word_sets().prepositions and shape is not Shape.CLAUSE:
        worked = re.search(r"\b(?:since|for \w+ (?:years|months))\b", rest)
        return [Candidate(Form.OWN, f"I have worked {small}" if worked else f"I have experience {small}")]
    if shape is Shape.NOUN:
        sentence = f"I have experience with {listed(small)}"
        return [Candidate(Form.OWN, sentence, not holds_clause(found), "" if _is_field(found) else "shape")]
    if shape is Shape.BASE:
        return [Candidate(Form.OWN, f"I {small}")]
    return [Candidate(Form.OWN, rest, reason="shape")]


def _is_field(found: Parse) -> bool:
    """Whether a noun phrase names something a person can have experience with: a plural, an activity, a tool."""
    head = found.roots[0]
    counted = any(token.tag == "CD" or any(c.isdigit() for c in token.text) for token in found.tokens)
    if counted or len(found.tokens) > 7 or found.tokens[0].lower in word_sets().no_field:
        return False
    if head.lemma in word_sets().periods:
        return False
    return head.tag in ("NNS", "NNP", "NNPS") or head.lower.endswith("ing") or is_mass(head.lower)


def _is_mine(found: Parse) -> bool:
    """Whether a clause is about the writer: "I", "my" or "we" in its subject."""
    subject = found.subject(found.roots[0])
    if subject is None:
        return False
    words = {token.lower for token in found.subtree(subject)}
    return bool(words & {"i", "my", "we", "our", "me"})


def _begins_in_the_past(text: str) -> bool:
    """Whether the text after "I" starts with a finite verb in the past tense."""
    found = parse(f"I {text}")
    if found is None or len(found.tokens) < 3:
        return False
    verb = found.tokens[1]
    following = found.tokens[2]
    may_describe = verb.lower.endswith("ed") and following.pos in ("NOUN", "ADJ", "PROPN")
    if may_describe and verb.lower not in note_lists().done:
        # "blocked drains": drains that were blocked.
        return False
    return (
        verb.tag in ("VBD", "VBN")
        and verb.lower.endswith(("ed", "t", "n", "d", "e", "w", "k", "g", "m"))
        and found.tokens[0].dep in SUBJECTS
        and found.head(found.tokens[0]).index == 1
    )


def _past(text: str) -> str:
    """ "done triage" -> "did triage": a participle at the start becomes the past tense."""
    rest = text.partition(" ")[2]
    found = parse(f"I {text}")
    if found and len(found.tokens) > 1 and found.tokens[1].tag == "VBN":
        return f"{inflected(found.tokens[1].lemma, 'VBD')} {rest}".strip()
    return text


def _perfect(text: str) -> str:
    """ "leading a team" -> "I have led a team"; with a date or "ago", the simple past."""
    word, _, rest = text.partition(" ")
    found = parse(text)
    lemma = found.tokens[0].lemma if found else word
    if re.search(r"\b(?:in (?:19|20)\d\d|last (?:year|month|summer|winter|spring)|ago|yesterday)\b", rest):
        return f"I {inflected(lemma, 'VBD')} {rest}".strip()
    return f"I have {inflected(lemma, 'VBN')} {rest}".strip()


def _with_years(years: str, rest: str, context: Context) -> list[Candidate]:
    """ "4 years in the ICU" -> "I have 4 years of experience in the ICU"."""
    years = lower_first(years.rstrip("'"), context)
    found = parse(rest)
    if found is None:
        return []
    first = found.tokens[0]
    small = lower_first(rest, context)
    if _begins_in_the_past(small):
        return []
    if re.search(r"[,\d]", rest):
        return [Candidate(Form.OWN, f"I have {years} of experience {small}", reason="shape")]
    if first.lower == "i":
        return [Candidate(Form.OWN, f"for {years} {small}")]
    if first.lower in word_sets().prepositions or first.tag == "VBG":
        # "framing and finish"
        unlike = first.tag == "VBG" and re.search(r" (?:and|or) (?!\w+ing\b)", small)
        return [
            Candidate(Form.OWN, f"I have {years} of experience {small}", reason="shape" if unlike else "")
        ]
    if first.lower in word_sets().after_years:
        return []
    shape = shape_of(found)
    if shape is Shape.NOUN and not holds_clause(found):
        joined = f"as {_a(small, first)}" if _is_occupation(found) else "in "
        # "6 years MP": an abbreviation may be a job, a place, or a subject.
        unclear = "shape" if rest.isupper() else ""
        return [Candidate(Form.OWN, f"I have {years} of experience {joined}{small}", reason=unclear)]
    return []


def _is_occupation(found: Parse) -> bool:
    """ "nurse", "line cook": an occupation."""
    head = found.roots[0]
    if any(token.dep in ("cc", "conj") or token.text in "+&" for token in found.tokens):
        return False
    return head.tag == "NN" and head.lower.endswith(tuple(word_sets().job_endings))


def _a(text: str, first: Token) -> str:
    """The article that a singular noun phrase needs, with a space; empty if it has one."""
    if first.tag == "DT":
        return ""
    return "an " if text[0] in "aeiou" else "a "


# "the team grow"
_TEAM_THAT = re.compile(
    r"\A(?:the|your|their) (?:team|ward|unit|company|department|school)"
    r" (?!(?:in|on|at|with|for|of|and|to|lead)\b)[a-z]+",
    re.I,
)


def aims(text: str, context: Context) -> list[Candidate]:
    """Possible wordings of what I would help them do (field `goal`), best first; none without a parser.

    A bare verb phrase continues the words of the page, "I would like to help": alone, "I'd be glad to fill the Monday
    schedule" would be an offer to do all of it.
    """
    wordings = _aims(text, context)
    if re.match(r"(?:I|we)\b", text, re.I):
        return wordings
    return [
        replace(one, text=f"help {one.text}") if one.form is Form.VERB and _needs_help(one.text) else one
        for one in wordings
    ]


def _needs_help(aim: str) -> bool:
    first = aim.split(" ", 1)[0]
    is_own = first in ("help", "you") or first in word_sets().own_aims or aim.startswith("get to ")
    return not is_own


# "I'd help Ann swap the stock"
_HELP_NAMED = re.compile(r"\b(help )([A-Z]\w+)\b")


def _aims(text: str, context: Context) -> list[Candidate]:
    text = _HELP_NAMED.sub(
        lambda match: match[0] if match[2].lower() not in context.reader else f"{match[1]}you", text
    )
    rest = openings.without_aim(text)
    if re.search(r"\b(?:I (?:told|said)|same (?:thing|as))\b", text, re.I):
        # "the same thing I told Ngozi" refers to somebody else's letter.
        return [Candidate(Form.ABOUT, rest, reason="shape")]
    if re.match(r"help to (?:the|them|a|an|my|their)\b", text, re.I):
        return [Candidate(Form.VERB, rest, reason="grammar")]
    # The page says "I would like to help ...", and people go on from there.
    rest = re.sub(r"\A(?:w|with) (?=\w)", "", rest, flags=re.I)
    rest = _TEAM_THAT.sub(r"help \g<0>", rest)
    small = lower_first(rest, context)
    found = parse(f"They want to {small}")
    if found is None:
        return []
    first = found.tokens[3] if len(found.tokens) > 3 else None
    said_text, sure, alone, shape = clause(small, context)
    helped = re.search(r"\bhelp(?:ing)? (?:them|you|the team|him|her)\b", text, re.I)
    if not helped and re.search(r"\b(?:them|they)\b", small):
        sure = False
    if (
        first is not None
        and shape is Shape.NOUN
        and (is_verb_only(first.lower) or _takes_object(found, first))
    ):
        # "burn rate alerts" may be a verb phrase or a noun phrase.
        return [Candidate(Form.VERB, said_text, sure, "" if is_verb_only(first.lower) else "shape")]
    if first is not None and _is_verb_phrase(first) and shape not in (Shape.NOUN, Shape.GERUND):
        return [Candidate(Form.VERB, f"help you {said_text}" if helped else said_text, sure)]
    if re.match(r"that\s", rest, re.I):
        said, sure, _, _ = clause(rest[5:], context)
        return [Candidate(Form.VERB, f"make sure that {said}", sure)]
    if alone is None:
        return []
    if shape is Shape.CLAUSE:
        return [Candidate(Form.OWN, said_text, sure, "" if _I.match(rest) else "shape")]
    sure = sure and not re.search(r"\b(?:them|their|they)\b", small)
    return _aim_without_clause(alone, first, said_text, sure)


def _is_verb_phrase(first: Token) -> bool:
    return first.tag == "VB" and first.dep in ("xcomp", "ROOT", "ccomp")


def _aim_without_clause(alone: Parse, first: Token | None, said_text: str, sure: bool) -> list[Candidate]:
    """Possible wordings of an aim that is a thing, an activity, or a bare verb; `first` is the word after "want to"."""
    shape = shape_of(alone)
    if shape is Shape.GERUND:
        return [Candidate(Form.ABOUT, said_text, sure)]
    if shape is Shape.NOUN:
        if alone.tokens[0].lower in word_sets().comparatives:
            return [Candidate(Form.VERB, f"you get to {said_text}", reason="shape")]
        return [Candidate(Form.ABOUT, with_article(alone, said_text), sure and not holds_clause(alone))]
    if first is not None and first.tag in ("VB", "VBP"):
        return [Candidate(Form.VERB, said_text, sure)]
    return [Candidate(Form.VERB, said_text, reason="shape")]


def _takes_object(found: Parse, verb: Token) -> bool:
    """ "redo churn model": read after "want to", the first word is a verb with an object."""
    return (
        verb.tag == "VB"
        and is_verb(verb.lower)
        and any(child.dep == "dobj" and child.index > verb.index for child in found.children(verb))
    )


def forgotten(text: str, context: Context) -> list[Candidate]:
    """Possible wordings of what I did not say (field `forgot`), best first; none without a parser."""
    if re.match(r"(?:i )?forgot to (?!say|mention|tell|add)", text, re.I):
        return [Candidate(Form.OWN, re.sub(r"\A(?:i )?forgot", "I forgot", text, flags=re.I))]
    rest = openings.without_forgetting(text)
    rest = re.sub(
        r",? which I (?:didn't|did not|forgot to|never) (?:mention|say|bring up|tell).*\Z", "", rest
    )
    found = parse(rest)
    return [] if found is None else _forgotten_in(found, rest, lower_first(rest, context))


def _forgotten_in(found: Parse, rest: str, small: str) -> list[Candidate]:
    """Possible wordings of a parsed thing I forgot to say. `small` is `rest` with a lowercase first letter."""
    if re.fullmatch(r"[\w&+./ ]{1,30} (?:certified|qualified|registered|licensed|trained|insured)", rest):
        return [Candidate(Form.THAT, f"I'm {rest}")]
    if re.match(r"I said\b", rest):
        return [Candidate(Form.OWN, rest, reason="shape")]
    shape = shape_of(found)
    if shape is Shape.CLAUSE:
        theirs = subject_word(found) in ("he", "she", "they", "you")
        return [Candidate(Form.THAT, small, reason="shape" if theirs else "")]
    if shape is Shape.PAST or _begins_in_the_past(small):
        return [Candidate(Form.THAT, f"I {_past(small)}")]
    if shape is Shape.BASE:
        mine = small.split()[0].lower() in note_lists().mine
        return [Candidate(Form.THAT, f"I {small}", reason="" if mine else "shape")]
    if shape is Shape.GERUND:
        return [Candidate(Form.ABOUT, small)]
    if shape is Shape.ADJECTIVE:
        standing = found.tokens[0].lower in word_sets().standing
        return [Candidate(Form.THAT, f"I'm {small}", reason="" if standing else "shape")]
    if shape is Shape.NOUN and _is_bare_thing(found) and _is_occupation(found):
        return [Candidate(Form.THAT, f"I'm {_a(small, found.tokens[0])}{small}", not holds_clause(found))]
    if shape is Shape.NOUN:
        thing = f"my {small}" if _is_bare_thing(found) else small
        return [Candidate(Form.ABOUT, thing, not holds_clause(found))]
    return [Candidate(Form.ABOUT, small, reason="shape")]


def _is_bare_thing(found: Parse) -> bool:
    """Whether it is a singular countable noun without an article: "forklift license"."""
    head = found.roots[0]
    determined = any(child.dep in ("det", "poss", "nummod") for child in found.children(head))
    return head.tag == "NN" and not determined and not is_mass(head.lower)


def answers(text: str, context: Context) -> list[Candidate]:
    """Possible wordings of the better answer of a correction, best first; none if it is a single word."""
    is_answer, rest = openings.without_answering(text)
    if re.match(r"that\s+(?=(?:it|the|i|we|you|they|my)\b)", rest, re.I):
        is_answer, rest = True, rest[5:]
    if not is_answer and re.match(r"(?:i )?(?:only )?(?:said|answered|told|talked)\b", text, re.I):
        return [Candidate(Form.OWN, _in_two_clauses(text))]
    found = parse(rest)
    if found is None or len(rest.split()) < 2:
        return []
    shape = shape_of(found)
    small = lower_first(re.sub(r"\Athat\s+(?=(?:it|the|i|we|you|they|my)\b)", "", rest, flags=re.I), context)
    if shape is Shape.CLAUSE and subject_word(found) in ("i", "it") and not is_answer:
        return [Candidate(Form.OWN, rest)]
    if shape is Shape.CLAUSE:
        return [Candidate(Form.THAT, small)]
    if not is_answer and (shape is Shape.PAST or found.tokens[0].tag == "MD"):
        return [Candidate(Form.OWN, f"I {small}")]
    return [Candidate(Form.PHRASE, small, reason="" if is_answer or shape is Shape.NOUN else "shape")]


def _in_two_clauses(text: str) -> str:
    """ "I said 12, they are 14" -> "I said 12; they are 14"."""
    said = re.sub(r"\A(?:i )?(?=only|said|answered|told|talked)", "I ", text, flags=re.I)
    said = re.sub(r"\AI told (?!him|her|you|them|me|about)", "I said ", said)
    said = re.sub(
        r", (?=(?:it|it's|they|they're|but it|actually|the|that|this|I|we|was|is)\b)", "; ", said, count=1
    )
    return re.sub(r"; (was|is)\b", r"; it \1", said)
