"""The client for a language model that the operator may configure. Depends on neither the database nor the pages."""

from drafts.language_model.answers import letter_of, numbers_of
from drafts.language_model.client import PATIENCE_S, Endpoint, ask
from drafts.language_model.injections import facts_without_injections, without_injections
from drafts.language_model.lists import lists
from drafts.language_model.prompts import Prompt
from drafts.language_model.trouble import ModelError, Trouble

__all__ = [
    "PATIENCE_S",
    "Endpoint",
    "ModelError",
    "Prompt",
    "Trouble",
    "ask",
    "facts_without_injections",
    "letter_of",
    "lists",
    "numbers_of",
    "without_injections",
]
