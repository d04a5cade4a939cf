"""Measures how long a review takes, compared with just the proofreader on the same letters. `make bench` prints it."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from statistics import median

from bench.review_accuracy import AT, Sent, sent_letters
from drafts.domain import proofread
from drafts.domain.facts import Tone
from drafts.review import LetterText, OtherDraft, ReviewFacts, review

WITHOUT = frozenset({"spelling", "grammar"})
PANEL = 8
LETTERS = 12


def letters_of_eight(seed: int = 11) -> list[Sent]:
    """One letter per panel of eight, whose people are combined from smaller panels."""
    found: list[Sent] = []
    people: list = []
    for sent in sent_letters(seed):
        people += sent.panel.interviewers
        if len(people) >= PANEL:
            panel = replace(sent.panel, interviewers=tuple(people[:PANEL]))
            found.append(Sent(panel, 0, (Tone.WARM,) * PANEL))
            people = []
        if len(found) == LETTERS:
            return found
    return found


def seconds(sents: list[Sent], work: Callable[[Sent, LetterText], object]) -> float:
    """The median time of one call on letters that were not reviewed before."""
    taken = []
    for sent in sents:
        # While a candidate types, the facts of the panel stay cached; only the letter is new.
        warm(sent)
        start = time.perf_counter()
        work(sent, sent.letter)
        taken.append(time.perf_counter() - start)
    return median(taken)


def warm(sent: Sent) -> None:
    rest(sent, LetterText("Hello", "Hello"))


def whole(sent: Sent, letter: LetterText) -> object:
    return sent.review(letter)


def alone(sent: Sent, letter: LetterText) -> object:
    return proofread.read_whole(letter.subject, "american"), proofread.read_whole(letter.body, "american")


def rest(sent: Sent, letter: LetterText) -> object:
    facts = ReviewFacts(sent.panel, sent.index)
    others = tuple(
        OtherDraft(sent.panel.interviewers[at].full_name, other.body)
        for at, other in enumerate(sent.letters)
        if at != sent.index
    )
    return review(letter, facts, others, AT, leave_out=WITHOUT)


def measure(rounds: int = 6) -> tuple[float, float, float]:
    """Seconds per new letter: a whole review, just the proofreader, a review without it. The minimum of several
    rounds."""
    proofread.load()
    # Measured again, the letters would be known already.
    proofread.forget()
    times: list[tuple[float, ...]] = []
    for number in range(rounds):
        # In turn, each on its own letters, so that a busy machine slows down all three, and none benefits from
        # another's caches.
        times.append(
            tuple(
                seconds(letters_of_eight(seed=100 * number + at), work)
                for at, work in enumerate((whole, alone, rest))
            )
        )
    review_s, proofreader_s, rest_s = (min(column) for column in zip(*times, strict=True))
    return review_s, proofreader_s, rest_s


def main() -> None:
    review_s, proofreader_s, rest_s = measure()
    sys.stdout.write(
        f"whole review {review_s * 1000:.1f} ms, proofreader alone {proofreader_s * 1000:.1f} ms: "
        f"{review_s / proofreader_s:.2f} times\n"
        f"review without proofreading, a letter in a panel of eight: {rest_s * 1000:.1f} ms\n"
    )


if __name__ == "__main__":
    main()
