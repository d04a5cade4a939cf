"""The parser of notes, the proofreader and the word lists, loaded once in the process from which workers are forked."""

from __future__ import annotations

import datetime as dt
import gc

# Whether workers that share them will replace this process in a few seconds.
are_awaited = False


def load() -> None:
    """Loads them, and composes and reviews a letter, which also loads everything that is loaded on first use."""
    from drafts.domain import facts, proofread
    from drafts.domain.compose import compose_letter
    from drafts.domain.notes import parser
    from drafts.review import LetterText, ReviewFacts, review
    from drafts.web import later

    later.load_all()
    proofread.load()
    parser.load()
    ended_at = dt.datetime(2026, 11, 27, 15, tzinfo=dt.UTC)
    panel = facts.Panel(
        facts.Sender("Kim Sample"),
        facts.Interview("Zylker", "Platform Engineer", time_zone="UTC", ended_at=ended_at, country="US"),
        (
            facts.Interviewer(
                "Priya Nair",
                email="priya@zylker.example",
                mentioned="she runs the route planner in under a second",
                enjoyed="how the team plans its quarter",
                strengths=("Kubernetes",),
                experience="I moved forty services",
                goal="bring the response time down",
                callback="Enjoy the half marathon!",
                ask="when you hope to decide",
            ),
        ),
    )
    letter = compose_letter(panel, 0)
    text = LetterText(letter.subject, f"{letter.body}\nIt were a loong day.")
    review(text, ReviewFacts(panel, 0, dialect=None), [], ended_at + dt.timedelta(hours=2))
    gc.collect()
