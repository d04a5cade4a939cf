"""The ways each field's remarks can be put, best first: which words come off, and what is left is turned into."""

from __future__ import annotations

import re

from drafts.domain.notes import openings
from drafts.domain.notes.fitting import Candidate
from drafts.domain.notes.lists import note_lists
from drafts.domain.notes.openings import Opening
from drafts.domain.notes.parser import SUBJECTS, Parse, Token, parse
from drafts.domain.notes.points import Context, Form
from drafts.domain.notes.reader import inflected, is_adjective, is_mass, is_verb, is_verb_only, said_to_reader
from drafts.domain.notes.shapes import Shape, shape_of
from drafts.domain.proofread import is_word

_I = re.compile(r"\A(?:I|I'm|I've|I'd|I'll|My|my)\b")
_NUMBER = r"(?:\d+(?:[.,]\d+)?\+?|a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fifteen|twenty)"
_YEARS = re.compile(
    rf"\A((?:about |over |nearly |almost |more than |around )?{_NUMBER}(?: and a half)? (?:years?|months?)(?:'|')?)(?: of)?(?: (?:work )?experience)?,?\s+(?:of )?(.+)\Z",
    re.I,
)
_PREPOSITIONS = frozenset({"in", "at", "with", "on", "as", "across", "under"})


def lower_first(text: str, context: Context) -> str:
    """With a small first letter, unless the first word is a name, an acronym or "I"."""
    match = re.match(r"[^\s,.;:!?]+", text)
    word = match.group() if match else ""
    if not word or not word[0].isupper() or word[1:] != word[1:].lower() or re.match(r"I(?:'|\Z)", word):
        return text
    bare = re.sub(r"'s\Z", "", word)
    if any(bare in name.split() for name in context.names) or bare.lower() in note_lists().written_large:
        return text
    if not is_word(bare.lower()):
        return text
    found = parse(text)
    if (
        found
        and len(found.tokens) > 1
        and found.tokens[0].pos in ("PROPN", "NOUN")
        and found.tokens[1].tag == "CD"
    ):
        # "Empower 3", "Year 2": a name with a number.
        return text
    return word[0].lower() + text[1:]


def _clause(text: str, context: Context, *, we_is_us: bool = False) -> tuple[str, bool, Parse | None, Shape]:
    """The text said to the reader, whether that was clear, and its parse and shape as typed."""
    found = parse(text)
    if found is None:
        return text, False, None, Shape.OTHER
    shape = shape_of(found)
    said = said_to_reader(found, context.reader, we_is_us=we_is_us)
    return said.text, said.sure, found, shape


def _subject_word(found: Parse) -> str:
    subject = found.subject(found.roots[0])
    return subject.lower if subject is not None else ""


def _with_article(found: Parse, text: str) -> str:
    """ "new MRI" -> "the new MRI": a noun phrase in the singular that begins with nothing gets "the"."""
    first = found.tokens[0]
    head = found.roots[0]
    if head.pos == "VERB":
        # "sourdough starter called Clint": the participle was taken for the verb.
        head = found.subject(head) or head
    if (
        head.pos not in ("NOUN", "PROPN")
        or first.tag in ("DT", "PRP$", "CD", "WDT", "PRP", "PDT")
        or first.lower in ("no", "some", "any", "all", "both", "many", "more", "less", "every", "each")
    ):
        return text
    if any(child.dep in ("det", "poss", "nummod") for child in found.children(head)) or head.tag in (
        "NNS",
        "NNPS",
    ):
        return text
    if head.tag == "NNP" or (is_mass(head.lower) and len(found.tokens) == 1):
        return text
    return f"the {text}"


def _subjectless(text: str, context: Context) -> Candidate | None:
    """ "needs people who ...", "opening a second place": said of them without a subject."""
    first = text.split(" ", 1)[0].lower()
    if first.endswith("ing") and first not in note_lists().theirs_ing:
        return None
    for start in ("they ", "they're "):
        found = parse(start + text)
        if found is None or len(found.tokens) < 3:
            return None
        verb = found.roots[0]
        if start == "they " and verb.tag == "VBN":
            continue
        if start == "they're " and not (
            found.tokens[2].lower.endswith("ing")
            or (
                is_adjective(found.tokens[2].lower)
                and (len(found.tokens) < 4 or found.tokens[3].pos in ("ADP", "CCONJ", "PUNCT", "SCONJ"))
            )
        ):
            continue
        if (
            verb.lemma == "be"
            and start == "they "
            or (start == "they " and verb.tag == "VBP" and verb.lemma not in _PLAIN_VERBS)
        ):
            continue
        said = said_to_reader(_agreeing(found), context.reader)
        if shape_of(found) is Shape.CLAUSE and found.subject(found.roots[0]) is found.tokens[0]:
            return Candidate(Form.THAT, said.text, said.sure)
    return None


