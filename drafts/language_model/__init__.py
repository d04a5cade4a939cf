"""A language model that the operator may name. Knows how to ask one, and nothing of what is stored or of any page."""

from drafts.language_model.answers import letter_of, numbers_of
from drafts.language_model.client import PATIENCE_S, Endpoint, ask
from drafts.language_model.lists import lists
from drafts.language_model.orders import facts_without_orders, without_orders
from drafts.language_model.prompts import Prompt
from drafts.language_model.trouble import ModelError, Trouble

__all__ = [
    "PATIENCE_S",
    "Endpoint",
    "ModelError",
    "Prompt",
    "Trouble",
    "ask",
    "facts_without_orders",
    "letter_of",
    "lists",
    "numbers_of",
    "without_orders",
]
