"""Limits uploads to what a letter can have attached, so that no upload fills the disk."""

from __future__ import annotations

import re
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.multipartparser import MultiPartParserError

from drafts.domain.facts import MAX_FILES_BYTES

MEGABYTE = 1024 * 1024
SENT = re.compile(r"[0-9a-z-]{8,60}")
MOST_BESIDE_FILES = 64 * 1024 * 1024  # bytes


def upload_limit(request: HttpRequest) -> int:
    """The most bytes that the files of this request may have in total."""
    match = request.resolver_match
    return account_limit() * MEGABYTE if match and match.url_name == "account_import" else MAX_FILES_BYTES


def account_limit() -> int:
    """The largest size of an account file, in megabytes.

    An account file has each uploaded file twice: by itself and, slightly larger, in the letter it is attached to.
    """
    return round(2.2 * max(settings.QUOTA_MB, settings.GUEST_QUOTA_MB)) + 64


def is_far_too_large(request: HttpRequest) -> bool:
    """Whether the request is larger than any of our forms can be, so that it is rejected without reading it."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return length.isdecimal() and int(length) > upload_limit(request) + MOST_BESIDE_FILES


class UploadRequest(HttpRequest):
    """A request after `LimitedUploadHandler` skipped a file. Read it with `getattr`: it is absent if none was."""

    skipped_files: list[str]


class LimitedUploadHandler(FileUploadHandler):
    """Accepts files up to `upload_limit` in total and skips the rest; other form fields are kept.

    The names of skipped files are in `request.skipped_files`.
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
        """The next handlers do this."""
        return None


def posted(request: HttpRequest) -> QueryDict:
    """The POST data for code that reads it incidentally: empty if it cannot or must not be read."""
    if request.method != "POST" or is_far_too_large(request):
        return QueryDict()
    try:
        return request.POST
    except (MultiPartParserError, OSError, SuspiciousOperation):
        return QueryDict()


def mark_stored(request: HttpRequest, response: HttpResponse) -> None:
    """Tells the next page which form was stored, so that its script can delete its copy of the input."""
    sent = posted(request).get("sent", "")
    if SENT.fullmatch(sent):
        response.set_cookie(f"stored-{sent}", "1", max_age=300, secure=settings.HTTPS, samesite="Lax")