# What a note may begin with, without "they": "need two nurses". Of other words one cannot know that they are verbs.
_PLAIN_VERBS = frozenset("need want use have plan expect hope hire sell make do get run open".split())


def _agreeing(found: Parse) -> Parse:
    """ "they needs" as typed without a subject: parsed anew as "they need"."""
    finite = found.finite(found.roots[0])
    if finite.tag != "VBZ" or finite.lower in ("'s", "'re"):
        return found
    changed = {"is": "are", "has": "have", "does": "do"}.get(finite.lower) or inflected(finite.lemma, "VBP")
    text = "".join(
        (changed if token.index == finite.index else token.text) + token.space for token in found.tokens
    )
    return parse(text.strip()) or found


def _about_them(text: str, context: Context, opening: Opening) -> list[Candidate]:
    """What someone told: a clause, a "how" clause or a thing."""
    if re.match(r"that\s", text, re.I):
        rest = parse(text[5:])
        if rest is not None and shape_of(rest) is Shape.CLAUSE:
            text = text[5:]
    said, sure, found, shape = _clause(text, context)
    if found is None:
        return []
    if shape is Shape.QUESTION:
        return [Candidate(Form.THAT, lower_first(said, context), reason="shape")]
    if shape is Shape.CLAUSE and opening is not Opening.ABOUT:
        subject = _subject_word(found)
        if opening is Opening.NONE and (subject in ("i", "this", "that") or _judges(found)):
            return [Candidate(Form.OWN, said, reason="shape")]
        return [Candidate(Form.THAT, _article_for_subject(lower_first(said, context)), sure)]
    if shape is Shape.CONTENT:
        reason = "shape" if re.match(r"when|if|who", said, re.I) else ""
        return [Candidate(Form.HOW, lower_first(said, context), sure, reason)]
    if shape is Shape.NOUN or (
        shape in (Shape.GERUND, Shape.CLAUSE) and opening in (Opening.ABOUT, Opening.TALKED)
    ):
        form = Form.TALKED if opening is Opening.TALKED else Form.ABOUT
        phrase = lower_first(said, context)
        if found.tokens[0].tag in ("PRP", "CD", "RB", "RBS"):
            return [Candidate(form, phrase, reason="shape")]
        return [
            Candidate(
                form,
                _with_article(found, phrase) if shape is Shape.NOUN else phrase,
                sure and not (shape is Shape.NOUN and _holds_clause(found)),
            )
        ]
    if shape is Shape.ADJECTIVE and (found.tokens[0].pos != "ADJ" or len(found.tokens) < 2):
        return []
    if shape in (Shape.THIRD, Shape.PAST, Shape.BASE, Shape.GERUND, Shape.ADJECTIVE):
        whole = _subjectless(lower_first(text, context), context)
        return [whole] if whole else []
    return [Candidate(Form.ABOUT, lower_first(said, context), reason="shape")]


def _judges(found: Parse) -> bool:
    """ "she was super straight with me": what one thought of a person, not what the person told."""
    root = found.roots[0]
    finite = found.finite(root)
    if (
        _subject_word(found) not in ("he", "she")
        or finite.lemma not in ("be", "'s", "seem", "look")
        and finite.lower not in ("'s", "is", "was")
    ):
        return False
    described = root.tag in ("VBN", "JJ") or any(child.dep == "acomp" for child in found.children(root))
    return described and len(found.tokens) <= 9


def _holds_clause(found: Parse) -> bool:
    """Whether a "noun phrase" is rather several things in a row, one of them a clause of its own."""
    root = found.roots[0]
    if len(found.roots) > 1:
        return True
    return any(
        child.dep in ("conj", "appos", "parataxis", "ccomp", "advcl", "dep")
        and child.pos in ("VERB", "AUX")
        and child.tag != "VBG"
        and found.subject(child) is not None
        for child in found.children(root)
    )


