"""The check that a finished sentence may go into a letter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz.distance import OSA

from drafts.domain import proofread
from drafts.domain.notes.clauses import (
    has_loose_start,
    has_unfinished_clause,
    is_unattached,
    is_verbless,
    spliced,
)
from drafts.domain.notes.lists import note_lists, note_patterns, word_sets
from drafts.domain.notes.nouns import lacks_article, miscounted
from drafts.domain.notes.parser import Parse, Token, parse
from drafts.domain.notes.reader import inflected
from drafts.domain.tokens import fold
from drafts.domain.vocabulary import is_in_vocabulary

SHORTEST_SHOUTED = 3  # letters; shorter words in capitals are mostly abbreviations
LONG_WORD = 9  # letters; two typos in one word are likely only in words this long
LONGEST_SENTENCE = 26  # words, including the phrasebook's; longer sentences were seldom correct as typed
# "93,5" is a decimal in many languages, but not a number in English.
FOREIGN_DECIMAL = re.compile(r"\b\d+,\d{1,2}(?!\d)")
LONGEST_NEAT_SENTENCE = 40
_STRANGE = re.compile(
    r"[\[\]{}<>|\\^~=*_`#@→⇒•\u200e\u200f\u202a-\u202e\u2066-\u2069\u0590-\u08ff]"
    r"|[\u2600-\u27bf\U0001f000-\U0001faff]|\?\?|//|\w/\s|\s/\w?|\+\s|--"
)


def doubt(
    sentence: str,
    known: frozenset[str],
    *,
    question: bool = False,
    phrase: bool = False,
    loose: bool = False,
    neat: bool = False,
    others: bool = False,
) -> str:
    """Why the candidate must be asked before a finished sentence is used (an id of reasons.toml); "" if not.

    `known`: words that count as spelled right, in lower case (the names of the interview). A `question` has its own
    word order; a `phrase` follows a colon and need not be a whole clause; a `loose` sentence may have several clauses
    side by side, as corrections do. A `neat` one was typed as a careful whole sentence, so it may be longer and have
    commas, except between clauses without a conjunction. `others`: "he" and "she" may be somebody else than the reader.
    Without a parser, every sentence is asked about.
    """
    if _STRANGE.search(sentence):
        return "characters"
    found = parse(sentence)
    if found is None:
        return "grammar"
    longest = LONGEST_NEAT_SENTENCE if neat else LONGEST_SENTENCE
    if len([token for token in found.tokens if token.pos != "PUNCT"]) > longest:
        return "long"
    if not others and any(token.lower in word_sets().third_person for token in found.tokens):
        return "third_person"
    if not neat and any(token.text in word_sets().shorthand for token in found.tokens):
        return "shape"
    problem = _shape_doubt(found, sentence, question=question, phrase=phrase, loose=loose, neat=neat)
    if problem:
        return problem
    patterns = note_patterns()
    if FOREIGN_DECIMAL.search(sentence) or patterns.slips.search(sentence):
        return "grammar"
    if not neat and patterns.hurried_slips.search(sentence):
        return "grammar"
    return _word_doubt(found, sentence, known, neat=neat)


def _word_doubt(found: Parse, sentence: str, known: frozenset[str], *, neat: bool) -> str:
    """The part of `doubt` that goes by single words.

    In a careful sentence, a word that may be a typo or may lack its article is often right ("the resighting data", "I
    was deputy"). So it is only to be checked, and says nothing about the candidate's other notes. After a preposition,
    careful writers leave the article out on purpose ("stops for soup").
    """
    remarks = proofread.proofread(sentence, "american")
    words = [sentence[remark.start : remark.end] for remark in remarks]
    if any(
        remark.kind in _GRAMMAR_KINDS and word.strip() for remark, word in zip(remarks, words, strict=True)
    ):
        return "grammar"
    may_have_typo = any(
        remark.is_spelling and _may_be_typo(word, remark.replacements, known)
        for remark, word in zip(remarks, words, strict=True)
    )
    if may_have_typo and not neat:
        return "grammar"
    may_lack_article = neat and any(
        lacks_article(found, token) and token.dep != "pobj" for token in found.tokens
    )
    return "check" if may_have_typo or may_lack_article or any(map(_is_shouted, found.tokens)) else ""


def _shape_doubt(
    found: Parse, sentence: str, *, question: bool, phrase: bool, loose: bool, neat: bool
) -> str:
    """The part of `doubt` that goes by the sentence's structure."""
    whole = not (question or phrase or loose)
    if not (phrase or loose) and (spliced(found) is not None if neat else _has_comma(found)):
        return "parts"
    if (whole and _COLON.search(sentence)) or (not phrase and _is_left_open(found)):
        return "shape"
    # The parser gets lost in long sentences, so one that was typed with care is not doubted for its structure alone.
    if whole and not neat and has_unfinished_clause(found):
        return "shape"
    if _has_slip(found, phrase=phrase, neat=neat):
        return "grammar"
    if (question and not found.has_subject) or (not (phrase or loose) and _lacks_antecedent(found)):
        return "shape"
    if whole and not neat and (is_verbless(found) or has_loose_start(found) or is_unattached(found)):
        return "shape"
    return ""


# But not the colon of a time.
_COLON = re.compile(r";|:(?!\d)|(?<!\d):")


def _has_comma(found: Parse) -> bool:
    """Whether a comma joins two remarks or begins a list; "one month, not two" is one remark.

    Of the sentences with one that were made of hurried notes, readers found one in four right, and no rule told which
    (docs/decisions/0013).
    """
    following = (*found.tokens[1:], None)
    return any(
        token.text == "," and not (after and after.lower == "not")
        for token, after in zip(found.tokens, following, strict=True)
    )


def _has_slip(found: Parse, *, phrase: bool, neat: bool) -> bool:
    """Whether an article or ending is missing, or a number, a verb or "which" does not agree with its noun."""
    if not (phrase or neat) and any(lacks_article(found, token) for token in found.tokens):
        return True
    return any(
        slips(found, token)
        for slips in _SLIPS
        for token in found.tokens
        # "I moved the care plans to Nourish": a product.
        if not (neat and slips is _is_capital_verb)
    )


def _is_capital_verb(found: Parse, token: Token) -> bool:
    return token.index > 0 and token.pos == "VERB" and token.text.istitle()


def _lacks_antecedent(found: Parse) -> bool:
    return any(_has_no_antecedent(found, token) for token in found.tokens)


def _is_left_open(found: Parse) -> bool:
    """ "two references needed": ends with a participle that lacks its "is" or "are"."""
    last = found.tokens[-2]
    return last.lower in note_lists().left_open and found.finite(last) is last and last.tag in ("VBD", "VBN")


def _is_shouted(token: Token) -> bool:
    """ "still PAPER": a word in capitals that is no abbreviation."""
    return len(token.text) > SHORTEST_SHOUTED and token.text.isupper() and proofread.is_word(token.lower)


def _may_be_typo(word: str, replacements: Sequence[str], known: frozenset[str]) -> bool:
    is_unknown = word.islower() and not _is_known(word, known)
    return is_unknown and any(_is_near(word, other) for other in replacements)


def _is_near(word: str, other: str) -> bool:
    """Whether an unknown word may be a typo; one that resembles no known word is a name or a technical term."""
    most = 2 if len(word) >= LONG_WORD else 1
    return " " not in other and OSA.distance(word, other.lower(), score_cutoff=most) <= most


_GRAMMAR_KINDS = frozenset({"Grammar", "Agreement", "WordChoice", "Redundancy", "Repetition"})


def _is_known(word: str, known: frozenset[str]) -> bool:
    return word in known or proofread.is_word_anywhere(word) or is_in_vocabulary(fold(word))


def shows_slip(remark: str) -> bool:
    """Whether a subject and a verb of a remark differ in number, which is rare with native writers in a hurry."""
    found = parse(remark)
    return found is not None and any(_disagrees(found, token) for token in found.tokens)


def _disagrees(found: Parse, token: Token) -> bool:
    """Whether a subject and its verb differ in number; there may be adverbs between them."""
    if token.dep != "nsubj" or token.index + 1 >= len(found.tokens):
        return False
    verb = found.head(token)
    finite = found.finite(verb)
    if finite.index < token.index and token.tag == "NNS" and token.text.islower():
        # In a question: "how is the days off".
        return finite.lower in ("is", "was", "has", "does")
    between = found.tokens[token.index + 1 : finite.index]
    if finite.index < token.index or any(other.pos != "ADV" for other in between):
        return False
    if any(child.dep in ("conj", "cc") for child in found.children(token)):
        return False
    if token.tag == "NNS" and token.text.islower() and token.text.isalpha() and token.text.endswith("s"):
        # "the data comes" is fine.
        return finite.tag == "VBZ" and finite.lower != "'s"
    if token.lower in ("i", "you", "we", "they"):
        return finite.tag == "VBZ" and finite.lower != "'s"
    if token.tag == "NN" and token.text.islower() and token.lower not in word_sets().collective:
        # "let the team decide" has a bare verb, "her son also play" lacks its ending.
        is_bare = finite.tag == "VB" and found.head(verb).lemma not in word_sets().with_bare_verb
        return finite.lower in ("were", "have", "do") or finite.tag == "VBP" or is_bare
    return False


def _is_present_since(found: Parse, token: Token) -> bool:
    """ "I'm an instructor since March": the present tense with "since" and a time."""
    if token.lower != "since" or not any(child.dep == "pobj" for child in found.children(token)):
        return False
    verb = found.head(token)
    while verb.pos not in ("VERB", "AUX") and verb.head != verb.index:
        verb = found.head(verb)
    finite = found.finite(verb)
    return finite.tag in ("VBZ", "VBP") and finite.lemma != "have"


def _lacks_have(found: Parse, token: Token) -> bool:
    """ "you done that": a participle after its subject, without "have" or "be"."""
    deps = {child.dep for child in found.children(token)}
    if token.tag not in ("VBN", "VBD") or "nsubj" not in deps:
        return False
    if token.dep in ("ccomp", "xcomp") and "mark" not in deps:
        # "you want it done"
        return False
    if token.lemma == "be" or token.lower.endswith("ed"):
        # "enrolled" is a past tense too.
        return False
    return found.finite(token) is token and inflected(token.lemma, "VBD") != token.lower


def _is_plural_before_noun(found: Parse, token: Token) -> bool:
    """ "two schools job": a counted plural directly before another noun."""
    return (
        token.tag == "NNS"
        and token.dep == "compound"
        and token.text.islower()
        and token.index > 0
        and found.tokens[token.index - 1].tag == "CD"
    )


def _is_bare_after_be(found: Parse, token: Token) -> bool:
    """ "the schedule is make every week"; "my strength is grant writing" is fine."""
    following = found.tokens[token.index + 1 : token.index + 2]
    if (
        token.tag not in ("VB", "VBP")
        or not token.index
        or (following and following[0].pos in ("NOUN", "VERB"))
    ):
        return False
    before = found.tokens[token.index - 1]
    return before.lower in ("is", "are", "was", "were") and before.head == token.index


def _lacks_ending(found: Parse, token: Token) -> bool:
    """ "before go up": a bare verb after a preposition."""
    if token.tag != "VB" or not token.index:
        return False
    return found.tokens[token.index - 1].lower in word_sets().before_ing


def _is_which_for_who(found: Parse, token: Token) -> bool:
    """ "the sommelier which started there": people are "who"."""
    before = found.tokens[token.index - 1] if token.index else token
    return token.lower == "which" and (
        before.lemma in word_sets().person_nouns
        or before.lemma in note_lists().people
        or before.lower.endswith(tuple(word_sets().job_endings))
    )


def _has_no_antecedent(found: Parse, token: Token) -> bool:
    """ "you want to bring it under 3%": "it" as an object, with nothing before it that it could refer to."""
    if token.lower != "it" or token.dep not in ("dobj", "pobj"):
        return False
    return not any(other.pos in ("NOUN", "PROPN") for other in found.tokens[: token.index])


def _is_bare_superlative(found: Parse, token: Token) -> bool:
    """ "Friday is worst day": a superlative before a singular noun, without "the" or "your"."""
    if token.tag != "JJS" or not token.index or token.lower in ("most", "least", "best"):
        return False
    following = found.tokens[token.index + 1 : token.index + 2]
    before = found.tokens[token.index - 1]
    return before.pos in ("AUX", "VERB", "ADP") and bool(following) and following[0].tag == "NN"


def _relative_disagrees(found: Parse, token: Token) -> bool:
    """ "the families who doesn't": the verb of a relative clause and the noun that it describes."""
    if token.dep != "relcl":
        return False
    subject = found.subject(token)
    noun = found.head(token)
    if subject is None or subject.lower not in ("who", "which", "that") or noun.tag not in ("NN", "NNS"):
        return False
    if any(other.tag in ("NN", "NNS", "NNP") for other in found.tokens[noun.index + 1 : subject.index]):
        return False
    finite = found.finite(token)
    if noun.tag == "NNS":
        return finite.tag == "VBZ"
    return finite.lower in ("are", "have", "do", "were") and noun.lower not in word_sets().collective


_SLIPS = (
    _is_bare_superlative,
    _relative_disagrees,
    _disagrees,
    _is_present_since,
    _lacks_have,
    _is_capital_verb,
    miscounted,
    _is_plural_before_noun,
    _is_bare_after_be,
    _lacks_ending,
    _is_which_for_who,
)
