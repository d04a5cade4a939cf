"""What comes in as files: cut off at what a letter can carry, so that no upload fills the disk."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from drafts.domain.facts import MAX_FILES_BYTES


class LimitedUploadHandler(FileUploadHandler):
    """Lets files through up to MAX_FILES_BYTES in all and skips the rest; what was typed beside them is kept.

    The names of files skipped are in `request.skipped_files`.
    """

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.bytes = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.bytes += len(raw_data)
        if self.bytes > MAX_FILES_BYTES:
            skipped = getattr(self.request, "skipped_files", [])
            self.request.skipped_files = [*skipped, self.file_name or ""]
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Left to the handlers after this one."""
        return None