def _article_for_subject(text: str) -> str:
    """ "rota is earlies and lates" -> "the rota is ...": a clause that begins with a bare countable noun."""
    found = parse(text)
    if found is None or not found.tokens:
        return text
    first = found.tokens[0]
    subject = found.subject(found.roots[0])
    if (
        subject is None
        or subject.tag != "NN"
        or not subject.text.islower()
        or first.tag not in ("NN", "JJ", "NNP")
        or not (first.text.islower() or first.text.isupper())
    ):
        return text
    if any(
        child.dep in ("det", "poss", "nummod", "cc", "conj") for child in found.children(subject)
    ) or is_mass(subject.lower):
        return text
    if (
        subject.lower in note_lists().bare_nouns
        or subject.pos != "NOUN"
        or subject.lower
        in ("nobody", "everyone", "everybody", "someone", "anyone", "something", "everything", "nothing")
        or min(token.index for token in found.subtree(subject)) != 0
    ):
        return text
    return f"the {text}"


def told(text: str, context: Context) -> list[Candidate]:
    """mentioned: what they told."""
    if re.match(r"(?:i )?(?:told|asked) (?:him|her|them)\b", text, re.I):
        return [Candidate(Form.OWN, text, reason="third_person")]
    opened = openings.without_saying(text, context.reader)
    if re.match(r"(?:in|with|,)[^,]{0,30}\bthat\b|,", opened.rest) and opened.opening is not Opening.NONE:
        # "told me in Spanish that ...": an aside between the verb and what was said.
        return [Candidate(Form.THAT, opened.rest, reason="shape")]
    if re.search(r"\b(?:you|your)\b", opened.rest, re.I) and re.search(
        r"\b(?:they|he|she)\b", opened.rest, re.I
    ):
        # "they don't let you carry more": "you" is anybody.
        said, _, _, _ = _clause(opened.rest, context)
        return [Candidate(Form.THAT, lower_first(said, context), sure=False)]
    if opened.opening is Opening.ASKED:
        said, _, _, _ = _clause(opened.rest, context)
        return [Candidate(Form.OWN, f"you asked me about {lower_first(said, context)}", reason="shape")]
    if opened.opening is Opening.SHOWED:
        said, sure, found, shape = _clause(opened.rest, context)
        return [Candidate(Form.ABOUT, lower_first(said, context), sure)] if shape is Shape.NOUN else []
    rest = opened.rest
    if re.match(r"[A-Z]\w+ (?:told me|said|mentioned|explained)\b", rest):
        return [Candidate(Form.THAT, rest, reason="third_person")]
    if opened.opening is Opening.TALKED and re.match(r"how|why|what|whether", rest, re.I):
        return _about_them(rest, context, Opening.SAID)
    return _about_them(rest, context, opened.opening)


_EVALUATION = frozenset(
    {
        "nice",
        "great",
        "good",
        "lovely",
        "friendly",
        "kind",
        "funny",
        "organized",
        "organised",
        "cool",
        "amazing",
        "awesome",
        "brilliant",
        "super",
        "sweet",
        "honest",
        "open",
        "calm",
        "smart",
    }
)


