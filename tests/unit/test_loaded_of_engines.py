"""Of the parser's model and of the lists of word forms, only what is used is loaded."""

from __future__ import annotations

import lemminflect
import pytest

from drafts.domain.notes import parser, reader

WORDS = (
    *("left", "went", "lain", "dared", "daring", "routing", "gels", "rewritten", "works", "work", "met"),
    *("'m", "'re", "'d", "ok", "table", "nowhere", "vary", "found", "fulfilled", "panelled", "zzyqx", ""),
)


def test_the_model_has_no_parts_that_are_not_used() -> None:
    assert [name for name, _part in parser._engine().components] == [
        "tok2vec",
        "tagger",
        "parser",
        "attribute_ruler",
        "lemmatizer",
    ]


def test_base_forms_do_without_the_dictionary_of_all_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_self: object) -> None:
        raise AssertionError("30 MB are loaded")

    monkeypatch.setattr(lemminflect.Lemmatizer, "_getLemmaDict", refuse)
    assert reader.base_forms("forgave") == ("forgive",)


@pytest.mark.parametrize("word", WORDS)
def test_base_forms_are_those_of_the_dictionary(word: str) -> None:
    assert reader.base_forms(word) == lemminflect.getAllLemmas(word, upos="VERB").get("VERB", ())
