"""Finds the people the text calls interviewers: "You will be meeting with Ana Ruiz, Engineering Manager"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from itertools import takewhile

from drafts.domain.naming import is_titled
from drafts.domain.naming.lists import any_of
from drafts.domain.tokens import fold
from drafts.invite.around import is_closing, sentences, signature
from drafts.invite.lists import given_names, listed, one_of
from drafts.invite.model import Invitee
from drafts.invite.names import (
    are_plain_words,
    is_like_person,
    is_occupation,
    is_particle,
    is_plain_word,
    looks_like_name,
    name_key,
    says_company,
    without_lead,
)
from drafts.invite.pasted import PRONOUNS, keep, people_of
from drafts.invite.people import is_role_address
from drafts.invite.texts import QUOTED
from drafts.invite.titles import pieces, without_stage

MAX_DESCRIBED = 100
MOST_IN_ROW = 16  # words of a line that begins with its time
MAX_MATCHES = 5  # of a pattern in a sentence

_YOU_MEET = re.compile(
    rf"\b(?:(?:you(?:['’]?(?:ll|re)| will| are| would)?|{one_of('chances')})\s+(?:be\s+)?(?:both\s+)?"
    r"(?:(?:scheduled |going )?to\s+)?(?:come\s+)?(?:and\s+)?"
    r"(?:meet(?:ing)?|speak(?:ing)?|talk(?:ing)?|chat(?:ting)?|interview(?:ing|ed)?|sitting down|be(?= with))"
    rf"\s*(?:with|w/|to|by)?|{one_of('meeting_leads')})\s+(?P<rest>.+)\Z",
    re.I,
)
_TALK_WITH = re.compile(
    rf"\b(?:{one_of('talks')}|review|teams|zoom|hour|minutes|visit|\d{{1,2}}\s?[ap]m|\w*gespräch|\w*gesprek|{one_of('foreign_talks')})\b.{{0,120}}?"
    r"(?<!working)\s(?:with|w/|avec|mit|con|com|met)\s+(?=(?P<rest>\S.+))",
    re.I,
)
_NAME = r"(?:(?:Mr|Mrs|Ms|Dr|Prof)\b\.?\s)?[^\W\d_a-z][\w'’-]+(?:\s[^\W\d_a-z][\w.'’-]*){0,3}"
# "Mr. Tomeu Rosselló, our manager, will call you", "Elena Rossi and Ken Ito will be speaking with you"
_WILL = re.compile(
    rf"(?P<names>{_NAME}(?:(?:,|,?\s(?:and|&))\s{_NAME}){{0,4}}),?\s"
    r"(?:(?:our|the|who)\s[^,]{3,60},\s|\([^()]{3,60}\)\s)?(?:and\sI\s)?"
    r"(?:(?:is|are)\s(?:doing|conducting|running|leading|holding)\s(?:the|your|all)\s(?:\w+\s)?interview"
    r"|(?:will|is\sgoing\sto|are\sgoing\sto|would\s(?:like|love)\sto)\s(?:also\s|both\s)?(?:[\w\s]{1,30}\sand\s)?"
    rf"(?:be\s)?(?:{one_of('talk_verbs')})s?\b)"
    r"(?!(?:\s(?:with\s)?you)?\s(?:at|in|from|by|outside|downstairs)\b(?:\s\w+){0,3}"
    r"\s(?:reception|lobby|desk|door|entrance|gate|foyer|station))"
    r"(?!\s(?:you\s)?(?:back|early|next|once|again|when|if|to\s(?:confirm|arrange|discuss\snext))\b)"
)
# Everyone named before this is on the panel, no matter how the sentence joins them.
_ON_PANEL = re.compile(
    r"\b(?:will|are going to)\b.{0,20}"
    r"\b(?:be there|be present|on (?:the|your) (?:interview )?panel|interview(?:ing)? you)\b"
)
# Sentences about an earlier conversation, a question, or the person who arranges the interview.
NOT_THIS = re.compile(
    rf"\A\W*(?:{one_of('no_meeting_starts')})\b|\b(?:{one_of('no_meeting')})"
    rf"|\b(?:following|after|since|further to) (?:your|our) (?:\w+ )?(?:{one_of('talks')})\b",
    re.I,
)
# Items of a timetable that are not interviews.
_NO_TALK = re.compile(rf"\b(?:{one_of('no_talks')})", re.I)
_CLOCK = r"(?<![\d.])\d{1,2}(?:[:.h]\d{2})?\s*(?:[ap]\.?m\.?(?!\w))?"
_SURE_CLOCK = r"(?<![\d.])\d{1,2}(?:[:.h]\d{2}\s*(?:[ap]\.?m\.?(?!\w))?|\s*[ap]\.?m\.?(?!\w))"
_ZONE = r"(?:\s+(?-i:[A-Z]{2,4})\b)?"
_TIME = re.compile(
    rf"\(?{_CLOCK}{_ZONE}\s*(?:-|–|—|to|until)\s*{_CLOCK}{_ZONE}\)?|\(?{_SURE_CLOCK}{_ZONE}\)?|\(?\b\d{{1,3}}\s*min(?:ute)?s?\b\)?",
    re.I,
)
# "(UK, Ireland, Lisbon Time)", "(https://www.linkedin.com/in/...)"
_NO_NAMES = re.compile(r"\s*\((?:[^()]*\btime|(?:https?:|www\.)[^()\s]*)\)|\s+https?:\S+\Z", re.I)
_ENDS_NAMES = re.compile(
    r";\s|[!?](?=\s|\Z)|\.\Z|\s(?:on|at|from|about|for|to discuss|who|will|via|over|in|regarding|is|are|should|sobre"
    r"|y durar\w+|por)\s"
    r"|(?<!,)(?<!\band)(?<!&)\smy\s|\s(?:next|this|tomorrow|instead|(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?)\b"
)
_ARTICLES = r"(?:(?:with|de|par|com|con|mit|met|von|da)\s)?(?:(?:o|a|os|as|el|la|il|der|die|dem|den|het)\s)?"
_SPLIT = re.compile(r"\s*\|\s*|\s+[-–—·•/]\s+|\s*:\s+|\s+with\s+", re.I)
_WHO = re.compile(
    r"(?:\W*(?:who|qui|wer|quién|met wie)\s*:|\W*(?:with|mit|avec|con|met)\s)\s*(?P<rest>[^@;]+)\Z", re.I
)

# What a writer says who takes part: "with Ana Ruiz and me".
_TAKES_PART = re.compile(
    rf"(?<!let )(?<!to )\b(?:and|with|w/|met|en|mit|avec)\s(?:me|myself|mezelf|mir|moi)\b(?! know)"
    rf"|\bme (?:and|\+)\s(?:our\s|my\s)?[A-Z]|(?:\)|[A-Z]['’\w-]+) and I look forward to|\b(?:{one_of('takes_part')})\b"
    r"(?!\s(?:back|early|next|once|again|when|if|to)\b)"
)


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(listed('meeting_verbs'))})\s+(?P<rest>.+)")


@cache
def _labels() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """ "Interviewers: ...", and a heading with its people below; the words before are in `what`."""
    who = rf"(?:(?:{any_of(listed('before_panels'))})\s)?(?P<what>{any_of(listed('panel_labels'))})(?:\(s\))?"
    return (
        re.compile(
            rf"{who}\s*(?:(?:will be|is|are)?\s*(?:\([^()]*\)\s*)?(?:[:=?]|[-–—]\s)"
            rf"|(?:will )?(?:{any_of(listed('made_up_of'))})(?:\s|:\Z)"
            r"|for\s[^:]{3,60}:"
            rf"|(?:{any_of(listed('to_be'))})\s)"
            r"\s*(?P<rest>.*)\Z",
            re.I,
        ),
        re.compile(rf"{who}(?P<rest>)\s*\Z", re.I),
    )


def described_people(lines: Iterable[str]) -> list[Invitee]:
    """The interviewers named in the lines, in order, each once. `is_guess`: the name may be a company's."""
    found: list[Invitee] = []
    listing = fresh = is_closed = False
    beside = -1
    for line in lines:
        line = _NO_NAMES.sub("", PRONOUNS.sub("", line))
        # How many lines below a time or a label a person with a job title may stand.
        beside -= 1
        if not line:
            beside = -1
            # Blank lines may follow a heading; below the first person one ends the list.
            listing = listing and fresh
            continue
        if len(found) >= MAX_DESCRIBED:
            break
        bare = re.sub(r"\A(?:\W+|o\s+|\(?\d{1,2}[.)]\s+)", "", line)
        # A reply quotes the mail that it answers below itself.
        is_closed = (is_closed and line != QUOTED) or is_closing(bare)
        # "This is to confirm your interview. You will be meeting:"
        tail = sentences(bare)[-1] if bare.endswith(":") else bare
        head = next((match for label in _labels() if (match := label.match(fold(tail)))), None)
        if head:
            rest = _without_next(tail[head.start("rest") :])
            listing = fresh = not rest
            is_closed = False
            beside = 2
            # "The panel will be chaired by Ana Ruiz"
            keep(found, _labelled(head["what"], rest) or (_of_line(bare, is_closed) if rest else []))
        elif listing and (people := named(_TIME.sub(" ", bare), least=1, alone=True)):
            fresh = False
            keep(found, people)
        else:
            listing = listing and "@" in bare
            if _begins_row(line, bare):
                beside = 3
            beside = 0 if _NO_TALK.search(bare) else beside
            several = re.search(r"\s(?:&|and|und|et|y|e|en|i)\s", bare)
            people = [one for one in named(bare, alone=not several) if beside > 0]
            people = [
                one
                for one in people
                if is_occupation(one.job_title) or (bare == one.full_name and is_person(one))
            ]
            beside = 2 if people else beside
            keep(found, people or _of_line(bare, is_closed))
    return found


