"""Possible wordings of the question and the P.S. at the end of a letter, best first."""

from __future__ import annotations

import re

from drafts.domain.notes import openings
from drafts.domain.notes.fitting import Candidate, is_neat
from drafts.domain.notes.lists import note_lists, note_patterns, word_sets
from drafts.domain.notes.openings import Opened, Opening
from drafts.domain.notes.parser import Parse, parse
from drafts.domain.notes.phrases import clause, holds_clause, lower_first, subject_word, with_article
from drafts.domain.notes.points import Context, Form
from drafts.domain.notes.shapes import Shape


def callbacks(text: str, context: Context) -> list[Candidate]:
    """Possible wordings of the P.S. (field `callback`), best first; unchanged if it already addresses the reader."""
    found = parse(text)
    if found is None:
        return []
    as_typed = [Candidate(Form.OWN, text, reason="personal")]
    if "(" in text or re.match(
        r"(?:i )?(?:told|asked) (?:him|her|them)\b|I (?:have|need|must|should|want) to\b", text, re.I
    ):
        return as_typed
    words = {token.lower for token in found.tokens}
    if found.tokens[0].tag in ("JJS", "RBS"):
        return as_typed
    hopes = re.match(r"(?:hope|hoping)\b", text, re.I)
    if (not hopes and words & {"you", "your", "you're", "u"}) or note_patterns().wishes.match(text):
        return [Candidate(Form.OWN, text, not words & {"he", "she", "him", "her", "his"})]
    if hopes:
        rest = re.sub(r"\A(?:hope|hoping)\s+(?:that\s+)?", "", text, flags=re.I)
        said, sure, _, shape = clause(rest, context)
        return [Candidate(Form.OWN, f"I hope {said}", sure, "" if shape is Shape.CLAUSE else "personal")]
    opened = openings.without_liking(text, context.reader)
    if opened.opening is Opening.SHOWED and "recommend" in opened.verb:
        said, sure, _, shape = clause(opened.rest, context)
        thanks = f"thank you for recommending {said}"
        return [Candidate(Form.OWN, thanks, sure, "" if shape is Shape.NOUN else "personal")]
    candidate = _addressed_to_reader(opened, context)
    return [candidate] if candidate else as_typed


def _addressed_to_reader(opened: Opened, context: Context) -> Candidate | None:
    """The P.S. for a topic or a clause that does not address the reader yet; None if it has to stay unchanged."""
    said, sure, inner, shape = clause(opened.rest, context, we_is_us=True)
    if inner is None:
        return None
    phrase = lower_first(said, context)
    if shape is Shape.CLAUSE:
        # "It was fun to hear that we found out that ..." would be said of oneself.
        found_out = subject_word(inner) == "we" and inner.roots[0].lemma in word_sets().mine_to_do
        if (subject_word(inner) == "i" or found_out) and opened.opening is Opening.NONE:
            return Candidate(Form.OWN, said, sure)
        if inner.roots[0].lemma in word_sets().spoken and subject_word(inner) in ("he", "she", "they"):
            # "he joked the coffee machine was sick": it is no news to them that they did.
            return Candidate(Form.THAT, phrase, sure, "personal")
        spoken_to = re.search(r"\b(?:you|your|we|you're|you've)\b", phrase)
        if spoken_to and opened.opening is Opening.NONE and _is_what_happened(inner):
            return Candidate(Form.THAT, phrase, sure, "check")
        return Candidate(Form.THAT, phrase, sure, "" if spoken_to else "personal")
    if shape is Shape.CONTENT:
        return Candidate(Form.HOW, phrase, sure, "" if phrase.startswith("how ") else "personal")
    if shape is not Shape.NOUN or len(inner.tokens) < 2:
        return None
    form = Form.TALKED if opened.opening is Opening.TALKED else Form.ABOUT
    if form is Form.ABOUT and _is_somebody(inner):
        return None
    return Candidate(form, with_article(inner, phrase), sure and not holds_clause(inner))


def _is_what_happened(found: Parse) -> bool:
    """ "her greyhound slept under the desk": they were there, so it may be no news to either."""
    root = found.roots[0]
    subject = found.subject(root)
    return found.finite(root).tag == "VBD" and subject is not None and subject.pos != "PRON"


def _is_somebody(found: Parse) -> bool:
    """Whether a noun phrase describes a person, and so is not a topic."""
    head = found.roots[0].lower
    return head in word_sets().identities or head in note_lists().people or found.tokens[0].tag == "PRP"


# "when orientation is and is it paid": the second one would need another form.
_TWO_QUESTIONS = re.compile(
    r"\b(?:and|or|but) (?:is|are|do|does|did|can|could|will|would|should|what|when|how|where|who|which|if|whether)\b",
    re.I,
)


_THEY_SAY = re.compile(r"(?:he|she|they)\b[^?]*\Z", re.I)


def _two_questions(text: str, phrase: str, sure: bool, shape: Shape) -> Candidate:
    if is_neat(text):
        return Candidate(Form.ASKED, phrase, sure)
    return Candidate(Form.HOW if shape is Shape.CONTENT else Form.ASKED, phrase, reason="parts")


def questions(text: str, context: Context) -> list[Candidate]:
    """Possible wordings of what I would like to know (field `ask`), best first; none without a parser."""
    rest = re.split(r"\s+because\b", openings.without_asking(text))[0].rstrip("?! ")
    said, sure, found, shape = clause(rest + "?" if text.rstrip().endswith("?") else rest, context)
    if found is None:
        return []
    phrase = lower_first(said.rstrip("?!. "), context)
    if shape is Shape.CLAUSE and _THEY_SAY.match(text):
        # "She said both.": no question.
        return [Candidate(Form.OWN, said, sure, "shape")]
    if _TWO_QUESTIONS.search(phrase):
        return [_two_questions(text, phrase, sure, shape)]
    if re.match(r"(?:what|who|where|how|when)'s (?:it|he|she|they|you)\b", phrase, re.I):
        return [Candidate(Form.ASKED, phrase, sure)]
    if re.search(r"\byou\b", text, re.I) and re.search(r"\b(?:they|he|she)\b", text, re.I):
        # "when do they let you know": here "you" is the candidate.
        sure = False
    if shape is Shape.QUESTION:
        return [Candidate(Form.ASKED, phrase, sure)]
    if shape is Shape.CONTENT:
        return [Candidate(Form.HOW, re.sub(r"\Aif\b", "whether", phrase), sure)]
    first = found.tokens[0]
    if shape is Shape.NOUN and (
        first.tag == "CD" or any(token.tag in ("WRB", "WP") or token.lower == "or" for token in found.tokens)
    ):
        return [Candidate(Form.ABOUT, phrase, reason="shape")]
    if shape is Shape.NOUN and first.tag != "PRP" and first.lower not in ("same", "one"):
        return [Candidate(Form.ABOUT, with_article(found, phrase), sure and not holds_clause(found))]
    return [Candidate(Form.ASKED, phrase, reason="shape")]
