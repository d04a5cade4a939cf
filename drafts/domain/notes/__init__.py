"""Turns notes as typed into sentences addressed to the reader: parse, rewrite, check. See README.md."""

from drafts.domain.notes.sorting import UNDECIDED, SortedLine, sort_notes

__all__ = ["UNDECIDED", "SortedLine", "sort_notes"]
