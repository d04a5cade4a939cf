"""From notes as people type them to sentences said to the reader: read, rewrite, check. README.md says how."""

from drafts.domain.notes.sorting import SortedLine, sort_notes

__all__ = ["SortedLine", "sort_notes"]
