"""Log formatters that say where something failed and with which kind of error, but never contain what anyone wrote.

Error messages quote values ("invalid literal ...", "Key (email)=(...) already exists"), and URLs can contain secrets (a
calendar feed, a password reset link), so both are left out.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import re
import traceback
from types import TracebackType
from typing import Any

from config.request_ids import request_id

# As long as a secret in a URL; ids are not secrets.
LONG = re.compile(r"[\w:-]{20,}")
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
EMAIL = re.compile(r"[^\s/<>\"'=:]+(?:@|%40)[^\s/<>\"'&]+")


class RequestFilter(logging.Filter):
    """Adds the id of the current request. Requests that Django rejects as suspicious (a wrong Host, too many fields)
    are warnings: they are the sender's fault, and nothing failed here."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        if record.name.startswith("django.security.") and record.levelno == logging.ERROR:
            record.levelno, record.levelname = logging.WARNING, "WARNING"
        return record.levelno >= logging.getLogger().level


class DiscreetFormatter(logging.Formatter):
    def formatMessage(self, record: logging.LogRecord) -> str:
        hidden = LONG.sub(lambda one: one[0] if UUID.fullmatch(one[0]) else "[secret]", record.message)
        record.message = EMAIL.sub("[address]", hidden)
        return super().formatMessage(record)

    def formatException(self, ei: Any) -> str:
        """The locations and types of the error and of its causes, without their messages."""
        kind, error, trace = ei
        return "\n".join(_told(kind, error, trace))


class JsonFormatter(DiscreetFormatter):
    """One JSON object per line, for log collectors: time, level, logger, request_id, message, exception."""

    def format(self, record: logging.LogRecord) -> str:
        record.message = record.getMessage()
        line = {
            "time": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request_id": getattr(record, "request_id", "-"),
            "message": self.formatMessage(record),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def _told(
    kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
) -> list[str]:
    lines = [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in traceback.extract_tb(trace)]
    before = error and (error.__cause__ or (None if error.__suppress_context__ else error.__context__))
    earlier = [*_told(type(before), before, before.__traceback__), "which led to"] if before else []
    return [*earlier, kind.__name__ if kind else "unknown", *lines]
