"""Hypothesis strategies for the contents of name fields, both realistic and hostile."""

from __future__ import annotations

from collections import Counter

from hypothesis import strategies as st

from drafts.domain.tokens import fold

_PIECES = """
    Sarah CHEN de la van der Dr. dr Mr Sir J. j.r.r. O'BRIEN McDONALD (Bill) "Bob" RN PhD , - | Jr. III Nguyen Thi
    KIM Min-jun 王伟 Иван she/her @ x@y.example < > ( ) 🌟 Inc. GmbH & Co. Ltd the role Req #12345 (m/w/d) Remote
    Berlin full-time NURSE hr www.acme.com University of Foundation ' ’ İ ß Ǆ ﬁ
"""
PIECES = st.sampled_from(_PIECES.split())
LIKE_NAMES = st.one_of(st.lists(PIECES, max_size=9).map(" ".join), st.text("aAbBzÉßİ.- ", max_size=20))
TYPED = st.one_of(st.text(max_size=60), LIKE_NAMES)


def none_invented(made: str, typed: str) -> bool:
    """Whether every letter of `made` was typed, ignoring case."""
    return not letters(made) - letters(typed)


def letters(text: str) -> Counter[str]:
    return Counter(character for character in fold(text) if character.isalpha())
