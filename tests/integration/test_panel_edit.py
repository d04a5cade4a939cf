"""The second step: adding, removing, repeated and too many rows, and two tabs."""

import re
import uuid

import pytest
from django.urls import reverse

from drafts import services
from drafts.models import Interviewer
from tests.factories import DraftFactory, InterviewerFactory, InterviewFactory, NotedInterviewerFactory


@pytest.fixture
def interview(candidate):
    return InterviewFactory(candidate=candidate)


def page(interview):
    return reverse("panel_edit", args=[interview.id])


def sent(*rows, **more):
    values = {"panel-TOTAL_FORMS": str(len(rows)), "panel-INITIAL_FORMS": "0"}
    for index, row in enumerate(rows):
        values |= {f"panel-{index}-{name}": value for name, value in row.items()}
    return values | more


def row(name, **more):
    return {"id": str(uuid.uuid4()), "full_name": name} | more


def stored(interview):
    return [person.full_name for person in interview.interviewers.all()]


def test_people_are_stored_in_order_and_the_first_conversation_opens(signed_in, interview):
    people = [row("Priya Nair", email="priya@example.com", role="peer"), row("Ann Lee"), row("Bo Ek")]
    answer = signed_in.post(page(interview), sent(*people))
    assert stored(interview) == ["Priya Nair", "Ann Lee", "Bo Ek"]
    first = interview.interviewers.first()
    assert answer.url == reverse("conversation_edit", args=[interview.id, first.id])
    assert (first.email, first.role, str(first.id)) == ("priya@example.com", "peer", people[0]["id"])
    interview.refresh_from_db()
    assert interview.search_text.endswith("priya nair\nann lee\nbo ek")


def test_the_empty_page_has_one_row(signed_in, interview):
    assert len(signed_in.get(page(interview)).context["formset"].forms) == 1


def test_sent_twice_it_is_the_same_people(signed_in, interview):
    people = sent(row("Priya Nair"), row("Ann Lee"))
    signed_in.post(page(interview), people)
    signed_in.post(page(interview), people)
    assert stored(interview) == ["Priya Nair", "Ann Lee"]


def test_rows_without_an_id_are_matched_by_name(signed_in, interview):
    person = InterviewerFactory(interview=interview, full_name="Priya Nair")
    signed_in.post(page(interview), sent({"full_name": "PRIYA NAIR"}, {"full_name": "Ann Lee"}))
    assert stored(interview) == ["PRIYA NAIR", "Ann Lee"]
    assert interview.interviewers.first().id == person.id


def test_two_people_of_one_name_are_two(signed_in, interview):
    signed_in.post(page(interview), sent({"full_name": "Ann Lee"}, {"full_name": "Ann Lee"}))
    assert stored(interview) == ["Ann Lee", "Ann Lee"]


def test_the_id_of_someone_elses_person_is_not_taken(signed_in, interview):
    other = InterviewerFactory(full_name="Theirs")
    signed_in.post(page(interview), sent(row("Mine", id=str(other.id))))
    other.refresh_from_db()
    assert other.full_name == "Theirs"
    assert stored(interview) == ["Mine"]


def test_people_missing_from_the_form_are_kept(signed_in, interview):
    InterviewerFactory(interview=interview, full_name="Priya Nair")
    signed_in.post(page(interview), sent(row("Ann Lee")))
    assert stored(interview) == ["Ann Lee", "Priya Nair"]


def test_blank_rows_do_not_count(signed_in, interview):
    signed_in.post(page(interview), sent(row(""), row("Ann Lee"), row("  ")))
    assert stored(interview) == ["Ann Lee"]


def test_nobody_at_all_is_refused(signed_in, interview):
    answer = signed_in.post(page(interview), sent(row("")))
    assert answer.status_code == 422
    assert answer.context["formset"].non_form_errors() == ["Enter at least one person you spoke with."]


def test_a_stored_person_cannot_be_emptied(signed_in, interview):
    person = InterviewerFactory(interview=interview)
    answer = signed_in.post(page(interview), sent(row("", id=str(person.id)), row("Ann Lee")))
    assert answer.status_code == 422
    assert answer.context["formset"].errors[0] == {
        "full_name": ["Enter this person’s full name, or check “Remove this person”."]
    }


