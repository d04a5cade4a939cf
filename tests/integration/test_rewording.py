"""A rewritten letter: compared with the notes, accepted sentence by sentence, never beyond the notes."""

import pytest
from django.urls import reverse

from drafts import services
from tests.factories import InterviewerFactory, InterviewFactory

QUERIES = 5
NOTES = {
    "mentioned": "they run 3 plants and are moving the ledger to Kafka in March",
    "experience": "cut a nine-hour batch to forty minutes at BrightWave",
}


@pytest.fixture
def draft(candidate):
    interview = InterviewFactory(candidate=candidate)
    person = InterviewerFactory(interview=interview, full_name="Priya Nair", **NOTES)
    return services.create_draft(person)


def page(draft):
    return reverse("draft_rewording", args=[draft.id])


def rewritten(draft, old="I cut a nine-hour batch", new="I reduced a nine-hour batch"):
    assert old in draft.body
    return draft.body.replace(old, new)


def test_a_faithful_wording_is_ticked_and_can_be_taken(signed_in, draft):
    text = rewritten(draft)
    answer = signed_in.post(page(draft), {"version": draft.version, "rewording": text})
    [row] = answer.context["rows"]
    assert (row["block"].state, row["is_taken"]) == ("fine", True)
    given = {"version": draft.version, "rewording": text, "take": "1", f"block-{row['number']}": "on"}
    assert signed_in.post(page(draft), given).url == draft.get_absolute_url()
    before = draft.body
    draft.refresh_from_db()
    assert draft.body == before.replace("I cut a nine", "I reduced a nine")
    assert [one.reason for one in draft.revisions.all()] == ["edited", "composed"]


def test_text_beyond_the_notes_cannot_be_accepted(signed_in, draft):
    text = rewritten(draft, new="I designed a ten-hour batch")
    answer = signed_in.post(page(draft), {"version": draft.version, "rewording": text})
    [row] = answer.context["rows"]
    assert row["block"].state == "refused"
    assert "none of your notes" in answer.content.decode()
    assert f'name="block-{row["number"]}"' not in answer.content.decode()
    given = {"version": draft.version, "rewording": text, "take": "1", f"block-{row['number']}": "on"}
    signed_in.post(page(draft), given)
    before = draft.body
    draft.refresh_from_db()
    assert draft.body == before


def test_nothing_ticked_is_asked_about(signed_in, draft):
    given = {"version": draft.version, "rewording": rewritten(draft), "take": "1"}
    answer = signed_in.post(page(draft), given)
    assert answer.status_code == 422
    assert "Check the changes" in answer.content.decode()


def test_a_letter_that_changed_meanwhile_is_compared_again(signed_in, draft):
    text = rewritten(draft)
    services.save_draft(draft, draft.subject, draft.body + "\n\nP.S. Hello.", draft.version)
    given = {"version": draft.version, "rewording": text, "take": "1", "block-0": "on", "block-1": "on"}
    answer = signed_in.post(page(draft), given)
    draft.refresh_from_db()
    assert answer.status_code == 409
    assert f'name="version" value="{draft.version}"' in answer.content.decode()
    assert "Hello." in draft.body


@pytest.mark.parametrize("text", ["", "   ", "x" * 20_001, "a\x00b"])
def test_a_text_that_cannot_be_compared_is_given_back(signed_in, draft, text):
    answer = signed_in.post(page(draft), {"version": draft.version, "rewording": text})
    assert answer.status_code == 422
    assert answer.context["form"]["rewording"].errors


@pytest.mark.parametrize(
    "text", ["?", "{{ x }} <script>alert(1)</script>", "ok\n" * 3000, "שלום " * 300, "a" * 19_000]
)
def test_odd_texts_are_compared_all_the_same(signed_in, draft, text):
    answer = signed_in.post(page(draft), {"version": draft.version, "rewording": text})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_the_same_text_has_nothing_to_take(signed_in, draft):
    answer = signed_in.post(page(draft), {"version": draft.version, "rewording": draft.body})
    assert answer.context["rows"] == []
    assert "word for word" in answer.content.decode()


def test_queries_do_not_grow_with_the_panel(signed_in, draft, django_assert_num_queries):
    given = {"version": draft.version, "rewording": rewritten(draft)}
    signed_in.post(page(draft), given)
    with django_assert_num_queries(QUERIES):
        signed_in.post(page(draft), given)
    for _ in range(4):
        InterviewerFactory(interview=draft.interviewer.interview, **NOTES)
    with django_assert_num_queries(QUERIES):
        signed_in.post(page(draft), given)
