"""What can go wrong with a language model."""

from __future__ import annotations

from enum import StrEnum


class Trouble(StrEnum):
    """Why a request failed. The messages are in drafts/pages/language_model.py."""

    UNREACHABLE = "unreachable"  # no server answers there
    FORBIDDEN = "forbidden"  # the host resolves to an address that is not allowed
    SLOW = "slow"  # no whole answer in time
    KEY = "key"  # 401 or 403
    NOT_FOUND = "not_found"  # 404: another path, or an unknown model
    TOO_MANY = "too_many"  # 429
    REDIRECT = "redirect"  # 3xx, never followed
    REFUSED = "refused"  # any other 4xx
    SERVER = "server"  # 5xx
    BROKEN = "broken"  # the answer is incomplete, or does not follow the protocol
    HTML = "html"  # a web page, or text with HTML tags
    EMPTY = "empty"
    CUT_OFF = "cut_off"  # reached the token limit
    DECLINED = "declined"  # "I'm sorry, but I can't ..."
    LANGUAGE = "language"  # not English
    TOO_LONG = "too_long"  # far longer than the letter
    BUSY = "busy"  # this process already has as many requests as it may


class ModelError(Exception):
    """A request failed; `trouble` says why. `detail` is for the log and never contains what anyone wrote."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(f"{trouble.value} {detail}".strip())
        self.trouble = trouble