def test_the_twenty_first_is_refused_and_stays_typed(signed_in, interview):
    people = [row(f"Person {number}") for number in range(21)]
    answer = signed_in.post(page(interview), sent(*people))
    assert answer.status_code == 422
    formset = answer.context["formset"]
    assert formset.non_form_errors() == ["A panel can have at most 20 people. Remove 1."]
    assert [form["full_name"].value() for form in formset] == [person["full_name"] for person in people]
    assert "Person 20" in answer.content.decode()
    assert stored(interview) == []
    people[3]["DELETE"] = "on"
    assert signed_in.post(page(interview), sent(*people)).status_code == 302
    assert len(stored(interview)) == 20


def test_those_stored_meanwhile_count_too(signed_in, interview):
    InterviewerFactory.create_batch(15, interview=interview)
    answer = signed_in.post(page(interview), sent(*[row(f"Person {number}") for number in range(6)]))
    assert answer.status_code == 422
    assert len(stored(interview)) == 15


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        ({"full_name": "A\nB"}, "full_name", "Keep this on one line: remove the line breaks."),
        ({"full_name": "x" * 101}, "full_name", "Shorten this to 100 characters. It has 101."),
        ({"full_name": "A\0"}, "full_name", "Remove the character that can’t be sent in an email (U+0000)."),
        ({"full_name": "", "email": "a@b.co"}, "full_name", "Enter this person’s full name."),
        ({"email": "priya@"}, "email", "Enter an email address like name@company.com."),
        ({"email": "a@b.co, c@d.co"}, "email", "Enter an email address like name@company.com."),
        ({"email": "a@b.co\nBcc: c@d.co"}, "email", "Keep this on one line: remove the line breaks."),
        ({"role": "boss"}, "role", "Choose a role from the list."),
        ({"job_title": "x" * 101}, "job_title", "Shorten this to 100 characters. It has 101."),
    ],
)
def test_invalid_input_is_reported_next_to_its_field(signed_in, interview, values, field, message):
    answer = signed_in.post(page(interview), sent(row("Ann Lee"), row("Priya Nair") | values))
    assert answer.status_code == 422
    assert answer.context["formset"].errors == [{}, {field: [message]}]
    assert answer.context["formset"][1][field].value() == (row("Priya Nair") | values)[field]
    assert stored(interview) == []


@pytest.mark.parametrize("total", ["", "x", "-1", "1e3", "9" * 40, "٣", None])
def test_a_wrong_row_count_loses_no_rows(signed_in, interview, total):
    values = sent(row("Ann Lee"), row("Bo Ek"))
    values["panel-TOTAL_FORMS"] = total
    values = {key: value for key, value in values.items() if value is not None}
    assert signed_in.post(page(interview), values).status_code == 302
    assert stored(interview) == ["Ann Lee", "Bo Ek"]


def test_an_invalid_id_counts_as_none(signed_in, interview):
    assert signed_in.post(page(interview), sent(row("Ann Lee", id="x"))).status_code == 302


def test_without_javascript_a_row_is_added_and_nothing_stored(signed_in, interview):
    answer = signed_in.post(page(interview), sent(row("Ann Lee"), add_row="1"))
    assert answer.status_code == 200
    assert [form["full_name"].value() for form in answer.context["formset"]] == ["Ann Lee", None]
    assert not answer.context["formset"][0].errors
    assert stored(interview) == []


def test_without_javascript_a_row_is_removed(signed_in, interview):
    person = InterviewerFactory(interview=interview)
    rows = [row("Ann Lee"), row(person.full_name, id=str(person.id))]
    answer = signed_in.post(page(interview), sent(*rows, remove_row="0"))
    assert [form["full_name"].value() for form in answer.context["formset"]] == [person.full_name]
    answer = signed_in.post(page(interview), sent(*rows, remove_row="1"))
    assert [bool(form["DELETE"].value()) for form in answer.context["formset"]] == [False, True]
    assert stored(interview) == [person.full_name]


