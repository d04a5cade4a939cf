"""Likeness: what this draft has in common with the others of the panel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

from drafts.domain.facts import Panel
from drafts.domain.naming import tidy_position
from drafts.domain.similarity import Prepared, Shared, compare, prepare
from drafts.domain.tokens import Phrases
from drafts.review.carried import carried, carried_strengths, readings
from drafts.review.findings import Finding, found
from drafts.review.material import Material
from drafts.review.reading import Reading
from drafts.review.thresholds import (
    LIKE_FACT_WORDS,
    LIKE_PANEL,
    LIKE_RUN_WORDS,
    LIKE_SHARE,
    LIKE_SHARE_LARGE,
    LIKE_WORDS,
)

# A P.S. and a correction count as sentences even if they are short: letters only share them if their notes do.
_NEVER_SHORT = frozenset({"callback", "answer", "correction"})


def copy_paste(material: Material) -> Iterator[Finding]:
    """Too similar to another draft of the panel. One finding per shared passage and other draft."""
    if not material.others:
        return
    panel = material.facts.panel
    mine = prepare(material.reading.content_words, common_facts(panel))
    limit = LIKE_SHARE if len(panel.interviewers) <= LIKE_PANEL else LIKE_SHARE_LARGE
    for other in material.others:
        shared = compare(mine, _prepared(other.body, panel))
        too_like = shared.share > limit and sum(passage.words for passage in shared.one) >= LIKE_WORDS
        longest = max((passage.words for passage in shared.one), default=0)
        for passage in shared.one:
            if not too_like and passage.words < LIKE_RUN_WORDS:
                continue
            whole, longest = too_like and passage.words == longest, 0 if passage.words == longest else longest
            yield found(
                "copy_paste",
                "letter" if whole else "passage",
                passage.start,
                passage.end,
                about=other.full_name,
                other=other.full_name,
                percent=f"{shared.share * 100:.0f}",
            )


def compare_drafts(panel: Panel, one: str, other: str) -> Shared:
    """What two drafts of a panel share, apart from greeting, sign-off, signature and the facts the user entered."""
    return compare(_prepared(one, panel), _prepared(other, panel))


def compare_panel(panel: Panel, bodies: tuple[str, ...]) -> tuple[tuple[int, int, Shared], ...]:
    """What each pair of drafts shares, as (index of the first in `bodies`, index of the second, shared)."""
    return tuple(
        (first, second, compare_drafts(panel, bodies[first], bodies[second]))
        for first, second in combinations(range(len(bodies)), 2)
    )


@lru_cache(maxsize=512)
def _prepared(body: str, panel: Panel) -> Prepared:
    return prepare(Reading("", body).content_words, common_facts(panel))


@lru_cache(maxsize=64)
def common_facts(panel: Panel) -> Phrases:
    """What letters of a panel may have in common: the interview's facts, the candidate's own, and short notes.

    A long note in two letters is a copied passage, unless it was entered for both.
    """
    interview = panel.interview
    texts = [interview.company, interview.position, tidy_position(interview.position)]
    texts += [interview.field, interview.team, panel.sender.full_name]
    long: Counter[str] = Counter()
    for index, person in enumerate(panel.interviewers):
        texts += [*person.strengths, *carried_strengths(panel, index)]
        texts += [text for sample in person.work_samples for text in (sample.label, sample.url, sample.file)]
        texts.append(readings(panel, index).topic)
        # Both letters may also contain a short note as typed.
        typed = [
            getattr(person, key).strip(" .!")
            for key in ("mentioned", "enjoyed", "experience", "goal", "forgot")
        ]
        texts += [note for note in typed if len(note.split()) <= LIKE_FACT_WORDS]
        for key, text in carried(panel, index):
            if key in _NEVER_SHORT or len(text.split()) > LIKE_FACT_WORDS:
                long[text] += 1
            else:
                texts.append(text)
    texts += [text for text, people in long.items() if people > 1]
    return Phrases(text for text in texts if text.strip())
