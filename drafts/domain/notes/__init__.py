"""Turns notes as typed into sentences addressed to the reader: parse, rewrite, check. See README.md."""

from drafts.domain.notes.sorting import SortedLine, sort_notes

__all__ = ["SortedLine", "sort_notes"]
