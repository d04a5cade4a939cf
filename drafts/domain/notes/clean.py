"""Turns a note as typed into remarks that can be parsed: fixes list marks, abbreviations, case and laughter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rapidfuzz.distance import OSA

from drafts.domain import proofread
from drafts.domain.notes.lists import note_lists, note_patterns, word_sets
from drafts.domain.notes.points import Context
from drafts.domain.tokens import words_of

_BULLET = re.compile(r"\A\s*(?:[-*•·–—>]+|\(?\d{1,2}[.)])\s+")
_EMOJI = (
    "(?:[\U0001f000-\U0001faff\U00002600-\U000027bf\U00002b00-\U00002bff\U0001f1e6-\U0001f1ff]"
    "[\ufe0f\u200d\U0001f3fb-\U0001f3ff]*)"
)
# A smiley at the end of a remark is decoration. In the middle it may replace a word, so the remark is asked about.
_LAST_SMILEY = re.compile(rf"(?:\s*(?:{_EMOJI}+|[:;=]-?[)(DPpO]|<3|\bxo+\b))+\s*(?=[.!?]*\s*\Z)")
_SENTENCE_END = re.compile(r"(?<=[.!?;…])[\"'”’)]?\s+|\s+(?:--?|[–—])\s+|\n+")
_ABBREVIATION = re.compile(
    r"(?:\b(?:approx|etc|e\.g|i\.e|vs|dr|mr|mrs|ms|st|no|inc|ltd|co|dept|esp|a\.m|p\.m|u\.s|u\.k)"
    r"|\b[A-Z])\.\Z",
    re.I,
)
PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " "})
_TOKEN = re.compile(r"[^\s,.;:!?()\"“”]+(?:\.(?=[^\s]))?[^\s,;:!?()\"“”]*")
# "the answer was 12 it should have been 14": two remarks.
_SHOULD_HAVE = re.compile(
    r"(?<=[\w%])(?<!\bI)(?<!\bi)(?<!\bit) "
    r"(?=(?:it )?(?:should(?:'ve| have| of)?|shouldve) (?:said|been|answered) )"
)


def remarks(text: str) -> list[str]:
    """The remarks of a note, unchanged except for list marks and line breaks."""
    found: list[str] = []
    text = _SHOULD_HAVE.sub(". ", text)
    for line in _numbered_lines(text.replace("\r", "\n")).split("\n"):
        line = _BULLET.sub("", line).strip()
        for piece in _pieces(line):
            if piece:
                found.append(piece)
    return found


def _numbered_lines(text: str) -> str:
    """ "1) the move 2) the plan" with each number on a line of its own, if they count up from one at its start."""
    numbers = [int(number) for number in _NUMBERED.findall(text)]
    if len(numbers) < 2 or numbers != list(range(1, len(numbers) + 1)) or not _NUMBERED.match(text):
        return text
    return _NUMBERED.sub(r"\n- ", text)


_NUMBERED = re.compile(r"(?:\A|(?<=\s))(\d)[.)]\s+(?=\S)")
_MONTH = re.compile(
    r"\b(in|since|until|till|by|from|to|starting|next|last|mid|late|early|this|before|after|of|end of|every|each)[ -]"
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may(?! (?:be|have|not))|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?(?!\w)",
    re.I,
)
_WOULD = re.compile(
    r"\b(i|he|she|they|we|you|who)d "
    r"(?=(?:had|been|like|love|say|rather|have|be|start|do|go|want|always|never|prefer|need|set|transfer|ask|tell|check|use|give|call|take|make|get|go)\b)",
    re.I,
)

# "ill be there", but "not ill often".
_ILL = re.compile(
    r"\bill (?=(?:be|have|do|get|send|bring|call|start|take|make|give|let|need|go|come|try|see|ask|tell)\b)",
    re.I,
)


def _pieces(line: str) -> Iterator[str]:
    start = 0
    for match in _SENTENCE_END.finditer(line):
        before = line[start : match.start()].rstrip()
        if _ABBREVIATION.search(before) and not match.group().strip():
            continue
        yield before
        start = match.end()
    yield line[start:].strip()


def tidy(remark: str, names: Iterable[str]) -> str:
    """A remark with abbreviations spelled out and names, days and "I" capitalized."""
    text = _plain_marks(remark)
    text = re.sub(
        r"(?<=\w)(?: \+ \w[\w' -]*?)+(?= \+ )", lambda match: match.group().replace(" + ", ", "), text
    )
    text = re.sub(r",?\s+(?:mate|lol|haha+|lmao)\s*(?=[.!?]*\Z)", "", text, flags=re.I)
    text = note_patterns().fillers.sub("", text.strip()) or text
    text = spelled_out(text, names)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\s+([,.;:!?])", r"\1", text)
    text = re.sub(r"^[\s,;:.]+|[\s,;:]+$", "", text)
    return text.strip()


def corrected_spelling(remark: str, context: Context) -> str:
    """A remark as it is read: tidied, with its obvious typos fixed."""
    return spell(tidy(remark, context.names), context.known)[0]


def spelled_out(text: str, names: Iterable[str]) -> str:
    """The text with abbreviations and contractions spelled out, and names, days and "I" capitalized."""
    text = _WOULD.sub(r"\1'd ", text)
    text = _ILL.sub("I'll ", text)
    text = re.sub(r"\bwhos\b", "who's", text)
    text = re.sub(r"\b(should|could|would)a\b", r"\1 have", text, flags=re.I)
    text = _with_dates(text)
    text = re.sub(r"\b(\d+) persons\b", r"\1 people", text)
    text = re.sub(r"\bactual (company|job|work|position|employer|team)\b", r"current \1", text)
    text = re.sub(r"\bblack friday\b", "Black Friday", text, flags=re.I)
    text = re.sub(r"\b(could|should|would|must|might) of\b", r"\1 have", text, flags=re.I)
    text = _with_units(text)
    text = re.sub(r"(?<!more )(?<!less )\blike (?=[\d£$€])", "about ", text)
    text = re.sub(r"\bw/c\b", "the week of", text, flags=re.I)
    text = re.sub(r"\bw/(?=[a-z])", "with ", text, flags=re.I)
    known = {word.casefold(): word for name in names for word in re.findall(r"[^\W\d_][\w'-]*", name)}
    return _TOKEN.sub(lambda match: _word(match.group(), known), text)


def _plain_marks(text: str) -> str:
    """The text with straight quotes, single punctuation marks, and no smiley at either end."""
    text = text.translate(PLAIN)
    text = _LAST_SMILEY.sub("", text)
    text = re.sub(rf"\A(?:\s*{_EMOJI})+\s*", "", text)
    text = re.sub(r"([!?])[!?]+", lambda match: "?" if "?" in match.group() else "!", text)
    text = re.sub(r"\.{2,}|…", ",", text)
    return re.sub(r"~(?=\s?\d)", "about ", text)


def _with_dates(text: str) -> str:
    """The text with months and weekend days spelled out."""
    months = note_lists().months
    text = _MONTH.sub(lambda match: f"{match[1]} {months[match[2].lower()[:3]]}", text)
    text = re.sub(r"\b(on|every|a|each) sat\b\.?", r"\1 Saturday", text, flags=re.I)
    return re.sub(r"\bsat ?(?:and|&|\+|or|n|/) ?sun\b", "Saturday and Sunday", text, flags=re.I)


def _with_units(text: str) -> str:
    """The text with time units spelled out: "6 hrs/wk" -> "6 hours a week"."""
    units, per = note_lists().units, note_lists().per
    text = re.sub(
        r"\b(\d+)\s?(hrs?|mins?)/(wk|week|day|mo|month|yr|year|shift)\b",
        lambda match: f"{match[1]} {units[match[2].lower()]} {per[match[3].lower()]}",
        text,
        flags=re.I,
    )
    text = re.sub(
        r"\b(\d+)/(wk|week|day|month|yr|year|shift)\b",
        lambda match: f"{match[1]} {per[match[2].lower()]}",
        text,
        flags=re.I,
    )
    return re.sub(
        r"\b(\d+)\s?(yrs?|hrs|mins?|wks?)\b\.?(?=(\s+[a-z-]+)?)",
        lambda match: _measured(match[1], match[2], match[3] or ""),
        text,
        flags=re.I,
    )


def _measured(number: str, unit: str, following: str) -> str:
    """ "10 min" -> "10 minutes", but "10-minute" before a noun ("10 min huddles")."""
    word = {"yr": "year", "hr": "hour", "min": "minute", "wk": "week"}[unit.lower().rstrip("s")]
    after = following.strip().lower()
    if (
        after
        and after not in word_sets().no_compound
        and not unit.lower().endswith("s")
        and not after.endswith(("ing", "ed"))
    ):
        return f"{number}-{word}"
    return f"{number} {word}" if number == "1" else f"{number} {word}s"


def _word(word: str, known: dict[str, str]) -> str:
    """One word, spelled out and capitalized. `known`: the words of the panel's names, by their lowercase form."""
    lists = note_lists()
    low = word.lower()
    bare = low.rstrip(".")
    if low == "i" or re.match(r"i'(m|ve|d|ll)\Z", low):
        return "I" + word[1:].lower()
    for entry in (low, bare):
        if entry in lists.spelled_out and not (word.isupper() and len(word) > 1):
            return lists.spelled_out[entry]
    if bare in lists.days and not word.isupper():
        return lists.days[bare]
    if word == low:
        if low in lists.written_large:
            return word[0].upper() + word[1:]
        stem = re.sub(r"'s\Z", "", low)
        if stem in word_sets().first_names:
            return low.capitalize()
        name = known.get(stem)
        if name and name[:1].isupper() and not name.isupper() and not proofread.is_word(stem):
            return name + word[len(stem) :]
    return word


