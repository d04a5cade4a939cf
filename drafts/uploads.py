"""What comes in as files: cut off at what a letter can carry, so that no upload fills the disk."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, QueryDict
from django.http.multipartparser import MultiPartParserError

from drafts.domain.facts import MAX_FILES_BYTES

# An account with all its files, twice: by themselves, and in the letters they go with.
MAX_ACCOUNT_BYTES = 512 * 1024 * 1024


def upload_limit(request: HttpRequest) -> int:
    """The most that the files of this request may have together, in bytes."""
    match = request.resolver_match
    return MAX_ACCOUNT_BYTES if match and match.url_name == "account_import" else MAX_FILES_BYTES


class LimitedUploadHandler(FileUploadHandler):
    """Lets files through up to `upload_limit` in all and skips the rest; what was typed beside them is kept.

    The names of files skipped are in `request.skipped_files`.
    """

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.bytes = 0
        self.limit = upload_limit(request) if request else MAX_FILES_BYTES

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.bytes += len(raw_data)
        if self.bytes > self.limit:
            skipped = getattr(self.request, "skipped_files", [])
            self.request.skipped_files = [*skipped, self.file_name or ""]
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Left to the handlers after this one."""
        return None


def posted(request: HttpRequest) -> QueryDict:
    """What a form sent, for those who only look at it in passing: empty where it cannot be read, or was not to be."""
    if request.method != "POST" or getattr(request, "is_unread", False):
        return QueryDict()
    try:
        return request.POST
    except (MultiPartParserError, OSError, SuspiciousOperation):
        return QueryDict()
