from drafts.domain import proofread


def test_a_renewed_engine_finds_the_same(monkeypatch):
    monkeypatch.setattr(proofread, "RENEWED_AFTER", 1)
    text = "I has a question."
    engine = proofread._Engine("american", spelling_only=False)
    first = engine._linter
    remarks = [[remark.span.start for remark in engine.lint(text)] for _ in range(3)]
    assert remarks[0]
    assert remarks == [remarks[0]] * 3
    assert engine._linter is not first