def spell(text: str, known: frozenset[str]) -> tuple[str, tuple[str, ...]]:
    """The text with obvious typos fixed, and the words that no dictionary or list has.

    A typo is one extra, missing, wrong or swapped letter; anything else is left for the candidate.
    """
    if not any(_is_unknown(text, remark, known) for remark in proofread.misspellings(text)):
        return text, ()
    unknown: list[str] = []
    fixed: list[str] = []
    end = 0
    for remark in proofread.proofread(text, "american"):
        if remark.start < end or not _is_unknown(text, remark, known):
            continue
        word = text[remark.start : remark.end]
        large = next((one for one in remark.replacements if one.lower() == word.lower()), "")
        near = next((one for one in remark.replacements[:1] if _is_slip(word, one)), "")
        if not (large or near):
            unknown.append(word)
            continue
        fixed.append(text[end : remark.start] + (large or near))
        end = remark.end
    return "".join(fixed) + text[end:], tuple(unknown)


def _is_unknown(text: str, remark: proofread.Remark, known: frozenset[str]) -> bool:
    word = text[remark.start : remark.end]
    if not remark.is_spelling or word.casefold() in known or _is_name_like(text, remark.start, word):
        return False
    return not (proofread.is_word_anywhere(word) or proofread.is_word_anywhere(word.lower()))


