"""How long a review takes, beside the proofreader alone on the same letters. `make bench` prints it."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from statistics import median

from bench.review_accuracy import AT, Sent, sent_letters
from drafts.domain import proofread
from drafts.domain.compose import compose_panel
from drafts.domain.review import LetterText, OtherDraft, ReviewFacts, review
from drafts.domain.review.language import is_compound
from drafts.domain.tokens import words_of

WITHOUT = frozenset({"spelling", "grammar"})
PANEL = 8
LETTERS = 24


def letters_of_eight(count: int = LETTERS, seed: int = 11) -> list[Sent]:
    """One letter each of panels of eight, their people put together from smaller panels."""
    found: list[Sent] = []
    people: list = []
    for sent in sent_letters(seed):
        people += sent.panel.interviewers
        if len(people) >= PANEL:
            panel = replace(sent.panel, interviewers=tuple(people[:PANEL]))
            found.append(Sent(panel, 0, tuple(compose_panel(panel))))
            people = []
        if len(found) == count:
            return found
    return found


def seconds(sents: list[Sent], work: Callable[[Sent, LetterText], object], round_: int) -> float:
    """The middle time of one call over the letters; each is changed a little, so that nothing was read before."""
    taken = []
    for sent in sents:
        letter = replace(sent.letter, body=f"{sent.letter.body}\n\nP.S. See you in round {round_}, I hope.")
        forget()
        start = time.perf_counter()
        work(sent, letter)
        taken.append(time.perf_counter() - start)
    return median(taken)


def forget() -> None:
    """Empties what is kept of texts read before."""
    proofread.proofread.cache_clear()
    words_of.cache_clear()
    is_compound.cache_clear()


def whole(sent: Sent, letter: LetterText) -> object:
    return sent.review(letter)


def alone(sent: Sent, letter: LetterText) -> object:
    return proofread.proofread(letter.subject, "american"), proofread.proofread(letter.body, "american")


def rest(sent: Sent, letter: LetterText) -> object:
    facts = ReviewFacts(sent.panel, sent.index)
    others = tuple(
        OtherDraft(sent.panel.interviewers[at].full_name, other.body)
        for at, other in enumerate(sent.letters)
        if at != sent.index
    )
    return review(letter, facts, others, AT, leave_out=WITHOUT)


def measure(rounds: int = 5) -> tuple[float, float, float]:
    """Seconds per letter: a whole review, the proofreader alone, a review without it. The least of some rounds."""
    proofread.load()
    sents = letters_of_eight()
    times: list[tuple[float, float, float]] = []
    for number in range(rounds):
        # By turns, so that a busy machine slows all three alike.
        times.append(tuple(seconds(sents, work, 10 * number + at) for at, work in enumerate((whole, alone, rest))))
    return tuple(min(column) for column in zip(*times, strict=True))


def main() -> None:
    review_s, proofreader_s, rest_s = measure()
    sys.stdout.write(
        f"whole review {review_s * 1000:.1f} ms, proofreader alone {proofreader_s * 1000:.1f} ms: "
        f"{review_s / proofreader_s:.2f} times\n"
        f"review without proofreading, a letter in a panel of eight: {rest_s * 1000:.1f} ms\n"
    )


if __name__ == "__main__":
    main()
