"""What hurried words lack: capitals of names, articles, apostrophes; and whether they are a piece of a sentence."""

from __future__ import annotations

import re
from functools import cache, partial

from drafts.domain import proofread
from drafts.domain.files import read_entries
from drafts.domain.naming import indefinite
from drafts.domain.notes import clean
from drafts.domain.notes.lists import word_sets
from drafts.domain.notes.products import with_products
from drafts.domain.notes.reader import is_verb

# Names that are also ordinary words, but not after "on" or "in".
_CALLED_ON = re.compile(
    r"\b((?:on|via|over|using|through|in) )(slack|zoom|outlook|indeed|notion|epic|figma|quickbooks)\b"
)
# "talked me up to ray"; the words of the list are more often something else there.
_TO_SOMEBODY = re.compile(
    r"\b((?:to|with|told|called|emailed|texted|met|meet) )([a-z]{3,})(?= (?:and|at|about|from|in|on|over)\b|[,.!]|\Z)"
)
_SURNAME = re.compile(
    r"\b((?:to|with|told|called|emailed|met|meet) ([A-Z][a-z]{2,}) )([a-z]{3,})(?= (?:and|at|about)\b|[,.!]|\Z)"
)
# "priya Nair" and, of the names that are hardly words, "josh".
_FIRST = re.compile(r"(?<![\w'@./-])[a-z]{3,}(?![\w@/-]|\.\w)(?P<family> [A-Z][a-z]+)?")
_SENT = re.compile(r"\b(?:up|along|over|resume|cv|number|name|linkedin|profile|application|letter) \Z", re.I)
_NO_SURNAMES = frozenset({
    "today", "yesterday", "tomorrow", "first", "directly", "again", "too", "twice", "there", "once", "personally",
    "afterwards", "later", "soon", "online", "here", "already", "himself", "herself", "also", "and", "last",
})  # fmt: skip
_NO_NAMES = frozenset(
    {"art", "bill", "chase", "faith", "hope", "joy", "mark", "may", "will", "grant", "rose", "france"}
)
_SPAN = r"(week|day|month|year|hour)"
_SPANNED = r"(?=(?:notice|pay|salary|leave|vacation|severance|rent|work|experience|worth|training)\b)"
_ONE = re.compile(rf"\b(an?|one|1|this|next|last) {_SPAN}s'? {_SPANNED}", re.I)
_MORE = re.compile(
    rf"\b(\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|a couple(?: of)?|a few|several) {_SPAN}s {_SPANNED}",
    re.I,
)
_KIND_OF_SUM = (
    r"annual|yearly|quarterly|monthly|target|sign[- ]on|signing|year-end|performance|employer|employee|staff|store"
    r"|company|retention|relocation|travel|conference|training|education|tuition|clothing|tool|phone|home office"
    r"|shift|night|weekend|evening|401\(?k\)?|403\(?b\)?|pension|matching|guaranteed"
)
_SUM = re.compile(
    r"(?<![\w$€£.,-])(?P<sum>\d+(?:\.\d+)?%|\d+k|[$€£]\d[\d,]*(?:\.\d+)?k?)"
    rf"(?P<thing> (?:(?:{_KIND_OF_SUM}) )*"
    r"(?:discount|bonus|match|raise|increase|commission|differential|contribution|stipend|allowance|budget|sign-on)\b)",
    re.I,
)
_WHOSE = re.compile(
    r"\b(husband|wife|partner|mother|father|mom|dad|son|daughter|boss|company|family)s "
    r"(?=(?:job|work|family|health|illness|school|new|company|business|career|transfer|surgery|house)\b)",
    re.I,
)
_DEGREE = re.compile(r"\b(master|bachelor)s (?=(?:degree|license|thesis|program|in)\b)", re.I)
_PLUS = re.compile(
    r"(?<= plus )(?=(?:truck|car|van|phone|laptop|bonus|stipend|pension|company (?:car|truck|van|phone))\b)",
    re.I,
)
_WITHOUT_THE = re.compile(
    r"\b(passed|finished|completed) (?!(?:the|my|an?|our|all|both|that|this|every|each|another|some|one|\d+)\b)"
    r"(?=[a-z]+ (?:section|part|half|phase|module) of\b)",
    re.I,
)
_EXCEL = r"\bexcel (?=(?:pivot|sheets?|spreadsheets?|files?|macros?|formulas?|skills|models?|course|class)\b)"
_WORDS = {
    _EXCEL: "Excel ",
    r"\bsign on bonus\b": "sign-on bonus",
    r"\bnite\b": "night",
    r"\bwent good\b": "went well",
    r"\bgoing good\b": "going well",
}
_HAS_ARTICLE = re.compile(
    r"(?:\b(?:an?|the|my|your|our|their|his|her|its|this|that|no|any|each|every|one|another|of|to)|[\w'-]+['’]s) \Z",
    re.I,
)
# "hourly", "part-time": no thing to ask about.
_QUALITY = re.compile(
    r"(?:the )?(?:hourly|daily|weekly|monthly|yearly|annual|flexible|remote|hybrid|higher|more|better|less|lower"
    r"|earlier|later"
    r"|part[- ]time|full[- ]time|permanent|temporary|nights?|days?|\d+|[$€£]?\d[\d,.]*k?)",
    re.I,
)
_PIECE = re.compile(
    r"\b(?:work|working|job|role|position|place|one|something) (?:closer|nearer)\Z"
    r"|\b(?:less|more|no|without|much|too much) on[- ]call\Z"
    r"|\b(?:than|the|an?|and|or|but|my|your)\Z"
    r"|\b(?:wants?|needs?|requires?|asks? for) \d+ (?:years?|yrs?)\Z",
    re.I,
)


