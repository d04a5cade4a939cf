"""Possible wordings of what they told me and what was good to hear, best first."""

from __future__ import annotations

import re
from dataclasses import replace

from drafts.domain.notes import openings
from drafts.domain.notes.fitting import Candidate, is_neat
from drafts.domain.notes.lists import note_lists, word_sets
from drafts.domain.notes.openings import Opened, Opening
from drafts.domain.notes.parser import Parse, parse
from drafts.domain.notes.phrases import (
    clause,
    holds_clause,
    lower_first,
    subject_word,
    with_article,
    with_subject_article,
)
from drafts.domain.notes.points import Context, Form
from drafts.domain.notes.reader import Said, base_of, is_adjective, said_to_reader
from drafts.domain.notes.shapes import Shape, shape_of

# "Ian (site manager) said ..."
_WITH_ROLE = re.compile(r"\A(\w+) \([^()]*\) (?=said\b|told\b|explained\b|mentioned\b)")


# "the books are full, he told me, and the shop is small", "... and he said the shop is small"
_TOLD_BETWEEN = re.compile(r",? (?:he|she|they) (?:told me|said|explained|says|reckons)(?=, )", re.I)
_SAID_BETWEEN = re.compile(
    r"(\b(?:and|but) )(?:he|she|they) (?:also )?(?:said|told me|added|mentioned) (?:that )?", re.I
)


def told(text: str, context: Context) -> list[Candidate]:
    """Possible wordings of what they told me (field `mentioned`), best first; none without a parser or a fitting
    form."""
    if re.match(r"(?:i )?(?:told|asked) (?:him|her|them)\b", text, re.I):
        return [Candidate(Form.OWN, text, reason="third_person")]
    text = _SAID_BETWEEN.sub(r"\g<1>", _TOLD_BETWEEN.sub("", _WITH_ROLE.sub(r"\g<1> ", text)))
    opened = openings.without_saying(text, context.reader)
    rest = opened.rest
    if re.match(r"(?:in|with|,)[^,]{0,30}\bthat\b|,", rest) and opened.opening is not Opening.NONE:
        # "told me in Spanish that ...": an aside between the verb and what was said.
        return [Candidate(Form.THAT, rest, reason="shape")]
    if re.search(r"\b(?:you|your)\b", rest, re.I) and re.search(r"\b(?:they|he|she)\b", rest, re.I):
        # "they don't let you carry more": here "you" means anybody.
        said, _, _, _ = clause(rest, context)
        return [Candidate(Form.THAT, lower_first(said, context), sure=False)]
    if opened.opening is Opening.ASKED:
        said, _, _, _ = clause(rest, context)
        return [Candidate(Form.OWN, f"you asked me about {lower_first(said, context)}", reason="shape")]
    if opened.opening is Opening.SHOWED:
        said, sure, _, shape = clause(rest, context)
        return [Candidate(Form.ABOUT, lower_first(said, context), sure)] if shape is Shape.NOUN else []
    if re.match(r"[A-Z]\w+ (?:told me|said|mentioned|explained)\b", rest):
        return [Candidate(Form.THAT, rest, reason="third_person")]
    if opened.opening is Opening.TALKED and re.match(r"how|why|what|whether", rest, re.I):
        return _about_them(rest, context, Opening.SAID)
    return _about_them(rest, context, opened.opening)


def liked(text: str, context: Context) -> list[Candidate]:
    """Possible wordings of what was good to hear or see (field `enjoyed`), best first; none if it says too little."""
    if is_neat(text) and _I_LIKED.match(text):
        sentence, sure, _, _ = clause(text, context)
        return [Candidate(Form.OWN, sentence, sure)]
    nice = _NICE_TO.match(text)
    if nice:
        turned, sure, _, _ = clause(nice["rest"], context)
        return [Candidate(Form.OWN, f"it was {nice['how'].lower()} to {turned}", sure)]
    opened = openings.without_liking(text, context.reader)
    acted = opened.opening in (Opening.ASKED, Opening.SHOWED)
    if acted and (_HE_SHE.match(text) or text.split()[0].lower() in context.reader):
        # What was good is that they asked or showed it, so these words stay.
        opened = Opened(Opening.NONE, text)
    if _THAT_NAMED.match(opened.rest):
        opened = replace(opened, rest=opened.rest[5:])
    rest = opened.rest
    found = parse(rest)
    if found is None or len(found.tokens) < 2 or re.match(r"everything\b|my\b", rest, re.I):
        return []
    if re.match(r"to \w+|(?:you )?could tell\b", rest, re.I):
        return [Candidate(Form.OWN, rest, reason="shape")]
    said = said_to_reader(found, context.reader)
    phrase = lower_first(said.text, context)
    if re.match(r"the (?:way|idea|story|example|part)\b", rest, re.I):
        return [Candidate(Form.ITSELF, phrase, said.sure)]
    if re.match(r"the fact\b", rest, re.I):
        return [Candidate(Form.ABOUT, phrase, said.sure)]
    wordings = _liked_by_shape(text, opened, found, context)
    if not wordings and re.match(r"(?:the|your|their|his|her|how|that)\b", rest, re.I):
        return [Candidate(Form.ABOUT, phrase, said.sure, "shape")]
    return wordings