def liked(text: str, context: Context) -> list[Candidate]:
    """enjoyed: what was good to hear or to see."""
    opened = openings.without_liking(text, context.reader)
    rest = opened.rest
    found = parse(rest)
    if found is None or len(found.tokens) < 2 or re.match(r"everything\b|my\b", rest, re.I):
        return []
    if re.search(r"\b(?:my|me)\b", rest) and not re.match(r"I\b|you\b", text):
        return [Candidate(Form.THAT, rest, reason="shape")]
    shape = shape_of(found)
    said = said_to_reader(found, context.reader)
    phrase = lower_first(said.text, context)
    if re.match(r"the (?:way|fact|idea|story)\b", rest, re.I):
        return [Candidate(Form.ABOUT, phrase, said.sure)]
    if opened.opening is Opening.SHOWED:
        return [Candidate(Form.ABOUT, phrase, said.sure, "" if shape is Shape.NOUN else "shape")]
    if opened.opening is Opening.TALKED and shape is Shape.NOUN:
        return [Candidate(Form.TALKED, phrase, said.sure)]
    if re.match(r"when\b", rest, re.I) and shape is Shape.CONTENT:
        return [Candidate(Form.ITSELF, f"the moment {phrase}", said.sure, "shape")]
    if shape is Shape.GERUND and opened.opening is Opening.NONE and found.tokens[0].tag == "VBG":
        return [Candidate(Form.ITSELF, phrase, said.sure)]
    if shape is Shape.NOUN:
        head = found.roots[0]
        form = Form.ITSELF if head.lemma in note_lists().enjoyable else Form.ABOUT
        return [Candidate(form, _with_article(found, phrase), said.sure and not _holds_clause(found))]
    if shape is Shape.CLAUSE and opened.opening is not Opening.ABOUT:
        subject = _subject_word(found)
        root = found.roots[0]
        if subject in ("i", "you", "you're"):
            likes = subject != "i" or re.match(
                r"I(?:'ve| have| really| also)* (?:liked|loved|enjoyed|like|love|appreciated?|was (?:impressed|interested|touched|glad|happy)|am interested|found|learned)\b",
                said.text,
            )
            return [Candidate(Form.OWN, said.text, said.sure, "" if likes else "shape")]
        praised = _judges(found) or (
            root.lemma == "be"
            and any(child.dep == "acomp" or child.lower in _EVALUATION for child in found.children(root))
        )
        # "the fund the firm runs": a thing and a relative clause look like a sentence.
        thing = found.subject(root)
        unclear = (
            thing is not None
            and thing.tag == "NN"
            and root.lemma != "be"
            and not re.match(r"that\b", text, re.I)
        )
        narrated = unclear or (
            subject in ("he", "she")
            and found.finite(root).tag == "VBD"
            and not re.match(r"that\b|how\b", text, re.I)
        )
        if opened.opening is Opening.NONE and (
            praised or narrated or subject in ("we", "it", "this", "that", "there")
        ):
            return [Candidate(Form.THAT, phrase, reason="shape")]
    return _about_them(rest, context, opened.opening)


def experiences(text: str, context: Context) -> list[Candidate]:
    """experience: what I did, as a sentence with "I"."""
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
    if found is None:
        return []
    shape = shape_of(found)
    first = found.tokens[0]
    small = lower_first(rest, context)
    if shape is Shape.CLAUSE and (_is_mine(found) or _I.match(rest)):
        return [Candidate(Form.OWN, rest)]
    if _begins_in_the_past(small):
        return [Candidate(Form.OWN, f"I {_past(small)}")]
    if shape is Shape.PAST:
        return [Candidate(Form.OWN, f"I {_past(small)}", reason="shape")]
    if first.tag == "VBG" and first.lower.endswith("ing") and first.dep not in ("amod", "compound"):
        return [Candidate(Form.OWN, _perfect(small))]
    if first.lower in _PREPOSITIONS and shape is not Shape.CLAUSE:
        worked = re.search(r"\b(?:since|for \w+ (?:years|months))\b", rest)
        return [Candidate(Form.OWN, f"I have worked {small}" if worked else f"I have experience {small}")]
    if shape is Shape.NOUN:
        counted = (
            any(token.tag == "CD" or any(c.isdigit() for c in token.text) for token in found.tokens)
            or len(found.tokens) > 7
            or not _is_field(found)
            or first.lower in ("no", "about", "nothing", "none", "zero", "last", "same", "every", "each")
            or found.roots[0].lemma in _TIMES
        )
        return [
            Candidate(
                Form.OWN,
                f"I have experience with {listed(small)}",
                not _holds_clause(found),
                "shape" if counted else "",
            )
        ]
    if shape is Shape.BASE:
        return [Candidate(Form.OWN, f"I {small}")]
    return [Candidate(Form.OWN, rest, reason="shape")]


def _is_field(found: Parse) -> bool:
    """Whether a noun phrase names what one can have experience with: many of a kind, an activity, a tool."""
    head = found.roots[0]
    return head.tag in ("NNS", "NNP", "NNPS") or head.lower.endswith("ing") or is_mass(head.lower)


_TIMES = frozenset({"year", "month", "week", "day", "hour", "minute"})


def listed(text: str) -> str:
    """ "Zendesk, Jira, Looker" -> "Zendesk, Jira and Looker": short items with commas alone get their "and"."""
    items = text.split(", ")
    if len(items) < 2 or any(len(item.split()) > 4 for item in items) or re.search(r"\b(?:and|or|&)\b", text):
        return text
    return f"{', '.join(items[:-1])} and {items[-1]}"


