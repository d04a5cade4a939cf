"""Grammar slips that can be put right safely, and the check that a finished sentence may go into a letter."""

from __future__ import annotations

import re

from drafts.domain import proofread
from drafts.domain.notes.lists import note_lists
from drafts.domain.notes.parser import SUBJECTS, Parse, Token, parse
from drafts.domain.notes.reader import inflected, is_mass
from drafts.domain.tokens import fold
from drafts.domain.vocabulary import is_in_vocabulary

LONGEST_SENTENCE = 28  # words, with the words of the frame; longer ones were seldom right as typed
_ARTICLES = ("det", "poss", "nummod", "predet", "quantmod", "nmod")
_STRANGE = re.compile(
    r"[\[\]{}<>|\\^~=*_`#@→⇒•\u200e\u200f\u202a-\u202e\u2066-\u2069\u0590-\u08ff]|[\u2600-\u27bf\U0001f000-\U0001faff]|\?\?|//|\w/\s|\s/\w?|\+\s|--"
)
_SUBJECT_BE = {"am": "are"}


def mended(text: str) -> str:
    """The text with agreement, numbers and a few articles put right where there is one way to do it."""
    text = re.sub(
        r"\b(I|you|we|they) (?:am|are|'m|'re) having (?=\d|a |an |the |my |good |some )", r"\1 have ", text
    )
    text = re.sub(r"\bI'm having (?=\d|a |an |the |my |good |some )", "I have ", text)
    text = re.sub(
        r"\b((?:have|has|'ve|'s) .*)\bsince (?=(?:\d+|two|three|four|five|six|seven|eight|nine|ten) (?:year|month|week)s\b(?! ago))",
        r"\1for ",
        text,
    )
    text = re.sub(r"%\s?(\d+(?:[.,]\d+)?)", r"\1%", text)
    text = re.sub(
        r"\b(have|has|had|know|speak|use|like|want|need) (already|also|always) (?=(?:a|an|the|my|your|some|\d+)\b|[A-Z])",
        r"\2 \1 ",
        text,
    )
    text = re.sub(
        r"\b(in|at) (last|previous|former|current|present) (company|job|role|place|school|hospital|work|kitchen|team|position|restaurant|firm|office)\b",
        r"\1 my \2 \3",
        text,
        flags=re.I,
    )
    text = re.sub(
        r"\bless (?=(?:\w+ )?(?:falls|errors|mistakes|people|complaints|accidents|returns|calls|hours|days|meetings|tickets|incidents|steps|things|delays|patients|customers|children|students)\b)",
        "fewer ",
        text,
    )
    text = re.sub(r"\b(went|goes|go|going|work|works|worked) good\b", r"\1 well", text)
    text = re.sub(r"\benjoyed to (\w+)", lambda match: f"enjoyed {inflected(match[1], 'VBG')}", text)
    text = re.sub(
        r"\bduring (?=(?:\d+|two|three|four|five|six|seven|eight|nine|ten) (?:year|month|week)s\b)",
        "for ",
        text,
    )
    text = re.sub(r"\b(\d+) (minute|hour|day|week|month|year)s (?=(?:old|long)\b)", r"\1 \2s ", text)
    text = re.sub(r"\b(explained|said) (?:me|us) (?=how|that|why|what|the)", r"\1 ", text)
    text = re.sub(
        r"\bits (?=\d|a |an |the |not |too |so |very |in |on |at |been |really |going |up to |all )",
        "it's ",
        text,
    )
    text = re.sub(
        r"\b(they|we|you) (?!(?:s|br|r|sw|cl|fl|st|str|wr|sl|spr)ing\b)(?=\w{3,}ing (?:a|the|\d+|on|in|to|with|for|more|new)\b)",
        r"\1're ",
        text,
    )
    text = (
        re.sub(
            r"(?<!\bfor)(?<!\bof)(?<!\bin)(?<!\bhave)(?<!\bhad)(?<!\blast)(?<!\bpast)(?<!\bover)(?<!\babout)(?<!\bthan)(?<!\bevery)(?<!\bafter)(?<!\bwithin)(?<!\bnearly)(?<!\bfirst)(?<!\bnext)(?<!\bspent)(?<!\bare)(?<!\bis)(?<!\bto)(?<!\bby)(?<!\bfrom)(?<=[a-z]) (\d+ (?:years|months)) (?=at\b|in\b|with\b|on\b|as\b)",
            r" for \1 ",
            text,
        )
        if re.match(r"I \w+(?:ed|an|orked|id|ook|ent) ", text)
        else text
    )
    found = parse(text)
    return _mended(found) if found else text


