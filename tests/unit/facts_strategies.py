"""Hypothesis strategies for facts documents, both realistic and hostile."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from drafts.domain.facts import OWN_SENTENCE_KEYS

# Eight things that eight people of a panel mention.
TOPICS = [
    "Kafka ledgers",
    "release trains",
    "incident drills",
    "search quality",
    "mobile builds",
    "cost reports",
    "data lineage",
    "test farms",
]

# What each of the eight said, and what the candidate has done on that topic.
TOLD = [
    "the move of the ledger to Kafka",
    "that the release train leaves every second week",
    "how you run incident drills",
    "that search quality is measured by hand",
    "that mobile builds take forty minutes",
    "how the team keeps an eye on costs",
    "that nobody owns the data lineage yet",
    "that you want to rebuild the test farm next year",
]
DONE = [
    "I moved a ledger of 40 accounts to Kafka",
    "I ran the weekly release at a bank",
    "I wrote our incident handbook",
    "I improved the search of a web shop",
    "I cut a mobile build from an hour to twelve minutes",
    "I built the monthly cost report for five teams",
    "I traced where our data comes from",
    "I looked after a test farm in a small company",
]

HOSTILE = [
    "{}",
    "{company}",
    "{{ x }} and {0}",
    "$x ${y}",
    "%s %(a)s",
    "<b>bold</b> & <script>alert(1)</script>",
    'it\'s "quoted" text',
    "shipping 🎉 early",
    "שלום לכולם מהצוות",
    "مرحبا بالفريق",
    "cafe\u0301 cre\u0300me",
    "\\n \\u0000 \\",
    "王伟 and 李娜",
    "e.g. the U.S. office, etc.",
    "line one\nline two\nLine three",
    "- one\n- two",
    "Bcc: someone@evil.example",
]
PLAIN = [
    "the move of the payments ledger to Kafka",
    "That the offer stage takes about two weeks.",
    "you mentioned how the team runs reviews",
    "Leading a team of five.",
    "with large React codebases",
    "I led a team of five",
    "to cut the deploy time in half",
    "faster deploys",
    "We use gRPC. It was hard at first.",
    "my work on PostgreSQL",
    "iOS",
    "...",
    "-",
    " ",
    "",
]
WORDS = st.lists(
    st.sampled_from(
        [
            "ledger",
            "Kafka",
            "team's",
            "review",
            "AWS",
            "the",
            "of",
            "on-call",
            "200",
            "nodes",
            "naïve",
            "Zürich",
        ]
    ),
    min_size=1,
    max_size=9,
)
prose = st.one_of(
    st.sampled_from(PLAIN + HOSTILE),
    WORDS.map(" ".join),
    st.lists(st.sampled_from(["deploy", "graph", "Kafka", "rota"]), min_size=40, max_size=120).map(" ".join),
)
LINE = st.sampled_from(
    [text for text in PLAIN + HOSTILE if "\n" not in text and any(c.isalnum() for c in text)]
)
names = st.sampled_from(
    [
        "Priya Nair",
        "Tomasz Wójcik",
        "Dana O'Brien",
        "Dr. Jane Smith",
        "王伟",
        "van der Berg",
        "J. R. Smith",
        "Priya Rao",
        "Nair, Sunil",
        "{greet_as}",
        "<b>Bo</b> Li",
        "محمد علي",
        "Jose\u0301 Núñez",
        "María del Carmen Fernández de la Vega y Sánchez-Ostiz",
    ]
)
POSITIONS = st.one_of(
    st.sampled_from(
        [
            "Senior Platform Engineer",
            "SRE",
            "the Data Engineer role",
            "iOS Developer (m/f/d)",
            "Principal Software Engineer, Developer Experience and Platform (EMEA)",
        ]
    ),
    LINE,
)
COMPANIES = st.one_of(st.sampled_from(["Zylker", "H&M", "Yahoo!", "Acme Inc.", "Jones"]), LINE)


LINKS = st.builds(
    lambda label, url: {"label": label, "url": url},
    LINE,
    st.sampled_from(["https://example.org/a?b={c}", "http://example.com/x_y"]),
)
FILES = st.builds(
    lambda label, file: {"label": label, "file": file},
    st.just("") | LINE,
    st.sampled_from(
        ["case study.pdf", "ledger.py", "{name}.zip", "Zürich 2.png", "тест.docx", "README", "a, b & c.txt"]
    ),
)


def _mixed(links: list[dict[str, str]], files: list[dict[str, str]], first: int) -> list[dict[str, str]]:
    return [*links[:first], *files, *links[first:]]


def _optional(**keys: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=keys)


interviewers = st.builds(
    lambda name, rest: {"full_name": name, **rest},
    names,
    _optional(
        greet_as=st.sampled_from(["Tomek", "Hi Jo,", "", "Ms. Nair", "{company}"]),
        email=st.just("someone@zylker.example"),
        job_title=st.sampled_from(["CTO", "Recruiter", "Staff Engineer", ""]),
        role=st.sampled_from(["hiring_manager", "recruiter", "peer", "leader"]),
        mentioned=prose,
        enjoyed=prose,
        strengths=st.lists(
            st.sampled_from(["Kubernetes", "Go", "and Rust.", "C++", "{x}", "leading people"]), max_size=20
        ),
        experience=prose,
        goal=prose,
        forgot=prose,
        correction=_optional(topic=prose.filter(lambda text: len(text) <= 300), answer=prose),
        callback=prose,
        ask=prose,
        relates=st.booleans(),
        met_before=st.booleans(),
        reaction=st.sampled_from(["work_on", "good_to_know"]),
        say=st.dictionaries(st.sampled_from(OWN_SENTENCE_KEYS), prose, max_size=3),
        work_samples=st.builds(
            _mixed, st.lists(LINKS, max_size=5), st.lists(FILES, max_size=5), st.integers(0, 5)
        ),
    ),
)


def documents(least: int = 1, most: int = 20) -> st.SearchStrategy[dict[str, Any]]:
    return st.builds(
        lambda company, position, sender, rest, people: {
            "sender": {"full_name": "Jordan Álvarez", **sender},
            "interview": {
                "company": company,
                "position": position,
                "ended_at": "2026-11-19T15:10",
                "time_zone": "America/New_York",
                **rest,
            },
            "interviewers": people,
        },
        COMPANIES,
        POSITIONS,
        _optional(
            signature=st.sampled_from(["Jordan\nhttps://example.org", "", "https://x.example", "a b " * 60])
        ),
        _optional(
            field=st.sampled_from(["fintech", "Machine learning.", "{field}", "..."]),
            team=st.sampled_from(["Payments", "the Growth team", "{}"]),
            stage=st.sampled_from(
                ["phone_screen", "technical", "panel", "hiring_manager", "culture", "final"]
            ),
        ),
        st.lists(interviewers, min_size=least, max_size=most),
    )
