"""How long a review takes, beside the proofreader alone on the same letters. `make bench` prints it."""

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


def letters_of_eight(count: int = LETTERS, seed: int = 11) -> list[Sent]:
    """One letter each of panels of eight, their people put together from smaller panels."""
    found: list[Sent] = []
    people: list = []
    for sent in sent_letters(seed):
        people += sent.panel.interviewers
        if len(people) >= PANEL:
            panel = replace(sent.panel, interviewers=tuple(people[:PANEL]))
            found.append(Sent(panel, 0, (Tone.WARM,) * PANEL))
            people = []
        if len(found) == count:
            return found
    return found


def seconds(sents: list[Sent], work: Callable[[Sent, LetterText], object]) -> float:
    """The middle time of one call over letters that were not read before."""
    taken = []
    for sent in sents:
        # What is known of the panel is kept while one types; only the letter is new.
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
    """Seconds per new letter: a whole review, the proofreader alone, a review without it. The least of some rounds."""
    proofread.load()
    # Measured again, the letters would be known already.
    proofread.forget()
    times: list[tuple[float, ...]] = []
    for number in range(rounds):
        # By turns, each on letters of its own: a busy machine slows all three alike, and none reads after another.
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