def _mended(found: Parse) -> str:
    edits: dict[int, str] = {}
    for token in found.tokens:
        if token.tag == "CD" and _is_plural_number(token.lower):
            edits.update(_pluralised(found, token))
        elif token.dep in ("nsubj", "nsubjpass") and token.tag == "NN" and not token.text.isupper():
            edits.update(_agreed(found, token))
            if _lacks_article(found, token) and found.finite(found.head(token)).tag in (
                "VBZ",
                "VBD",
                "VBP",
                "MD",
            ):
                first = min(part.index for part in found.subtree(token) if part.index <= token.index)
                if found.tokens[first].text.islower():
                    edits[first] = f"the {edits.get(first, found.tokens[first].text)}"
        elif token.tag == "NN" and token.lower in note_lists().articles_before_of and _is_bare(found, token):
            following = found.tokens[token.index + 1 : token.index + 2]
            if (
                following
                and following[0].lower == "of"
                and token.index
                and found.tokens[token.index - 1].pos == "ADP"
            ):
                edits[token.index] = f"the {token.text}"
    return "".join(edits.get(token.index, token.text) + token.space for token in found.tokens).strip()


def _is_plural_number(word: str) -> bool:
    return word not in ("one", "1") and (
        word in _NUMBER_WORDS
        or bool(re.fullmatch(r"\d{1,3}(?:,\d{3})*|\d+", word) and not re.fullmatch(r"(?:19|20)\d\d", word))
    )


_NUMBER_WORDS = frozenset(
    "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty".split()
)


def _pluralised(found: Parse, number: Token) -> dict[int, str]:
    """ "200 slide" -> "200 slides": a counted noun right after its number that is not part of a compound."""
    following = found.tokens[number.index + 1 : number.index + 2]
    if not following:
        return {}
    noun = following[0]
    if (
        noun.tag != "NN"
        or noun.index != number.head
        or noun.dep == "compound"
        or not noun.text.isalpha()
        or not noun.text.islower()
        or len(noun.text) < 4
    ):
        return {}
    after = found.tokens[noun.index + 1 : noun.index + 2]
    if after and (after[0].text in ("-", "/") or after[0].pos in ("NOUN", "PROPN", "ADJ")):
        return {}
    if is_mass(noun.lower):
        return {}
    return {noun.index: inflected(noun.lemma, "NNS")}


def _agreed(found: Parse, subject: Token) -> dict[int, str]:
    """ "the new employee have" -> "has": one thing, named with an article, and a verb for many right beside it."""
    verb = found.head(subject)
    finite = found.finite(verb)
    children = found.children(subject)
    if subject.lower in _COLLECTIVE:
        return {}
    plain = any(
        child.lower in ("the", "a", "an", "this", "that", "every", "each", "my", "your", "her", "his")
        for child in children
    )
    if (
        not plain
        or any(child.dep in ("conj", "appos", "relcl") for child in children)
        or finite.tag != "VBP"
        or finite.index != subject.index + 1
    ):
        return {}
    changed = {"are": "is", "have": "has", "do": "does"}.get(finite.lower) or inflected(finite.lemma, "VBZ")
    return {finite.index: changed}


_COLLECTIVE = frozenset(
    {
        "team",
        "staff",
        "police",
        "family",
        "crew",
        "group",
        "management",
        "company",
        "board",
        "committee",
        "public",
        "majority",
    }
)


def _is_bare(found: Parse, noun: Token) -> bool:
    """Whether nothing stands before a noun that would make an article needless."""
    if any(
        child.dep in _ARTICLES or child.tag in ("DT", "PRP$", "WP$", "CD", "PDT", "POS")
        for child in found.children(noun)
    ):
        return False
    head = found.head(noun)
    if noun.dep == "conj" and not _is_bare(found, head):
        return False
    # "a 10 minute safety huddle" may be parsed in pieces: whatever stands before its first word counts.
    start = noun.index
    while (
        start
        and found.tokens[start - 1].pos in ("ADJ", "NOUN", "PROPN", "ADV", "NUM")
        or (start and found.tokens[start - 1].text == "-")
    ):
        start -= 1
    before = found.tokens[start - 1] if start else None
    if before is not None and before.lower == "that" and before.dep != "det":
        return True
    return not (
        before is not None
        and (
            before.tag in ("DT", "PRP$", "WP$", "CD", "PDT", "POS")
            or before.lower in ("no", "any", "some", "each", "every", "what", "which")
        )
    )


