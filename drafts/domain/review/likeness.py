"""Likeness: what this draft shares with the others of the panel."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from drafts.domain import grammar
from drafts.domain.facts import Interviewer, Panel
from drafts.domain.review.facts import OtherDraft, ReviewFacts
from drafts.domain.review.findings import Finding, found
from drafts.domain.review.material import Material
from drafts.domain.review.reading import Reading
from drafts.domain.review.thresholds import LIKE_FACT_WORDS, LIKE_RUN_WORDS, LIKE_SHARE, LIKE_WORDS
from drafts.domain.similarity import Shared, compare
from drafts.domain.tokens import Phrases, Word


def copy_paste(material: Material) -> Iterator[Finding]:
    """design section 6: too like another draft of the panel. One finding per shared passage and other draft."""
    for other in material.others:
        shared = compare(
            material.reading.content_words,
            _content(other.body),
            common_facts(material.facts.panel, material.facts.person, person_named(material.facts, other)),
        )
        too_like = shared.share > LIKE_SHARE and sum(passage.words for passage in shared.one) >= LIKE_WORDS
        for passage in shared.one:
            if not too_like and passage.words < LIKE_RUN_WORDS:
                continue
            yield found(
                "copy_paste",
                "letter" if too_like else "passage",
                passage.start,
                passage.end,
                about=other.full_name,
                other=other.full_name,
                share=f"{shared.share:.0%}",
            )


def compare_drafts(facts: ReviewFacts, body: str, other: OtherDraft) -> Shared:
    """What two drafts of a panel share, apart from greeting, sign-off, signature and the facts entered for both."""
    common = common_facts(facts.panel, facts.person, person_named(facts, other))
    return compare(_content(body), _content(other.body), common)


@lru_cache(maxsize=128)
def _content(body: str) -> tuple[Word, ...]:
    return Reading("", body).content_words


def person_named(facts: ReviewFacts, other: OtherDraft) -> Interviewer | None:
    return next((one for one in facts.panel.interviewers if one.full_name == other.full_name), None)


@lru_cache(maxsize=512)
def common_facts(panel: Panel, one: Interviewer, other: Interviewer | None) -> Phrases:
    """What both letters may say in the same words: the interview's facts, the candidate's own, and short notes.

    A long note in two letters is a copied passage, unless it was entered for both.
    """
    interview = panel.interview
    texts = [interview.company, interview.position, grammar.position_name(interview.position)]
    texts += [interview.field, interview.team, panel.sender.full_name]
    if other is not None:
        for key in ("mentioned", "enjoyed", "experience", "goal", "forgot"):
            mine, theirs = (grammar.fragment(getattr(who, key), key) for who in (one, other))
            alike = mine and theirs and mine.text.casefold() == theirs.text.casefold()
            texts += [
                note.text
                for note in (mine, theirs)
                if note and (alike or len(note.text.split()) <= LIKE_FACT_WORDS)
            ]
        if one.callback and one.callback == other.callback:
            texts.append(grammar.without_prompt(one.callback, "callback"))
        if one.correction == other.correction:
            texts += [one.correction.topic, one.correction.answer]
    for who in (one, other) if other else (one,):
        texts += [
            *who.strengths,
            *(sample.label for sample in who.work_samples),
            *(sample.url for sample in who.work_samples),
        ]
    return Phrases(text for text in texts if text.strip())
