"""Choices and constraints from the domain's enums."""

from __future__ import annotations

from typing import Any

from django.db.models import Q


def one_of(field: str, values: Any, *, blank: bool = False) -> Q:
    return Q(**{f"{field}__in": [*[str(value) for value in values], *([""] if blank else [])]})


def choices(enum: Any, labels: dict[Any, Any]) -> list[tuple[str, Any]]:
    """Choices for a domain StrEnum; a member without a label fails at import."""
    return [(member.value, labels[member]) for member in enum]