def doubt(
    sentence: str, known: frozenset[str], *, question: bool = False, phrase: bool = False, loose: bool = False
) -> str:
    """Why a finished sentence may not go into a letter unasked (an id of reasons.toml); "" when it may.

    A `question` has its own order of words; a `phrase` stands after a colon and need not be a whole clause; a `loose`
    sentence may hold several clauses side by side, as corrections do.
    """
    if _STRANGE.search(sentence):
        return "characters"
    found = parse(sentence)
    if found is None:
        return "grammar"
    if len([token for token in found.tokens if token.pos != "PUNCT"]) > LONGEST_SENTENCE:
        return "long"
    if any(
        token.lower in ("he", "she", "him", "hers", "himself", "herself", "her", "his")
        for token in found.tokens
    ):
        return "third_person"
    if not (phrase or loose or question) and (":" in sentence or ";" in sentence):
        return "shape"
    if (
        not phrase
        and found.tokens[-2].lower in note_lists().left_open
        and found.finite(found.tokens[-2]) is found.tokens[-2]
        and found.tokens[-2].tag in ("VBD", "VBN")
    ):
        return "shape"
    if not (question or phrase or loose) and _has_unfinished_clause(found):
        return "shape"
    if not phrase and any(_lacks_article(found, token) for token in found.tokens):
        return "grammar"
    if any(
        _disagrees(found, token) or _is_miscounted(found, token) or _lacks_ending(found, token)
        for token in found.tokens
    ):
        return "grammar"
    if question and not any(token.dep in SUBJECTS for token in found.tokens):
        return "shape"
    if not (phrase or loose) and any(_has_no_antecedent(found, token) for token in found.tokens):
        return "shape"
    if not (question or phrase or loose) and (
        _is_run_on(found) or _has_loose_start(found) or _is_verbless(found)
    ):
        return "shape"
    if not (phrase or loose) and _has_loose_end(found):
        return "shape"
    if _SLIP.search(sentence):
        return "grammar"
    for remark in proofread.proofread(sentence, "american"):
        word = sentence[remark.start : remark.end]
        if word.strip() and remark.kind in ("Grammar", "Agreement", "WordChoice", "Redundancy", "Repetition"):
            return "grammar"
        if (
            remark.is_spelling
            and word.islower()
            and not (word in known or proofread.is_word_anywhere(word) or is_in_vocabulary(fold(word)))
        ):
            return "grammar"
    return ""


def _has_unfinished_clause(found: Parse) -> bool:
    """A root that is no finite verb with a subject, or several sentences where one was meant."""
    roots = found.roots
    if len(roots) != 1:
        return True
    root = roots[0]
    if root.pos not in ("VERB", "AUX"):
        return True
    finite = found.finite(root)
    if finite.tag not in ("VBZ", "VBP", "VBD", "MD", "VB"):
        return True
    if found.subject(root) is None and finite.tag != "VB":
        return True
    return any(
        token.dep in ("ccomp", "parataxis")
        and token.index < root.index
        and found.subject(token) is not None
        and root.lemma not in ("say", "tell", "mention", "think", "hear")
        for token in found.children(root)
        if token.pos == "VERB"
    )


def _lacks_article(found: Parse, token: Token) -> bool:
    """A countable noun in the singular with nothing before it ("open safe", "microtome is broken")."""
    if token.tag != "NN" or not token.text.islower() or not token.text.isalpha() or len(token.text) < 3:
        return False
    if token.dep not in ("nsubj", "nsubjpass", "dobj", "attr", "pobj") or not _is_bare(found, token):
        return False
    if (
        (token.lower in note_lists().bare_nouns and token.dep == "pobj")
        or is_mass(token.lower)
        or token.lower.endswith("ing")
    ):
        return False
    if any(child.dep in ("conj", "cc") for child in found.children(token)) and token.dep != "nsubj":
        return False
    previous = found.tokens[token.index - 1] if token.index else found.tokens[-1]
    following = found.tokens[token.index + 1 : token.index + 2]
    if (
        previous.text in ("-", "/", '"', "'")
        or previous.tag == "HYPH"
        or (following and following[0].text in ("-", "/", '"', "and", "or"))
    ):
        return False
    head = found.head(token)
    if token.dep == "pobj" and head.lower in ("as", "by", "per", "via", "from", "to", "of", "than"):
        described = any(child.dep == "amod" for child in found.children(token))
        return (
            described
            and head.lower in ("to", "from")
            and "from" not in {other.lower for other in found.tokens[: head.index]}
        )
    if following and following[0].lower == "of":
        return token.lower not in note_lists().article_idioms
    return True