@pytest.mark.parametrize("place", ["x", "-1", "99", ""])
def test_an_invalid_row_number_removes_nothing(signed_in, interview, place):
    answer = signed_in.post(page(interview), sent(row("Ann Lee"), remove_row=place))
    assert [form["full_name"].value() for form in answer.context["formset"]] == ["Ann Lee"]


def test_someone_without_notes_is_removed_at_once(signed_in, interview):
    person = InterviewerFactory(interview=interview)
    rows = [row("Ann Lee"), row(person.full_name, id=str(person.id), DELETE="on")]
    assert signed_in.post(page(interview), sent(*rows)).status_code == 302
    assert stored(interview) == ["Ann Lee"]


@pytest.mark.parametrize("letter", [True, False])
def test_someone_with_notes_or_a_letter_is_asked_about(signed_in, interview, letter):
    person = NotedInterviewerFactory(interview=interview)
    if letter:
        DraftFactory(interviewer=person)
    rows = [row("Ann Lee"), row(person.full_name, id=str(person.id), DELETE="on")]
    answer = signed_in.post(page(interview), sent(*rows))
    assert answer.status_code == 422
    assert answer.context["losses"] == [person.full_name]
    assert 'name="confirm_remove"' in answer.content.decode()
    assert stored(interview) == [person.full_name]
    assert signed_in.post(page(interview), sent(*rows, confirm_remove="on")).status_code == 302
    assert stored(interview) == ["Ann Lee"]


def test_someone_to_be_removed_may_have_faults(signed_in, interview):
    person = InterviewerFactory(interview=interview)
    rows = [
        row("Ann Lee"),
        row("", id=str(person.id), DELETE="on", email="x"),
        row("", DELETE="on", role="x"),
    ]
    assert signed_in.post(page(interview), sent(*rows)).status_code == 302
    assert stored(interview) == ["Ann Lee"]


def test_a_person_removed_and_entered_again_is_new(signed_in, interview):
    person = InterviewerFactory(interview=interview, full_name="Ann Lee")
    rows = [row("Ann Lee", id=str(person.id), DELETE="on"), {"full_name": "Ann Lee"}]
    assert signed_in.post(page(interview), sent(*rows)).status_code == 302
    assert stored(interview) == ["Ann Lee"]
    assert interview.interviewers.get().id != person.id


def test_two_tabs_lose_nothing(signed_in, interview):
    signed_in.post(page(interview), sent(row("Ann Lee"), version="1"))
    mine = row("Bo Ek")
    answer = signed_in.post(page(interview), sent(mine, version="1"))
    assert answer.status_code == 409
    assert stored(interview) == ["Ann Lee"]
    assert answer.context["conflict"] == {"Ann Lee": "—"}
    assert answer.context["formset"][0]["full_name"].value() == "Bo Ek"
    version = answer.context["interview"].version
    assert signed_in.post(page(interview), sent(mine, version=str(version))).status_code == 302
    assert stored(interview) == ["Bo Ek", "Ann Lee"]


def test_a_removed_row_may_be_invalid_in_a_second_tab(signed_in, interview):
    signed_in.post(page(interview), sent(row("Ann Lee"), version="1"))
    rows = [row("Bo Ek"), row("", DELETE="on", email="x")]
    assert signed_in.post(page(interview), sent(*rows, version="1")).status_code == 409
    assert stored(interview) == ["Ann Lee"]


def test_queries_do_not_grow_with_the_panel(signed_in, interview, django_assert_num_queries):
    InterviewerFactory(interview=interview)
    signed_in.get(page(interview))
    with django_assert_num_queries(6):
        signed_in.get(page(interview))
    InterviewerFactory.create_batch(19, interview=interview)
    with django_assert_num_queries(6):
        signed_in.get(page(interview))
    assert Interviewer.objects.count() == 20


# ---------------------------------------------------------------- the role, and the first name


def roles(answer, index=0):
    """The chosen role chip of a row; None if none is."""
    return answer.context["formset"].forms[index]["role"].value()


