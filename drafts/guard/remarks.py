"""What is wrong with a sentence."""

from __future__ import annotations

from dataclasses import dataclass

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
        return lists().says[self.kind].format(what=self.what)