_SLIP = re.compile(
    r"\bsince (?:\d+|two|three|four|five|six|seven|eight|nine|ten) (?:year|month|week)s\b(?! ago)|\b(?:explained|said|suggested|recommended) me\b|\b(?:everybody|everyone|nobody|each one|someone) (?:have|do|are|go|come|sit|know|want|need|work|speak|make|get|take)\b"
    r"|\b(?:grandmas|grandpas|moms|mums|dads|wifes|husbands) (?!(?:and|or|who|that|in|at|on|to|with|for|from|are|have|were)\b)[a-z]"
    r"|\b(?:two|three|four|\d+) times,|\bwithout to\b|\bby (?:change|make|do|use|build|add)\b|\b(?:am|are|is) \w+ing since\b|\b(?:small small|well well|now now)\b"
    r"|\b(?:when|where) (?:will|would) be (?:the|my)\b|\bhow do(?:es)? .{2,40} look like\b|\bwithout \w+ing (?:nobody|nothing|no one)\b|n't .{2,30}\b(?:nobody|nothing|no one)\b"
    r"|\byou never (?:seen|done|been|gone|known)\b|\bin last \d|\bon the moment\b|\bin (?:morning|evening|afternoon)\b|\bon (?:January|February|March|April|June|July|August|September|October|November|December)\b(?! \d)|\bgo(?:es)? (?:every \w+ )?in [A-Z]"
    r"|\b(?:people|someone|somebody|guys|those) (?:can|could|will|speak|know|want|work|do) |\bis (?:ready|open|there|here|live) since\b|\b(?:most|more) (?:busy|easy|big|small|fast|cheap|early|late)\b|\ban own\b|\bsay cut\b|\bshouting with\b|\bwith the name\b|\bthere is \d|\bwere (?:two|three|\d+) times\b|\buntil when you\b|\bhow much is the \w+day\b|\bmake that\b|\bhelp (?:assist|help|make that)\b|\bwork \d+ years\b|\bin (?:two|three|four|five|six|\d+) years, (?:most|mainly)\b|\bwhen is (?:full|busy|cold|hot)\b"
    r"|\bhow is .{3,40} like\b|\bresponsible of\b|\bdiscuss(?:ing|ed)? about\b|\bexplained us\b|\b(?:must|can|should|will) to\b|\b\d+% (?:time|cost|budget) for\b|\bcareful to\b|\bpersons\b"
    r"|\bthat that\b|\bthe the\b|\babout about\b|\ba (?:few )?(?:\w+ )?(?:informations|advices|equipments|feedbacks|trainings)\b|\bbecause (?:college|school|work|weather|traffic|covid)\b|\bnot (?:know|have|like|want|say)\b(?<!do not know)(?<!did not know)(?<!do not have)(?<!did not have)(?<!does not have)(?<!to not have)(?<!would not have)(?<!do not like)(?<!do not want)(?<!did not want)(?<!did not say)(?<!could not have)(?<!may not have)(?<!might not have)(?<!should not have)(?<!will not have)(?<!not to say)",
    re.I,
)


def _is_miscounted(found: Parse, token: Token) -> bool:
    """ "two microtome": a number above one right before a noun in the singular that it counts."""
    if token.tag != "CD" or not _is_plural_number(token.lower) or token.index + 1 >= len(found.tokens):
        return False
    noun = found.tokens[token.index + 1]
    if (
        noun.tag != "NN"
        or noun.index != token.head
        or noun.dep == "compound"
        or not noun.text.islower()
        or len(noun.text) < 4
        or not noun.text.isalpha()
    ):
        return False
    after = found.tokens[noun.index + 1 : noun.index + 2]
    return not (after and after[0].pos in ("NOUN", "PROPN", "ADJ", "VERB"))