def _is_mine(found: Parse) -> bool:
    """Whether a clause is about the writer: "I" or "my" in its subject, or one of them later in a clause of facts."""
    subject = found.subject(found.roots[0])
    if subject is None:
        return False
    words = {token.lower for token in found.subtree(subject)}
    return bool(words & {"i", "my", "we", "our", "me"})


def _begins_in_the_past(text: str) -> bool:
    """Whether the text goes on after "I" as a finite verb in the past."""
    found = parse(f"I {text}")
    if found is None or len(found.tokens) < 3:
        return False
    verb = found.tokens[1]
    following = found.tokens[2]
    if (
        verb.lower not in note_lists().done
        and verb.lower.endswith("ed")
        and following.pos in ("NOUN", "ADJ", "PROPN")
    ):
        return False
    return (
        verb.tag in ("VBD", "VBN")
        and verb.lower.endswith(("ed", "t", "n", "d", "e", "w", "k", "g", "m"))
        and found.tokens[0].dep in SUBJECTS
        and found.head(found.tokens[0]).index == 1
    )


def _past(text: str) -> str:
    """ "done triage" -> "did triage": a participle at the start as the past it stands for."""
    word, _, rest = text.partition(" ")
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
    if first.lower in _PREPOSITIONS or first.tag == "VBG":
        return [Candidate(Form.OWN, f"I have {years} of experience {small}")]
    if first.lower in ("ago", "now", "already", "total", "experience"):
        return []
    shape = shape_of(found)
    if shape is Shape.NOUN and not _holds_clause(found):
        word = (
            "as"
            if found.roots[0].lower.endswith(("er", "or", "ist", "ian", "ant", "nurse", "cook", "chef"))
            and found.roots[0].tag == "NN"
            else "in"
        )
        article = "" if word == "in" or first.tag == "DT" else ("an " if small[0] in "aeiou" else "a ")
        return [Candidate(Form.OWN, f"I have {years} of experience {word} {article}{small}")]
    return []


def aims(text: str, context: Context) -> list[Candidate]:
    """goal: what I would help them do."""
    rest = openings.without_aim(text)
    if re.match(r"help to (?:the|them|a|an|my|their)\b", text, re.I):
        return [Candidate(Form.VERB, rest, reason="grammar")]
    found = parse(f"They want to {lower_first(rest, context)}")
    if found is None:
        return []
    first = found.tokens[3] if len(found.tokens) > 3 else None
    small = lower_first(rest, context)
    said_text, sure, alone, shape = _clause(small, context)
    helped = re.search(r"\bhelp(?:ing)? (?:them|you|the team|him|her)\b", text, re.I)
    if not helped and re.search(r"\b(?:them|they)\b", small):
        sure = False
    if (
        first is not None
        and shape is Shape.NOUN
        and (is_verb_only(first.lower) or _takes_object(found, first))
    ):
        return [Candidate(Form.VERB, said_text, sure)]
    if (
        first is not None
        and first.tag == "VB"
        and first.dep in ("xcomp", "ROOT", "ccomp")
        and shape not in (Shape.NOUN, Shape.GERUND)
    ):
        return [Candidate(Form.VERB, f"you {said_text}" if helped else said_text, sure)]
    if re.match(r"that\s", rest, re.I):
        clause, sure, _, _ = _clause(rest[5:], context)
        return [Candidate(Form.VERB, f"make sure that {clause}", sure)]
    if alone is None:
        return []
    if shape is Shape.CLAUSE:
        return [Candidate(Form.OWN, said_text, sure, "" if _I.match(rest) else "shape")]
    if re.search(r"\b(?:them|their|they)\b", small):
        sure = False
    if shape is Shape.GERUND:
        return [Candidate(Form.ABOUT, said_text, sure)]
    if shape is Shape.NOUN:
        if alone.tokens[0].lower in (
            "less",
            "fewer",
            "more",
            "better",
            "faster",
            "no",
            "zero",
            "higher",
            "lower",
        ):
            return [Candidate(Form.VERB, f"you get to {said_text}", reason="shape")]
        return [Candidate(Form.ABOUT, _with_article(alone, said_text), sure and not _holds_clause(alone))]
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
    """forgot: what I did not say."""
    if re.match(r"(?:i )?forgot to (?!say|mention|tell|add)", text, re.I):
        return [Candidate(Form.OWN, re.sub(r"\A(?:i )?forgot", "I forgot", text, flags=re.I))]
    rest = openings.without_forgetting(text)
    rest = re.sub(
        r",? which I (?:didn't|did not|forgot to|never) (?:mention|say|bring up|tell).*\Z", "", rest
    )
    found = parse(rest)
    if found is None:
        return []
    if re.fullmatch(r"[\w&+./ ]{1,30} (?:certified|qualified|registered|licensed|trained|insured)", rest):
        return [Candidate(Form.THAT, f"I'm {rest}")]
    if re.match(r"I said\b", rest):
        return [Candidate(Form.OWN, rest, reason="shape")]
    shape = shape_of(found)
    small = lower_first(rest, context)
    if shape is Shape.CLAUSE:
        subject = _subject_word(found)
        return [
            Candidate(Form.THAT, small, reason="" if subject not in ("he", "she", "they", "you") else "shape")
        ]
    if shape is Shape.PAST or _begins_in_the_past(small):
        return [Candidate(Form.THAT, f"I {_past(small)}")]
    if shape is Shape.BASE:
        return [
            Candidate(
                Form.THAT,
                f"I {small}",
                reason="" if small.split()[0].lower() in note_lists().mine else "shape",
            )
        ]
    if shape is Shape.GERUND:
        return [Candidate(Form.ABOUT, small)]
    if shape is Shape.ADJECTIVE:
        reason = (
            ""
            if found.tokens[0].lower
            in (
                "available",
                "free",
                "able",
                "happy",
                "certified",
                "fluent",
                "qualified",
                "licensed",
                "trained",
            )
            else "shape"
        )
        return [Candidate(Form.THAT, f"I'm {small}", reason=reason)]
    if shape is Shape.NOUN:
        head = found.roots[0]
        bare = (
            head.tag == "NN"
            and not any(child.dep in ("det", "poss", "nummod") for child in found.children(head))
            and not is_mass(head.lower)
        )
        return [Candidate(Form.ABOUT, f"my {small}" if bare else small, not _holds_clause(found))]
    return [Candidate(Form.ABOUT, small, reason="shape")]