_HE_SHE = re.compile(r"(?:he|she|they|you)\b", re.I)
# "I liked that Ann let me ...": no demonstrative.
_THAT_NAMED = re.compile(r"that (?:[A-Z]|\d+ (?:of|people)\b|you\b|we\b|they\b|he\b|she\b|it\b|there\b)")
_NICE_TO = re.compile(
    r"(?:it (?:was|is) |it's |was |really |very |so )*"
    r"(?P<how>nice|great|good|lovely|fun|interesting|refreshing|reassuring) to "
    r"(?P<rest>(?:hear (?:it|this|that|straight|directly|firsthand)"
    r"|(?!(?:hear|learn|know|find|be|work|have)\b)\w+)\b.*)",
    re.I,
)


def _liked_by_shape(text: str, opened: Opened, found: Parse, context: Context) -> list[Candidate]:
    """Possible wordings of something that was good to hear, by the shape of what follows its opening."""
    shape = shape_of(found)
    said = said_to_reader(found, context.reader)
    phrase = lower_first(said.text, context)
    if opened.opening is Opening.SHOWED:
        return [Candidate(Form.ABOUT, phrase, said.sure, "" if shape is Shape.NOUN else "shape")]
    if opened.opening is Opening.TALKED and shape is Shape.NOUN:
        return [Candidate(Form.TALKED, phrase, said.sure)]
    if re.match(r"when\b", opened.rest, re.I) and shape is Shape.CONTENT:
        return [Candidate(Form.ITSELF, f"the moment {phrase}", said.sure, "shape")]
    if shape is Shape.GERUND and opened.opening is Opening.NONE and found.tokens[0].tag == "VBG":
        return [Candidate(Form.ITSELF, phrase, said.sure)]
    if shape is Shape.NOUN:
        form = Form.THING if opened.opening is Opening.NONE else Form.ABOUT
        if found.roots[0].lemma in note_lists().enjoyable:
            form = Form.ITSELF
        return [Candidate(form, with_article(found, phrase), said.sure and not holds_clause(found))]
    if shape is Shape.CLAUSE and opened.opening is not Opening.ABOUT:
        return _liked_clause(text, said, found, context)
    if (
        shape is Shape.PAST
        and opened.opening is Opening.NONE
        and found.tokens[0].lemma in word_sets().mine_to_do
    ):
        # "felt welcome", "met the team"
        return [Candidate(Form.OWN, f"I {phrase}", said.sure, "check")]
    if shape is Shape.ADJECTIVE and opened.opening is Opening.NONE:
        # "relaxed and friendly": the talk, or the person.
        return [Candidate(Form.THAT, f"it was {phrase}", said.sure, "check")]
    return [
        replace(one, reason=one.reason or "check") if shape is Shape.PAST else one
        for one in _about_them(opened.rest, context, opened.opening)
    ]


def _liked_clause(text: str, said: Said, found: Parse, context: Context) -> list[Candidate]:
    """Possible wordings of a whole clause, which follows "I liked that"."""
    subject = subject_word(found)
    if subject == "i":
        return [Candidate(Form.OWN, said.text, said.sure, "" if _I_LIKED.match(said.text) else "shape")]
    if subject in ("you", "you're") and not _HE_SHE.match(text):
        return [Candidate(Form.OWN, said.text, said.sure)]
    phrase = with_subject_article(lower_first(said.text, context))
    thing = found.subject(found.roots[0])
    is_unclear = (
        # "the fund the firm runs": a thing and a relative clause look like a sentence.
        (
            thing is not None
            and thing.tag == "NN"
            and found.roots[0].lemma != "be"
            and not text.lower().startswith("that ")
        )
        or subject in ("this", "that")
    )
    return [Candidate(Form.THAT, phrase, said.sure, "shape" if is_unclear else "")]


_I_LIKED = re.compile(
    r"I(?:'ve| have| really| also)* (?:liked|loved|enjoyed|like|love|appreciated?"
    r"|was (?:impressed|interested|touched|moved|glad|happy|pleased|delighted)|am interested|found|learned)\b"
)


