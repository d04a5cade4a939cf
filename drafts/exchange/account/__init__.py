"""Everything a candidate has as one file, out and in again: `afterword.json` and the work samples in a ZIP file."""

from __future__ import annotations

from drafts.exchange.account.document import (
    FORMAT,
    JSON_NAME,
    VERSION,
    AccountFault,
    account_json,
    file_path,
    parse_account,
)
from drafts.exchange.account.reading import MAX_TEXT_BYTES, read_account_zip
from drafts.exchange.account.shapes import (
    ArchivedAccount,
    ArchivedDraft,
    ArchivedFile,
    ArchivedInterview,
    ArchivedInvitation,
    ArchivedOutsider,
    ArchivedPerson,
    ArchivedRevision,
    ArchivedSettings,
)

__all__ = [
    "FORMAT",
    "JSON_NAME",
    "MAX_TEXT_BYTES",
    "VERSION",
    "AccountFault",
    "ArchivedAccount",
    "ArchivedDraft",
    "ArchivedFile",
    "ArchivedInterview",
    "ArchivedInvitation",
    "ArchivedOutsider",
    "ArchivedPerson",
    "ArchivedRevision",
    "ArchivedSettings",
    "account_json",
    "file_path",
    "parse_account",
    "read_account_zip",
]
