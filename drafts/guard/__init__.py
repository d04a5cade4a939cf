"""Compares a rewritten letter with the facts, sentence by sentence, without a model of its own.

`compare` takes a letter as a chatbot or a model rewrote it, and returns each change with what it says beyond the notes.
A hard remark rejects the new wording; for a soft one, the candidate decides.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from drafts.domain.facts import Panel
from drafts.domain.notes.parser import parse
from drafts.domain.similarity import likeness
from drafts.domain.tokens import fold
from drafts.guard import figures
from drafts.guard.checks import denies_too, remarks_on
from drafts.guard.content import among, content_of, is_neutral, is_one_word
from drafts.guard.denials import denials
from drafts.guard.parts import Said, around, sentences_of, side_by_side
from drafts.guard.remarks import Remark
from drafts.guard.reversals import reversals
from drafts.guard.sources import Sources, sources_of

__all__ = ["Block", "Remark", "State", "compare", "letter_sentences", "merged"]

REPEATED = 0.5  # share of a sentence's runs of words that an earlier sentence also has


class State(StrEnum):
    SAME = "same"  # nothing changed
    FINE = "fine"  # says nothing beyond the notes
    ASK = "ask"  # the candidate decides
    REFUSED = "refused"  # the old wording is kept


@dataclass(frozen=True, slots=True)
class Block:
    """Sentences of the letter and those that replace them in the rewrite; one of the two may be empty."""

    old: tuple[Said, ...]
    new: tuple[Said, ...]
    remarks: tuple[Remark, ...] = ()

    @property
    def old_text(self) -> str:
        return " ".join(one.text for one in self.old)

    @property
    def new_text(self) -> str:
        return " ".join(one.text for one in self.new)

    @property
    def state(self) -> State:
        if self.old_text == self.new_text:
            return State.SAME
        if any(remark.is_hard for remark in self.remarks):
            return State.REFUSED
        return State.ASK if self.remarks else State.FINE


def letter_sentences(body: str) -> tuple[Said, ...]:
    """The sentences of a letter that are compared: without greeting, sign-off, and signature."""
    return sentences_of(body)


def compare(panel: Panel, index: int, before: str, after: str) -> tuple[Block, ...]:
    """The differences between the letter `before` to interviewer `index` of the panel and its rewrite `after`, in
    order.

    Greeting, sign-off and signature are not compared: the letter keeps its own.
    """
    old, new = sentences_of(before), sentences_of(after)
    sources = sources_of(panel, panel.interviewers[index], old)
    known = f"{panel.interview.position} {panel.interview.company}"
    blocks = []
    for olds, news in side_by_side(old, new):
        block = Block(old[olds], new[news])
        if block.old_text != block.new_text:
            block = Block(block.old, block.new, tuple(_remarks(block, new, news.start, sources, known)))
        blocks.append(block)
    return tuple(blocks)


def _remarks(block: Block, new: Sequence[Said], first: int, sources: Sources, known: str) -> list[Remark]:
    found: list[Remark] = []
    for number, one in enumerate(block.new, start=first):
        found += remarks_on(one.text, sources)
        if any(likeness(one.text, other.text) >= REPEATED for other in new[:number]):
            found.append(Remark("repeats"))
    if block.old and block.new:
        found += reversals(block.old_text, block.new_text)
        if 0 < denials(block.old_text) == denials(block.new_text) or _is_denied_in_notes(block, sources):
            # "Without an accident" and "never had an accident" deny the same thing in different clauses.
            found = [remark for remark in found if remark.kind != "negation"]
    found += _lost(block, new, known)
    return sorted(dict.fromkeys(found), key=lambda remark: not remark.is_hard)


def _is_denied_in_notes(block: Block, sources: Sources) -> bool:
    """Whether each new sentence that denies something is in a remark of the notes that does so too."""
    denying = [content_of(one.text) for one in block.new if denials(one.text)]
    return bool(denying) and all(any(denies_too(one, keys) for one in sources.notes) for keys in denying)


def _lost(block: Block, new: Sequence[Said], known: str) -> list[Remark]:
    """Numbers, names, dates and links of the old sentences that are nowhere in the rewrite.

    Those in `known`, the names of the job and the company, may be missing.
    """
    whole = " ".join(one.text for one in new)
    values = {value for value, _, _ in figures.numbers_of(f"{whole} {known}")}
    if "halv" in whole.lower():
        values.add(0.5)  # "cut it in half" -> "halved it"
    gone = [written for value, written, _ in figures.numbers_of(block.old_text) if value not in values | {1}]
    parsed = parse(block.old_text)
    if parsed is not None:
        names = (*figures.names_of(parsed.tokens), *figures.dates_of(parsed.tokens))
        there = fold(f"{whole} {known}")
        gone += [name for name in names if fold(name).removesuffix("'s").rstrip("s") not in there]
    gone += sorted(figures.links_of(block.old_text) - figures.links_of(whole))
    folded = content_of(whole)
    lost = [one for one in content_of(block.old_text) if not is_neutral(one)]
    found = [Remark("lost", ", ".join(gone))] if gone else []
    # What nothing stands for may be said elsewhere, but then in the same words.
    alike = among if block.new else _is_there
    absent = sum(not alike(one, folded) for one in lost)
    if not gone and absent > len(lost) / 2:
        found.append(Remark("dropped"))
    return found


def _is_there(one: str, others: Iterable[str]) -> bool:
    return any(is_one_word(one, other) for other in others)


def merged(before: str, blocks: Sequence[Block], taken: Collection[int]) -> str:
    """The letter with the new wording of the blocks whose numbers are in `taken`, except rejected ones.

    The paragraphs are those of the rewrite if all of it is taken, else those of the letter.
    """
    kept = [
        number
        for number, block in enumerate(blocks)
        if block.state is not State.SAME and (number not in taken or block.state is State.REFUSED)
    ]
    paragraphs: dict[int, list[str]] = {}
    place = 0
    for number, block in enumerate(blocks):
        if block.old and kept:
            place = block.old[0].paragraph
        for one in block.old if number in kept else block.new:
            paragraphs.setdefault(place if kept else one.paragraph, []).append(one.text)
    said = [" ".join(texts) for texts in paragraphs.values()]
    greeting, ending = around(before)
    after = [text for text in said if _is_postscript(text)]
    said = [text for text in said if not _is_postscript(text)]
    return "\n\n".join(part for part in (greeting, *said, ending, *after) if part)


def _is_postscript(text: str) -> bool:
    return text.upper().startswith(("P.S", "PS:", "PS "))