def _has_no_antecedent(found: Parse, token: Token) -> bool:
    """ "you want to bring it under 3%": "it" as an object, and nothing before it that it could stand for."""
    if token.lower != "it" or token.dep not in ("dobj", "pobj"):
        return False
    return not any(other.pos in ("NOUN", "PROPN") for other in found.tokens[: token.index])


def _is_verbless(found: Parse) -> bool:
    """A clause whose verb is a participle without "is" or "are", or whose subject is two things side by side."""
    for token in found.tokens:
        if token.dep not in ("nsubj", "nsubjpass"):
            continue
        verb = found.head(token)
        finite = found.finite(verb)
        if (
            finite is verb
            and verb.tag in ("VBD", "VBN")
            and verb.lower.endswith("ed")
            and token.pos != "PRON"
        ):
            after = found.tokens[verb.index + 1 : verb.index + 2]
            complements = [
                child
                for child in found.children(verb)
                if child.index > verb.index and child.dep not in ("punct", "cc", "conj")
            ]
            if not complements or (after and after[0].lower in ("and", "by")):
                return True
        left = [part for part in found.subtree(token) if part.index < verb.index]
        articles = sum(part.tag in ("DT", "PRP$") for part in left)
        linked = any(
            part.pos in ("ADP", "CCONJ", "SCONJ") or part.tag in ("WDT", "WP", "VBG", "VBN", "POS")
            for part in left
        )
        if articles > 1 and not linked:
            return True
    return False


def _lacks_ending(found: Parse, token: Token) -> bool:
    """ "before go up": a bare verb after a preposition."""
    if token.tag != "VB" or not token.index:
        return False
    return found.tokens[token.index - 1].lower in (
        "before",
        "after",
        "without",
        "of",
        "by",
        "from",
        "about",
        "with",
        "since",
        "while",
    )


def _clause_start(found: Parse, subject: Token) -> int:
    """Where the clause of a subject begins: its leftmost word up to the comma or connective before it."""
    start = min(token.index for token in found.subtree(subject))
    while (
        start
        and found.tokens[start - 1].text not in (",", ";", ":")
        and found.tokens[start - 1].pos in ("ADV", "ADP", "NOUN", "DET", "ADJ", "NUM", "PROPN")
        and found.tokens[start - 1].dep not in ("mark", "cc")
    ):
        start -= 1
    return start


def _is_run_on(found: Parse) -> bool:
    """Two whole clauses with only a comma between them, or a verb left hanging after one."""
    for token in found.tokens:
        if token.dep in ("nsubj", "nsubjpass", "expl") and token.index:
            verb = found.head(token)
            if found.finite(verb).tag not in ("VBZ", "VBP", "VBD", "MD") or token.tag in ("WDT", "WP"):
                continue
            start = _clause_start(found, token)
            if (
                start
                and found.tokens[start - 1].text in (",", ";", ":")
                and _has_verb(found, 0, start - 1)
                and not _is_fronted(found, start - 1)
            ):
                return True
        if token.dep in ("nsubj", "nsubjpass"):
            finite = found.finite(found.head(token)).index
            last = max(
                (part.index for part in found.subtree(token) if part.index < finite), default=token.index
            )
            if sum(found.tokens[at].text == "," for at in range(last + 1, finite)) == 1:
                return True
        if (
            token.tag in ("VBZ", "VBD", "VBP")
            and token.index
            and found.tokens[token.index - 1].text == ","
            and found.subject(token) is None
            and token.dep not in ("aux", "auxpass")
        ):
            joined = any(child.dep == "cc" for child in found.children(found.head(token))) or any(
                child.dep == "conj" for child in found.children(token)
            )
            if not joined:
                return True
    return False


def _has_verb(found: Parse, start: int, end: int) -> bool:
    return any(
        token.pos in ("VERB", "AUX") and token.tag not in ("VBG", "VBN", "VB")
        for token in found.tokens[start:end]
    )


