"""Hypothesis strategies for texts in files and links, both realistic and hostile."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.unit.facts_strategies import HOSTILE

WORDS = [
    *HOSTILE,
    "=?utf-8?q?x?=",
    "=??Q??=",
    "\r\nBcc: someone@evil.example",
    "\nEND:VEVENT\nBEGIN:VEVENT\n",
    "END:VCARD\r\n",
    "From here on",
    ">From the start",
    "\n.\n",
    "-- \n",
    "\u2028next\u2029and\x85next\x0bnext",
    "\x00\x07\x1b",
    "Müller, Jörg",
    '"quoted"',
    "a@b.example",
    "漢字" * 30,
    "👩‍💻",
    "x" * 120,
    "https://a.example/?a=1&b=2#c",
    "50% + 50%",
]

# Anything except lone surrogates, which cannot be kept.
TEXTS = st.one_of(
    st.text(max_size=150),
    st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=6).map("\n".join),
)
SURROGATES = st.text(st.characters(categories=["Cs", "Lu", "Zs"]), max_size=20)