def test_the_role_is_chosen_among_chips(signed_in, interview):
    InterviewerFactory(interview=interview, role="leader")
    text = signed_in.get(page(interview)).content.decode()
    chips = text.split("data-roles")[1].split("</fieldset>")[0]
    assert re.findall(r'value="(\w*)"( checked)?', chips) == [
        ("hiring_manager", ""),
        ("recruiter", ""),
        ("peer", ""),
        ("leader", " checked"),
        ("", ""),
    ]
    assert 'type="radio" name="panel-0-role"' in chips


def test_no_role_and_not_sure_are_both_stored_as_none_given(signed_in, interview):
    signed_in.post(page(interview), sent(row("Ann Lee"), row("Bo Ek", role="")))
    assert [person.role for person in interview.interviewers.all()] == ["", ""]


def test_a_phone_screen_suggests_the_recruiter_for_the_first_row_alone(signed_in, candidate):
    interview = InterviewFactory(candidate=candidate, stage="phone_screen")
    hint = "Phone screens are usually with a recruiter."
    answer = signed_in.get(page(interview))
    assert roles(answer) == "recruiter"
    assert "data-suggested>" + hint in answer.content.decode()
    # A choice is kept, and so is no choice in a row with input.
    for chosen in ({"role": ""}, {"role": "peer"}, {}):
        added = signed_in.post(page(interview), sent(row("Ann Lee", **chosen), add_row="1"))
        assert (roles(added), roles(added, 1)) == (chosen.get("role"), None)
    InterviewerFactory(interview=interview, role="")
    stored = signed_in.get(page(interview))
    assert roles(stored) == ""
    assert "data-suggested>" not in stored.content.decode()


def test_other_stages_suggest_nobody(signed_in, interview):
    answer = signed_in.get(page(interview))
    assert roles(answer) is None
    assert "data-suggested>" not in answer.content.decode()


def test_a_suggested_role_alone_makes_nobody(signed_in, interview):
    assert signed_in.post(page(interview), sent(row("", role="recruiter"))).status_code == 422
    pasted = sent(row("", role="recruiter"), people="Ann Lee <ann@example.com>", paste_people="1")
    answer = signed_in.post(page(interview), pasted)
    assert [one["full_name"].value() for one in answer.context["formset"].forms] == ["Ann Lee"]


def test_the_first_name_is_asked_under_a_row_whose_order_is_open(signed_in, interview):
    InterviewerFactory(interview=interview, full_name="Zhang Wei", greet_as="", order=0)
    InterviewerFactory(interview=interview, full_name="Priya Nair", greet_as="", order=1)
    InterviewerFactory(interview=interview, full_name="Wang Fang", greet_as="Ms. Wang", order=2)
    answer = signed_in.get(page(interview))
    assert [one.guessed_greeting for one in answer.context["formset"].forms] == ["Wei", "", ""]
    shown = [one.split("</details>")[0] for one in answer.content.decode().split("data-greeted=")[1:4]]
    assert [" open>" in one for one in shown] == [True, False, True]
    assert [" data-question>" in one for one in shown] == [True, False, False]
    # What the page has shown is not repeated.
    again = sent(*[row(name, asked=name) for name in ("Zhang Wei", "Wang Fang")])
    assert list(signed_in.post(page(interview), again, follow=True).context["messages"]) == []


def test_a_guess_that_was_not_asked_about_is_said_on_the_next_page(signed_in, interview):
    answer = signed_in.post(page(interview), sent(row("Zhang Wei"), row("Ann Lee")), follow=True)
    [message] = answer.context["messages"]
    assert "Which is the first name of Zhang Wei?" in str(message)


NO_NAME = "This doesn’t look like a name. The letter will say “Hello,” unless you add one"