def _about_them(text: str, context: Context, opening: Opening) -> list[Candidate]:
    """What someone told: a clause, a "how" clause or a thing."""
    text = _without_that(text)
    said, sure, found, shape = clause(text, context)
    if found is None:
        return []
    if shape is Shape.QUESTION:
        return [Candidate(Form.THAT, lower_first(said, context), reason="shape")]
    if shape is Shape.CLAUSE and opening is not Opening.ABOUT:
        if opening is Opening.NONE and (subject_word(found) in ("i", "this", "that") or _is_opinion(found)):
            return [Candidate(Form.OWN, said, reason="shape")]
        return [Candidate(Form.THAT, with_subject_article(lower_first(said, context)), sure)]
    if shape is Shape.CONTENT:
        if re.match(r"(?:when|if)\b[^,]*, \w", said, re.I):
            # "when the harvest starts, they hire": no question, but a time or a condition.
            return [Candidate(Form.THAT, lower_first(said, context), sure, "shape")]
        reason = "shape" if re.match(r"when|if|who", said, re.I) else ""
        return [Candidate(Form.HOW, lower_first(said, context), sure, reason)]
    if shape is Shape.NOUN or (
        shape in (Shape.GERUND, Shape.CLAUSE) and opening in (Opening.ABOUT, Opening.TALKED)
    ):
        form = Form.TALKED if opening is Opening.TALKED else Form.ABOUT
        return [_topic(form, found, lower_first(said, context), sure)]
    if shape is Shape.ADJECTIVE and (found.tokens[0].pos != "ADJ" or len(found.tokens) < 2):
        return []
    if shape in (Shape.THIRD, Shape.PAST, Shape.BASE, Shape.GERUND, Shape.ADJECTIVE):
        whole = _subjectless(lower_first(text, context), context)
        return [whole] if whole else []
    return [Candidate(Form.ABOUT, lower_first(said, context), reason="shape")]


def _without_that(text: str) -> str:
    """ "that the rota starts in May" -> "the rota starts in May"; "that" stays if no clause follows."""
    if re.match(r"that (?:you|we|they|he|she|it|there)\b", text, re.I):
        return text[5:]
    rest = parse(text[5:]) if re.match(r"that\s", text, re.I) else None
    return text[5:] if rest is not None and shape_of(rest) is Shape.CLAUSE else text


def _topic(form: Form, found: Parse, phrase: str, sure: bool) -> Candidate:
    """The wordings of a thing or an activity that they talked about. `sure`: whether every pronoun in it was clear."""
    if found.tokens[0].tag in ("PRP", "CD", "RB", "RBS") or found.roots[0].lemma in word_sets().positions:
        # "the volunteer coordinator" is the person, not the topic.
        return Candidate(form, phrase, reason="shape")
    if shape_of(found) is not Shape.NOUN:
        return Candidate(form, phrase, sure)
    return Candidate(form, with_article(found, phrase), sure and not holds_clause(found))


def _subjectless(text: str, context: Context) -> Candidate | None:
    """ "needs people who ...", "opening a second place": about them, with the subject left out."""
    first = text.split(" ", 1)[0].lower()
    if first.endswith("ing") and first not in note_lists().theirs_ing:
        return None
    for start in ("they ", "they're "):
        found = parse(start + text)
        if found is None or len(found.tokens) < 3:
            return None
        if not (_may_follow_they(found) if start == "they " else _may_follow_they_are(found)):
            continue
        said = said_to_reader(_agreeing(found), context.reader)
        if shape_of(found) is Shape.CLAUSE and found.subject(found.roots[0]) is found.tokens[0]:
            return Candidate(Form.THAT, said.text, said.sure)
    return None


def _may_follow_they(found: Parse) -> bool:
    """ "they need two nurses": whether it is a finite verb that notes are known to begin with."""
    verb = found.roots[0]
    if verb.tag == "VBN" or verb.lemma == "be":
        return False
    # "builds 50 min" may be a thing and its number.
    may_be_thing = (
        verb.tag == "VBZ" and verb.index + 1 < len(found.tokens) and found.tokens[verb.index + 1].tag == "CD"
    )
    return not (verb.tag == "VBP" or may_be_thing) or verb.lemma in word_sets().plain_verbs


def _may_follow_they_are(found: Parse) -> bool:
    """ "they're opening a second place", "they're short of nurses". The parse begins with "they" and "'re"."""
    word = found.tokens[2].lower
    if word.endswith("ing"):
        return True
    ends = len(found.tokens) < 4 or found.tokens[3].pos in ("ADP", "CCONJ", "PUNCT", "SCONJ")
    return ends and is_adjective(word)


def _agreeing(found: Parse) -> Parse:
    """Parses a note typed without a subject ("needs two nurses") again with "they need"."""
    finite = found.finite(found.roots[0])
    if finite.tag != "VBZ" or finite.lower in ("'s", "'re"):
        return found
    changed = {"is": "are", "has": "have", "does": "do"}.get(finite.lower) or base_of(finite)
    text = "".join(
        (changed if token.index == finite.index else token.text) + token.space for token in found.tokens
    )
    return parse(text.strip()) or found


def _is_opinion(found: Parse) -> bool:
    """ "she was super straight with me": an opinion about a person, not something the person said."""
    root = found.roots[0]
    finite = found.finite(root)
    links = finite.lemma in ("be", "'s", "seem", "look") or finite.lower in ("'s", "is", "was")
    if subject_word(found) not in ("he", "she") or not links:
        return False
    described = root.tag in ("VBN", "JJ") or any(child.dep == "acomp" for child in found.children(root))
    return described and len(found.tokens) <= 9
