"""What can go wrong with a language model."""

from __future__ import annotations

from enum import StrEnum


class Trouble(StrEnum):
    """Why there is no text. The words for each are in drafts/pages/language_model.py."""

    UNREACHABLE = "unreachable"  # no server answers there
    FORBIDDEN = "forbidden"  # the name leads to an address that may not be used
    SLOW = "slow"  # no whole answer in time
    KEY = "key"  # 401 or 403
    NOT_FOUND = "not_found"  # 404: another path, or an unknown model
    TOO_MANY = "too_many"  # 429
    REDIRECT = "redirect"  # 3xx, never followed
    REFUSED = "refused"  # any other 4xx
    SERVER = "server"  # 5xx
    BROKEN = "broken"  # the answer ended midway, or is not what the protocol says
    HTML = "html"  # a web page, or a text with a web page's tags
    EMPTY = "empty"
    CUT_OFF = "cut_off"  # at the limit of the answer's length
    DECLINED = "declined"  # "I'm sorry, but I can't ..."
    LANGUAGE = "language"  # not English
    TOO_LONG = "too_long"  # more than a letter
    BUSY = "busy"  # this site is asking for others already


class ModelError(Exception):
    """No text came of it; `trouble` says why. `detail` is for the log and holds nothing that anyone wrote."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(f"{trouble.value} {detail}".strip())
        self.trouble = trouble