def answers(text: str, context: Context) -> list[Candidate]:
    """The better answer of a correction."""
    is_answer, rest = openings.without_answering(text)
    if re.match(r"that\s+(?=(?:it|the|i|we|you|they|my)\b)", rest, re.I):
        is_answer, rest = True, rest[5:]
    if not is_answer and re.match(r"(?:i )?(?:only )?(?:said|answered|told|talked)\b", text, re.I):
        # "I said 12, they are 14": two clauses, parted as in writing.
        said = re.sub(r"\A(?:i )?(?=only|said|answered|told|talked)", "I ", text, flags=re.I)
        said = re.sub(r"\AI told (?!him|her|you|them|me|about)", "I said ", said)
        said = re.sub(
            r", (?=(?:it|it's|they|they're|but it|actually|the|that|this|I|we|was|is)\b)", "; ", said, count=1
        )
        said = re.sub(r"; (was|is)\b", r"; it \1", said)
        return [Candidate(Form.OWN, said)]
    found = parse(rest)
    if found is None or len(rest.split()) < 2:
        return []
    shape = shape_of(found)
    small = lower_first(re.sub(r"\Athat\s+(?=(?:it|the|i|we|you|they|my)\b)", "", rest, flags=re.I), context)
    if shape is Shape.CLAUSE and _subject_word(found) in ("i", "it") and not is_answer:
        return [Candidate(Form.OWN, rest)]
    if shape is Shape.CLAUSE:
        return [Candidate(Form.THAT, small)]
    if not is_answer and (shape is Shape.PAST or found.tokens[0].tag == "MD"):
        return [Candidate(Form.OWN, f"I {small}")]
    return [Candidate(Form.PHRASE, small, reason="" if is_answer or shape is Shape.NOUN else "shape")]


_IDENTITIES = frozenset(
    "fan supporter runner fellow alum alumni alumnus graduate man woman lover player cyclist climber swimmer vegan vegetarian parent".split()
)