def _begins_row(line: str, bare: str) -> bool:
    """Whether this is a time alone, or begins with one, as in a timetable: "10:00 - 10:45 | Culture"."""
    words = re.sub(r"\b\w+ interview\b", "", _TIME.sub("", bare), flags=re.I)
    is_alone = _TIME.search(bare) and not re.search(r"[^\W\d_]{4}", words)
    return bool(is_alone or (_TIME.match(line) and len(line.split()) < MOST_IN_ROW))


def _without_next(rest: str) -> str:
    """Without the sentences that follow the list: "... and Ana Ruiz (Governor). Dr Lind will observe."."""
    first, *others = sentences(rest)
    return " ".join([first, *takewhile(lambda text: not _TELLS.search(text), others)])


_TELLS = re.compile(r"\b(?:will|is|are|has|have|was|please|can|teaches)\b")


def _labelled(label: str, rest: str) -> list[Invitee]:
    alone = not re.search(r"(?:s|(?<!i)n|es|panel|committee|team|board)\Z", label, re.I)
    # "The panel consists of three members: ..."
    return named(re.sub(r"\A[\w\s]{0,30}:\s", "", rest), least=1, alone=alone)


def _of_line(line: str, is_closed: bool) -> list[Invitee]:
    if _TIME.match(line) and _NO_TALK.search(line) and "interview" not in fold(line):
        return []
    # "Case 1: 10:00 - 10:40 with Ana Ruiz"
    timed = re.sub(r"\A[^\W\d][^\d:]{0,20}\d{0,2}:\s+", "", line).lstrip("([ ")
    if _TIME.match(timed) and not _NO_TALK.search(line) and (people := _scheduled(timed)):
        return people
    who = _WHO.match(line)
    people = [one for one in named(who["rest"], alone=" and " not in line) if is_person(one)] if who else []
    if people and "organi" not in fold(line):
        return people
    texts = [] if is_closed else [text for text in sentences(line) if not NOT_THIS.search(text)]
    found: list[Invitee] = []
    for text in texts:
        head = _labels()[0].match(fold(text))
        people = _labelled(head["what"], text[head.start("rest") :]) if head else []
        keep(found, people or _in_sentence(text))
    return found


