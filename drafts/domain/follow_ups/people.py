"""Whether an answer names somebody whom a later "he" or "she" may mean."""

from __future__ import annotations

from drafts.domain.notes.lists import note_lists, word_sets
from drafts.domain.notes.parser import parse
from drafts.domain.notes.points import Context
from drafts.domain.tokens import without_s

# People who may be meant by a pronoun after them: "sent it to the principal and told her".
PEOPLE = frozenset({
    "principal", "manager", "boss", "director", "head", "chair", "recruiter", "owner", "chef", "supervisor", "lead",
    "foreman", "friend", "wife", "husband", "brother", "sister", "cousin", "colleague", "coworker", "guy", "team",
    "superintendent", "partner", "founder", "editor", "nurse", "doctor", "dean", "coach", "pastor", "buddy", "neighbor",
    "people", "folk", "crew", "department", "staff", "president", "administrator", "coordinator", "contact", "person",
    "lady", "man", "woman", "chief", "landlord", "landlady", "mate", "neighbour", "teacher", "son", "daughter",
})  # fmt: skip
_DATES = frozenset({
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march",
    "april", "may", "june", "july", "august", "september", "october", "november", "december",
})  # fmt: skip


def names_somebody(text: str, context: Context) -> bool:
    """Whether anybody but the reader is named: "the head chef", "Dr. Patel", "my husband"."""
    found = parse(text)
    if found is None:
        return False
    relatives, people = word_sets().relatives, note_lists().people
    return any(
        token.lemma in PEOPLE
        or token.lower in people
        or without_s(token.lower) in relatives
        or (
            token.pos == "PROPN"
            and token.text[:1].isupper()
            and not token.text.isupper()
            and token.lower not in context.reader | _DATES
        )
        for token in found.tokens
    )
