"""Turns names of people, positions and companies, as typed, into the form a sentence uses; also "a" and "an"."""

from drafts.domain.naming.articles import indefinite, with_article
from drafts.domain.naming.companies import tidy_company
from drafts.domain.naming.descriptions import job_said, place_said
from drafts.domain.naming.people import (
    PersonName,
    called,
    called_in_notes,
    greeting_name,
    is_titled,
    names_of,
    parse_name,
    printed_name,
    with_title_in,
)
from drafts.domain.naming.positions import tidy_position

__all__ = [
    "PersonName",
    "called",
    "called_in_notes",
    "greeting_name",
    "indefinite",
    "is_titled",
    "job_said",
    "names_of",
    "parse_name",
    "place_said",
    "printed_name",
    "tidy_company",
    "tidy_position",
    "with_article",
    "with_title_in",
]