def _in_sentence(line: str) -> list[Invitee]:
    """The interviewers named in a sentence."""
    sure = _YOU_MEET.search(line)
    verb = None if sure else _verbs().search(fold(line))
    rest = line[(sure or verb).start("rest") :] if sure or verb else ""  # type: ignore[union-attr] # one of them is
    text = _first_part(rest)
    found = named(text, least=1) or _behind_job(text)
    for match in list(_TALK_WITH.finditer(line))[:MAX_MATCHES]:
        text = _first_part(match["rest"])
        people = named(text, least=1, alone=text.endswith(")") and text.count("(") == 1)
        # "with Norrland Energi" may be a company.
        people = [replace(one, is_guess=not _is_surely_person(one)) for one in people]
        keep(found, people or _behind_job(text))
    spans = [match["names"] for match in list(_WILL.finditer(line))[:MAX_MATCHES]]
    if on_panel := _ON_PANEL.search(line):
        spans.append(line[: on_panel.start()])
    names = [match[0] for span in spans for match in re.finditer(_NAME, span)][:MAX_DESCRIBED]
    for text in (*spans, *names):
        keep(found, [one for one in named(text, least=1) if is_person(one)])
    return found


def _behind_job(text: str) -> list[Invitee]:
    """ "our Engineering Manager Ana Ruiz", "our recruiter, Dana Cole" """
    words = text.split()
    for count in range(1, min(len(words), 6)):
        title = " ".join(words[:count]).strip(",")
        people = named(" ".join(words[count:]), least=1) if is_occupation(title) else []
        if people and is_person(people[0]):
            return [replace(people[0], job_title=title)]
    return []


