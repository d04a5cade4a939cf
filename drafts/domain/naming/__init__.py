"""Turns names of people, positions and companies, as typed, into the form a sentence uses; also "a" and "an"."""

from drafts.domain.naming.articles import indefinite, with_article
from drafts.domain.naming.companies import tidy_company
from drafts.domain.naming.people import PersonName, greeting_name, is_titled, parse_name
from drafts.domain.naming.positions import tidy_position

__all__ = [
    "PersonName",
    "greeting_name",
    "indefinite",
    "is_titled",
    "parse_name",
    "tidy_company",
    "tidy_position",
    "with_article",
]