def is_piece(text: str) -> bool:
    """Whether words that look like a sentence lack something at their end: "found work closer", "less on call"."""
    return bool(_PIECE.search(text.rstrip(".!?… ")))


def is_quality(text: str) -> bool:
    """Whether words name no thing that one can ask about: "hourly", "part-time", "more"."""
    return bool(_QUALITY.fullmatch(text.strip(" .!?")))


def mended(text: str) -> str:
    """ "a weeks notice", "20% discount" -> "a week's notice", "a 20% discount"."""
    text = _ONE.sub(r"\1 \2's ", text)
    text = _MORE.sub(r"\1 \2s' ", text)
    text = _DEGREE.sub(r"\1's ", _WHOSE.sub(r"\1's ", text))
    text = _WITHOUT_THE.sub(r"\1 the ", _PLUS.sub("a ", text))
    for typed, right in _WORDS.items():
        text = re.sub(typed, right, text)
    return _SUM.sub(lambda match: _with_article(match, text), text)


def _with_article(match: re.Match[str], text: str) -> str:
    if _HAS_ARTICLE.search(text[: match.start()]):
        return match.group()
    return f"{indefinite(match['sum'])} {match.group()}"


def with_names(text: str, known: frozenset[str], company: str = "") -> str:
    """ "in portland" -> "in Portland": places, people and products that are spelled like no ordinary word.

    `known`: words of names, in lower case, which stay as they are.
    """
    text = _with_company(text, company).replace("Linkedin", "LinkedIn")
    text = _FIRST.sub(
        lambda match: match[0][0].upper() + match[0][1:] if _is_first(match) else match[0],
        with_products(text, known),
    )
    text = _TO_SOMEBODY.sub(
        lambda match: match[1] + match[2].capitalize() if _is_somebody(match) else match[0], text
    )
    text = _CALLED_ON.sub(lambda match: match[1] + _called(match[2]), text)
    text = clean.spell(text, known)[0].replace("QuickBooks online", "QuickBooks Online")
    return _SURNAME.sub(
        lambda match: (
            match[0]
            if match[3] in _NO_SURNAMES or not _is_given(match[2].lower())
            else match[1] + match[3].capitalize()
        ),
        text,
    )


def _with_company(text: str, company: str) -> str:
    """ "at st. luke's" -> "at St. Luke's", for St. Luke's Hospital."""
    words = company.split()
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count])
        there = re.compile(
            rf"\b((?:at|for|from|join|joining|with|of|to|into) (?:the )?){re.escape(name.lower())}(?![\w-])"
        )
        text = there.sub(partial(_after_its_word, name), text)
    return text


def _after_its_word(name: str, match: re.Match[str]) -> str:
    return f"{match[1]}{name}"


def _is_given(word: str) -> bool:
    return word in _given_names() and word not in _NO_NAMES


def _is_first(match: re.Match[str]) -> bool:
    word = match[0].removesuffix(match["family"] or "")
    if word in word_sets().first_names:
        return True
    return bool(match["family"]) and _is_given(word) and not proofread.is_word(word)


def _is_somebody(match: re.Match[str]) -> bool:
    """Whether the word is a name: "which shows to skip" goes on with a verb, "talked me up to ray" does not."""
    is_plain_to = match[1] == "to " and not _SENT.search(match.string[: match.start()])
    return _is_given(match[2]) and not (is_plain_to and is_verb(match[2]))


@cache
def _given_names() -> frozenset[str]:
    return frozenset(name.lower() for name in read_entries("given_names.txt"))


def _called(word: str) -> str:
    return {"quickbooks": "QuickBooks"}.get(word, word.capitalize())
