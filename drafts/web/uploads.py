"""What comes in as files: cut off at what a letter can carry, so that no upload fills the disk."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, QueryDict
from django.http.multipartparser import MultiPartParserError

from drafts.domain.facts import MAX_FILES_BYTES

MEGABYTE = 1024 * 1024
MOST_BESIDE_FILES = 64 * 1024 * 1024  # bytes


def upload_limit(request: HttpRequest) -> int:
    """The most that the files of this request may have together, in bytes."""
    match = request.resolver_match
    return account_limit() * MEGABYTE if match and match.url_name == "account_import" else MAX_FILES_BYTES


def account_limit() -> int:
    """The most that an account file takes, in megabytes.

    An account has all its files in it twice: by themselves, and, a little longer, in the letters they go with.
    """
    return round(2.2 * max(settings.QUOTA_MB, settings.GUEST_QUOTA_MB)) + 64


def is_far_too_large(request: HttpRequest) -> bool:
    """Whether this is more than any form of ours sends: turned away before a byte of it is read."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return length.isdecimal() and int(length) > upload_limit(request) + MOST_BESIDE_FILES


class UploadRequest(HttpRequest):
    """A request after `LimitedUploadHandler` skipped a file. Read it with `getattr`: it is absent if none was."""

    skipped_files: list[str]


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
            cast(UploadRequest, self.request).skipped_files = [*skipped, self.file_name or ""]
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Left to the handlers after this one."""
        return None


def posted(request: HttpRequest) -> QueryDict:
    """What a form sent, for those who only look at it in passing: empty where it cannot be read, or must not be."""
    if request.method != "POST" or is_far_too_large(request):
        return QueryDict()
    try:
        return request.POST
    except (MultiPartParserError, OSError, SuspiciousOperation):
        return QueryDict()