def _first_part(text: str) -> str:
    """The part of a sentence that can contain the names."""
    text = re.sub(
        r",?\s(?:and|und|en|et|y|e|ed|i)\s(?:me|myself|I|mezelf|ich|ik|mir|moi|yo|io|eu)\b", "", text
    )
    text = re.sub(
        r"\A(?:both\s)?(?:me|myself|mij|mir|mí|moi(?:-même)?)(?:,|\s(?:and|und|et|en|y))\s+", "", text
    )
    # "par Malik Seddiki", "de Mme Josée Lacasse et de M. Rémi Thibodeau", "o Gustavo Teles", "il direttore, Sig. Rossi"
    text = re.sub(rf"(\A|\s(?:and|et|e|ed|y|und|en)\s){_ARTICLES}(?=[A-Z]|\w+,?\s)", r"\1", text)
    text = re.sub(r"\s(?:sir|mam|madam|ma'am)\b", "", text)
    end = _ENDS_NAMES.search(text)
    return re.sub(r"\A(?:our|your|the|my)\s+", "", text[: end.start()] if end else text, flags=re.I)


def named(text: str, *, least: int = 2, alone: bool = False) -> list[Invitee]:
    """A list such as "Priya Nair (Staff Engineer), Tomasz Wójcik and Ana Ruiz, Engineering Manager".

    `least`: how many words a name has. `alone`: the text is about one person, so that what follows a full name is
    the job title, whatever it says.
    """
    # "Marco Bellini e Giulia Conti"
    text = re.sub(rf"({_NAME})\s(?:e|y|et|en)\s(?={_NAME})", r"\1 and ", text) if not alone else text
    people = people_of(text.rstrip(" ."), alone=alone, is_titled=alone)
    people = [replace(one, full_name=without_lead(one.full_name)) for one in people]
    return [
        one
        for one in people
        if looks_like_name(one.full_name, least=1 if one.email else least)
        and (one.email or _is_written_as_name(one.full_name, text))
        and not says_company(one.full_name)
        and not (one.is_guess and is_role_address(one.email))
    ]