def _is_fronted(found: Parse, comma: int) -> bool:
    """Whether what stands before a comma is a subordinate clause: "when the price goes up, the variance grows"."""
    sentence_start = max(
        (
            token.index + 1
            for token in found.tokens[:comma]
            if token.text in (",", ";", ":") or token.lower == "that"
        ),
        default=0,
    )
    words = [token for token in found.tokens[sentence_start:comma] if token.pos != "PUNCT"]
    openers = (
        "when",
        "if",
        "because",
        "since",
        "while",
        "after",
        "before",
        "although",
        "as",
        "once",
        "whenever",
        "until",
        "where",
    )
    return any(word.lower in openers for word in words[:2])


def _has_loose_start(found: Parse) -> bool:
    """A noun phrase without a verb before the clause: "142 units in Adamstown, the handover is slipping"."""
    root = found.roots[0]
    clauses = [root, *(token for token in found.tokens if token.dep == "ccomp" and found.head(token) is root)]
    opening = next((token.index + 1 for token in found.tokens[:6] if token.lower == "that"), 0)
    for verb in clauses:
        subject = found.subject(verb)
        if subject is None:
            continue
        whole = min(token.index for token in found.subtree(subject))
        lead = [token for token in found.tokens[opening:whole] if token.pos not in ("PUNCT", "SPACE")]
        if (
            verb is clauses[-1]
            and lead
            and (lead[0].pos in ("NOUN", "PROPN", "NUM", "ADJ") or lead[0].tag in ("DT", "PRP$"))
            and lead[0].lower not in _TIMES
            and not _has_verb(found, opening, whole)
        ):
            return True
        start = _clause_start(found, subject)
        before = [token for token in found.tokens[:start] if token.text in (",", ":")]
        if verb is root and before and not _has_verb(found, 0, start):
            first = found.tokens[0]
            if first.pos in ("NOUN", "PROPN", "NUM", "DET", "PRON") and first.lower not in (
                "this",
                "that",
                "last",
                "every",
                "each",
                "one",
            ):
                return True
        if any(
            child.dep == "appos"
            and not any(grand.dep == "det" for grand in found.children(child))
            and child.pos == "NOUN"
            for child in found.children(subject)
        ):
            return True
    return False


_TIMES = frozenset(
    {
        "last",
        "every",
        "each",
        "next",
        "today",
        "yesterday",
        "tomorrow",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
    }
)
_LOOSE_STARTS = frozenset(
    {"every", "each", "same", "no", "none", "all", "both", "bit", "lots", "only", "now"}
)


def _has_loose_end(found: Parse) -> bool:
    """Words after the last comma that hang on nothing: "..., every month small group"."""
    commas = [token.index for token in found.tokens if token.text in (",", ";", ":")]
    if not commas:
        return False
    words = [token for token in found.tokens[commas[-1] + 1 :] if token.pos not in ("PUNCT", "SPACE")]
    if len(words) < 2 or any(token.pos in ("VERB", "AUX") for token in words):
        return False
    first = words[0]
    if first.lower in _LOOSE_STARTS:
        return True
    if first.pos in ("ADP", "SCONJ", "CCONJ", "DET") or first.lower in (
        "not",
        "including",
        "mostly",
        "mainly",
        "especially",
        "partly",
        "such",
        "my",
        "your",
        "our",
    ):
        return False
    if any(token.lower in ("and", "or") for token in words):
        return False
    return first.pos in ("NOUN", "ADJ", "NUM", "PROPN", "ADV", "PRON")


def _disagrees(found: Parse, token: Token) -> bool:
    """A subject and a verb of different number, side by side."""
    if token.dep != "nsubj" or token.index + 1 >= len(found.tokens):
        return False
    finite = found.finite(found.head(token))
    if finite.index < token.index and token.tag == "NNS" and token.text.islower():
        # In a question: "how is the days off".
        return finite.lower in ("is", "was", "has", "does")
    if finite.index != token.index + 1 or any(child.dep in ("conj", "cc") for child in found.children(token)):
        return False
    if token.tag == "CD" and _is_plural_number(token.lower) and finite.tag == "VBZ":
        return True
    if (token.tag == "NNS" and token.text.islower() and token.text.isalpha()) or (
        token.tag == "CD" and _is_plural_number(token.lower)
    ):
        return finite.lower in ("is", "was", "has", "does")
    if token.lower in ("i", "you", "we", "they"):
        return finite.tag == "VBZ" and finite.lower != "'s"
    if token.tag == "NN" and token.text.islower():
        return finite.lower in ("are", "were", "have", "do") and token.lower not in _COLLECTIVE
    return False