def test_a_description_is_asked_about_under_its_row(signed_in, interview):
    InterviewerFactory(interview=interview, full_name="the manager", greet_as="", order=0)
    InterviewerFactory(interview=interview, full_name="Guy Martin", greet_as="", order=1)
    InterviewerFactory(interview=interview, full_name="HR lady", greet_as="Kaz", order=2)
    answer = signed_in.get(page(interview))
    assert [one.is_unnamed for one in answer.context["formset"].forms] == [True, False, False]
    shown = [one.split("</details>")[0] for one in answer.content.decode().split("data-greeted=")[1:4]]
    assert [" open>" in one for one in shown] == [True, False, True]
    assert [f" data-unnamed>{NO_NAME}" in one for one in shown] == [True, False, False]
    assert [" data-question>" in one for one in shown] == [False, False, False]
    # One may go on without a name, and what the page has shown is not repeated.
    again = sent(row("the manager", asked="the manager"))
    answer = signed_in.post(page(interview), again, follow=True)
    assert list(answer.context["messages"]) == []
    assert "the manager" in stored(interview)


def test_a_description_that_was_not_asked_about_is_said_on_the_next_page(signed_in, interview):
    people = sent(row("HR lady"), row("Guy Martin"), row("the manager", greet_as="Kaz"))
    answer = signed_in.post(page(interview), people, follow=True)
    assert [str(message) for message in answer.context["messages"]] == [
        "“HR lady” doesn’t look like a name, so the letter says “Hello,”. "
        "If you find out the name, enter it in the step before."
    ]


@pytest.mark.parametrize(
    ("name", "guess", "is_unnamed"),
    [
        ("Zhang Wei", "Wei", False),
        ("Priya Nair", "", False),
        ("the manager", "", True),
        ("", "", False),
        ("x" * 9000, "", False),
    ],
)
def test_the_page_may_ask_whom_a_letter_greets(
    client, db, name, guess, is_unnamed, django_assert_num_queries
):
    with django_assert_num_queries(0):
        answer = client.get(reverse("name_order"), {"name": name})
    assert answer.json() == {"guess": guess, "is_unnamed": is_unnamed}


# ---------------------------------------------------------------- from a letter and back


def test_from_a_letter_saving_leads_back_to_it(signed_in, interview):
    draft = services.create_draft(
        NotedInterviewerFactory(interview=interview, full_name="Dana Reed", email="")
    )
    text = signed_in.get(draft.get_absolute_url()).content.decode()
    address = f"{page(interview)}?letter={draft.id}"
    assert address in text
    text = signed_in.get(address).content.decode()
    assert "Save and go back to the letter" in text
    assert "Next: the conversation" not in text
    rows = sent(row("Dana Reed", id=str(draft.interviewer_id), email="dana@zylker.example"))
    assert signed_in.post(address, rows).url == draft.get_absolute_url()
    assert interview.interviewers.get().email == "dana@zylker.example"


def test_a_strangers_letter_or_none_leads_nowhere(signed_in, interview):
    NotedInterviewerFactory(interview=interview)
    elsewhere = DraftFactory()
    mine_elsewhere = DraftFactory(interviewer__interview__candidate=interview.candidate)
    for asked in (elsewhere.id, mine_elsewhere.id, "x", ""):
        assert (
            "Save and go back to the letter"
            not in signed_in.get(f"{page(interview)}?letter={asked}").content.decode()
        )


def test_the_button_says_where_it_leads(signed_in, interview):
    assert "Next: the conversation" in signed_in.get(page(interview)).content.decode()
    person = NotedInterviewerFactory(interview=interview)
    services.create_draft(person)
    text = signed_in.get(page(interview)).content.decode()
    assert "Next: the conversation" not in text
    InterviewerFactory(interview=interview)
    assert "Next: the conversation" in signed_in.get(page(interview)).content.decode()


def test_from_when_to_send_one_comes_back_to_the_letter(signed_in, interview):
    draft = services.create_draft(NotedInterviewerFactory(interview=interview))
    address = f"{reverse('interview_sending', args=[interview.id])}?letter={draft.id}"
    assert address in signed_in.get(draft.get_absolute_url()).content.decode()
    text = signed_in.get(address).content.decode()
    assert f'href="{draft.get_absolute_url()}">Back to the letter' in text
    times = {"work_opens": "09:00", "work_closes": "17:00", "work_days": ["0", "1"]}
    assert signed_in.post(address, times).url == draft.get_absolute_url()
    assert signed_in.post(address.partition("?")[0], times).url == interview.get_absolute_url()