def _is_written_as_name(name: str, text: str) -> bool:
    """Whether the text writes it with capitals, and one of its words at least is none of English."""
    words = [word for word in re.findall(r"\w+", name) if not is_particle(word)]
    if not all(re.search(rf"(?<!\w){word}", text) or word.upper() in text for word in words):
        return False
    if len(words) == 1:
        return words[0][0].isupper() and not is_plain_word(words[0])
    return is_titled(name) or not are_plain_words(name, text)


def is_person(one: Invitee) -> bool:
    """Whether this is more likely a person's name than a company's."""
    if len(one.full_name.split()) == 1:
        return fold(one.full_name) in given_names()
    return bool(one.job_title or one.email) or is_titled(one.full_name) or is_like_person(one.full_name)


def _is_surely_person(one: Invitee) -> bool:
    words = fold(one.full_name).split()
    is_known = words[0] in given_names() and (len(words) == 1 or is_person(one))
    # "Morgan Stanley", "Robert Half"
    may_be_firm = len(words) > 1 and (words[-1] in given_names() or is_plain_word(words[-1]))
    has_job = len(words) > 1 and is_occupation(one.job_title)
    return (is_known and not may_be_firm) or has_job or bool(one.email) or is_titled(one.full_name)


def people_in_titles(titles: Iterable[str], mine: Iterable[str]) -> list[Invitee]:
    """People in a title after "with" or next to the user: "Interview with Kevin Larsson", "Maya Lind <> Ana Ruiz".

    `mine` are the user's names. Without them whom a title names may be the user.
    """
    keys = {key for name in mine if (key := name_key(name))}
    keys |= {key.split()[0] for key in keys}
    found: list[Invitee] = []
    for title in titles if keys else ():
        parts = [(word, without_stage(text)) for word, text in pieces(title)]
        # "Maya Lind and Priya Nair"
        parts = [(word, one) for word, text in parts for one in re.split(r"\s+(?:and|&|between)\s+|/", text)]
        is_pair = any(name_key(text) in keys for _, text in parts)
        for word, text in parts:
            people = named(text, least=1) if word == "with" or (is_pair and not word) else []
            # A single word only counts if it is a known person's name, and "Morgan Stanley" may be a company.
            people = [
                replace(one, is_guess=not (is_pair or _is_surely_person(one)) or " " not in one.full_name)
                for one in people
            ]
            people = [one for one in people if one.is_guess or is_person(one)]
            keep(found, [one for one in people if name_key(one.full_name) not in keys])
    return found


def _scheduled(line: str) -> list[Invitee]:
    """The people of one line of a loop's timetable: "13:00-13:45 System design with Priya Nair (Staff Engineer)"."""
    text = _TIME.sub(" ", line).strip(" -–—:|,.").removeprefix("with ")
    found: list[Invitee] = []
    for segment in _SPLIT.split(text):
        segment = segment.strip(" -–—:|,.")
        if found and is_occupation(segment) and not found[-1].job_title:
            found[-1] = replace(found[-1], job_title=segment)
        found += [one for one in named(segment, alone=" and " not in segment) if is_person(one)]
    return found


def takes_part(lines: Iterable[str]) -> bool:
    """Whether the writer says that the user will meet them too: "with Ana Ruiz and me"."""
    texts = (text for line in lines for text in sentences(line))
    return any(_TAKES_PART.search(text) and not NOT_THIS.search(text) for text in texts)


def writer_of(name: str, email: str, lines: Iterable[str]) -> list[Invitee]:
    """The email's sender, from the From header or else the signature; empty if that is not a person's name."""
    names = [name] if name else signature(lines)[:3]
    people = [
        one for text in names for one in named(re.split(r"\s(?:at|via)\s", text)[0], least=1, alone=True)
    ]
    return [replace(one, email=email) for one in people[:1]]