def callbacks(text: str, context: Context) -> list[Candidate]:
    """The P.S.: as typed where it is said to them already, else put to them."""
    found = parse(text)
    if found is None:
        return []
    if "(" in text or re.match(
        r"(?:i )?(?:told|asked) (?:him|her|them)\b|I (?:have|need|must|should|want) to\b", text, re.I
    ):
        return [Candidate(Form.OWN, text, reason="personal")]
    words = {token.lower for token in found.tokens}
    if found.tokens[0].tag in ("JJS", "RBS"):
        return [Candidate(Form.OWN, text, reason="personal")]
    if words & {"you", "your", "you're", "u"} or re.match(
        r"(?:good luck|enjoy|congrat\w*|thanks|thank you|say hi|say hello|happy|please|let me know|have a|all the best|go |safe travels|welcome)\b",
        text,
        re.I,
    ):
        return [Candidate(Form.OWN, text, not words & {"he", "she", "him", "her", "his"})]
    if re.match(r"(?:hope|hoping)\b", text, re.I):
        rest = re.sub(r"\A(?:hope|hoping)\s+(?:that\s+)?", "", text, flags=re.I)
        said, sure, _, shape = _clause(rest, context)
        return [Candidate(Form.OWN, f"I hope {said}", sure, "" if shape is Shape.CLAUSE else "personal")]
    opened = openings.without_liking(text, context.reader)
    if opened.opening is Opening.SHOWED and "recommend" in opened.verb:
        said, sure, _, shape = _clause(opened.rest, context)
        return [
            Candidate(
                Form.OWN,
                f"thank you for recommending {said}",
                sure,
                "" if shape is Shape.NOUN else "personal",
            )
        ]
    said, sure, inner, shape = _clause(opened.rest, context, we_is_us=True)
    if inner is None or shape in (
        Shape.QUESTION,
        Shape.OTHER,
        Shape.ADJECTIVE,
        Shape.BASE,
        Shape.PAST,
        Shape.THIRD,
    ):
        return [Candidate(Form.OWN, text, reason="personal")]
    phrase = lower_first(said, context)
    if shape is Shape.CLAUSE:
        if _subject_word(inner) == "i" and opened.opening is Opening.NONE:
            return [Candidate(Form.OWN, said, sure)]
        spoken_to = re.search(r"\b(?:you|your|we|you're|you've)\b", phrase)
        return [Candidate(Form.THAT, phrase, sure, "" if spoken_to else "personal")]
    if shape is Shape.CONTENT:
        return [Candidate(Form.HOW, phrase, sure, "" if phrase.startswith("how ") else "personal")]
    if shape is Shape.NOUN:
        form = Form.TALKED if opened.opening is Opening.TALKED else Form.ABOUT
        head = inner.roots[0]
        if len(inner.tokens) < 2:
            return [Candidate(Form.OWN, text, reason="personal")]
        if form is Form.ABOUT and (
            head.lower in _IDENTITIES or head.lower in note_lists().people or inner.tokens[0].tag == "PRP"
        ):
            return [Candidate(Form.OWN, text, reason="personal")]
        return [Candidate(form, _with_article(inner, phrase), sure and not _holds_clause(inner))]
    return [Candidate(Form.OWN, text, reason="personal")]


def questions(text: str, context: Context) -> list[Candidate]:
    """ask: what I would like to know."""
    rest = re.split(r"\s+because\b", openings.without_asking(text))[0].rstrip("?! ")
    said, sure, found, shape = _clause(rest + "?" if text.rstrip().endswith("?") else rest, context)
    if found is None:
        return []
    phrase = lower_first(said.rstrip("?!. "), context)
    if re.match(r"(?:what|who|where|how|when)'s (?:it|he|she|they|you)\b", phrase, re.I):
        return [Candidate(Form.ASKED, phrase, sure)]
    if re.search(r"\byou\b", text, re.I) and re.search(r"\b(?:they|he|she)\b", text, re.I):
        # "when do they let you know": "you" is the one who asks.
        sure = False
    if shape is Shape.QUESTION:
        return [Candidate(Form.ASKED, phrase, sure)]
    if shape is Shape.CONTENT:
        return [Candidate(Form.HOW, re.sub(r"\Aif\b", "whether", phrase), sure)]
    if shape is Shape.NOUN and (
        found.tokens[0].tag == "CD"
        or any(token.tag in ("WRB", "WP") or token.lower == "or" for token in found.tokens)
    ):
        return [Candidate(Form.ABOUT, phrase, reason="shape")]
    if shape is Shape.NOUN and found.tokens[0].tag != "PRP" and found.tokens[0].lower not in ("same", "one"):
        return [Candidate(Form.ABOUT, _with_article(found, phrase), sure and not _holds_clause(found))]
    return [Candidate(Form.ASKED, phrase, reason="shape")]


def subject_token(found: Parse) -> Token | None:
    return found.subject(found.roots[0])
