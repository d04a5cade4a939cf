"""What is wrong with a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from drafts.domain.messages import Message
from drafts.guard.lists import lists


@dataclass(frozen=True, slots=True)
class Remark:
    """`kind` is a key of [says] in guard.toml, `what` the words concerned."""

    kind: str
    what: str = ""

    @property
    def is_hard(self) -> bool:
        return self.kind in lists().hard

    def __str__(self) -> str:
        return str(self.message)

    @property
    def message(self) -> Message:
        return Message(lists().says[self.kind], what=self.what)