def _is_slip(word: str, right: str) -> bool:
    """Letters swapped, or a double letter written once.

    A word with one letter replaced by another may be a different word ("rota", "roto").
    """
    if len(word) < 5 or not word.islower() or OSA.distance(word, right) != 1:
        return False
    if len(word) == len(right):
        return sorted(word) == sorted(right)
    if len(right) < len(word):
        # "accts" is not a typo of "acts": an extra letter may be part of an abbreviation.
        return False
    longer, shorter = right, word
    return any(
        longer[at] == longer[at + 1] and longer[:at] + longer[at + 1 :] == shorter
        for at in range(len(longer) - 1)
    )


def _is_name_like(text: str, start: int, word: str) -> bool:
    """A word with a capital inside a sentence, with digits, or in capitals is a name or a term."""
    if any(character.isdigit() for character in word) or word.isupper() or word[1:] != word[1:].lower():
        return True
    return word[:1].isupper() and start > 0


def says_nothing(text: str) -> bool:
    """Whether a note says nothing ("n/a", "idk", "can't remember")."""
    lists = note_lists()
    bare = re.sub(r"[^\w\s/'?.,;:-]", " ", text.lower().replace("’", "'"))
    bare = " ".join(bare.split()).strip(" .!,;:")
    if not re.search(r"[^\W_]", bare):
        return True
    if bare in lists.nothing:
        return True
    words = bare.split()
    first = re.split(r"[,.;:(–-]| but | we | and ", bare)[0].strip()
    if first in lists.nothing and len(words) <= 8:
        return True
    return len(words) <= 5 and any(bare.startswith(start) for start in lists.nothing_starts)


def looks_foreign(text: str) -> bool:
    """Whether most words are not English; short texts and names count as English."""
    words = [word.text for word in words_of(text) if word.text.isalpha() and len(word.text) > 1]
    if len(words) < 4:
        return bool(words) and not any(word.isascii() for word in words)
    strange = [word for word in words if not proofread.is_word_anywhere(word)]
    return len(strange) > len(words) * 0.45


_CAPITALS = re.compile(r"(?:\b[A-Z]{2,}\b[ ,]+){2,}\b[A-Z]{2,}\b")


def is_unsettled(remark: str) -> bool:
    """Whether a remark is a reminder or a doubt of the candidate's own: "verify ??", "nothing special, but ..."."""
    if re.search(r"\?\?", remark) and not re.match(
        r"(?:how|what|when|where|who|why|do|does|is|are|can|will|could|would)\b", remark, re.I
    ):
        return True
    if _CAPITALS.search(remark) or re.search(
        r"\b(?:verify|tbc|to check|double-check|check this)\b", remark, re.I
    ):
        return True
    first = re.split(r"[,.;:(–-]", remark)[0]
    return first != remark and says_nothing(first)
