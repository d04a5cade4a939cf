"""Starting from a calendar invitation: reading, choosing, confirming, updating; and a pasted list of people."""

import datetime as dt
import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from drafts import services
from drafts.models import Candidate, Interview, Interviewer
from tests.factories import InterviewFactory, NotedInterviewerFactory

READ = reverse("invitation_read")
CONFIRM = reverse("invitation_confirm")


def event(
    uid="one@zylker.example",
    *,
    start="20261124T140000",
    end="20261124T150000",
    more="",
    people=None,
    is_said=True,
):
    people = people or [
        "CN=Priya Nair:mailto:priya.nair@zylker.example",
        "CN=Tomasz Wójcik:mailto:t@zylker.example",
    ]
    attendees = "\r\n".join(f"ATTENDEE;{person}" for person in people)
    names = "\\, ".join(person.partition(":")[0].removeprefix("CN=") for person in people)
    interviewers = f"DESCRIPTION:Interviewers: {names}\r\n" if is_said else ""
    return (
        f"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20261101T120000Z\r\n"
        f"DTSTART;TZID=Europe/Berlin:{start}\r\nDTEND;TZID=Europe/Berlin:{end}\r\n"
        f"SUMMARY:Zylker - Technical interview: Platform Engineer\r\n{attendees}\r\n{interviewers}{more}END:VEVENT\r\n"
    )


def calendar(*events, method="REQUEST"):
    return (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nMETHOD:{method}\r\n{''.join(events)}"
        "END:VCALENDAR\r\n"
    )


def upload(client, text, name="invite.ics", **data):
    file = SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode(), "text/calendar")
    return client.post(READ, {"invitation": file, **data})


def fields(answer):
    """What the unchanged confirmation page would send."""
    form, panel = answer.context["form"], answer.context["formset"]
    sent = {name: form[name].value() or "" for name in form.fields if name not in ("version", "confirm_old")}
    for row in panel:
        sent |= {row.add_prefix(name): row[name].value() or "" for name in row.fields if name != "DELETE"}
    return sent | {
        "panel-TOTAL_FORMS": len(panel.forms),
        "event": answer.context["event"],
        "full_name": sent["full_name"] or "Maya Okafor",
        "confirm_old": "on",
    }


def test_a_file_fills_the_interview_and_the_panel_and_says_where_from(client, db):
    answer = upload(client, calendar(event()))
    sent = fields(answer)
    assert (sent["company"], sent["position"], sent["ended_at"], sent["time_zone"]) == (
        "Zylker",
        "Platform Engineer",
        "2026-11-24T15:00",
        "Berlin",
    )
    assert [sent[f"panel-{index}-full_name"] for index in range(2)] == ["Priya Nair", "Tomasz Wójcik"]
    page = answer.content.decode()
    # Company, position, end, zone, and both people.
    assert len(re.findall(r"We read this from (?!the invitation)|We guessed this from ", page)) == 6
    assert not Interview.objects.exists()
    assert not Candidate.objects.exists()


def test_confirmed_values_are_stored_and_the_conversation_follows(client, db):
    answer = client.post(CONFIRM, fields(upload(client, calendar(event()))))
    interview = Interview.objects.get()
    priya = Interviewer.objects.get(full_name="Priya Nair")
    assert answer.url == reverse("conversation_edit", args=[interview.id, priya.id])
    assert interview.ended_at == dt.datetime(2026, 11, 24, 14, 0, tzinfo=dt.UTC)
    assert (interview.invitation_uid, priya.email) == ("one@zylker.example", "priya.nair@zylker.example")


def test_pasted_text_does_as_well(client, db):
    answer = client.post(READ, {"invitation_text": calendar(event()).replace("\r\n", "\n")})
    assert answer.context["form"]["company"].value() == "Zylker"


def test_sent_twice_it_makes_one_interview(client, db):
    sent = fields(upload(client, calendar(event())))
    client.post(CONFIRM, sent)
    client.post(CONFIRM, sent)
    assert Interview.objects.count() == 1
    assert Interviewer.objects.count() == 2


def test_several_events_are_offered_to_choose_from(client, db):
    second = event("two@zylker.example", start="20261125T100000", end="20261125T110000")
    answer = upload(client, calendar(event(), second))
    assert not Interview.objects.exists()
    (_, one), (_, two) = answer.context["events"]
    assert one != two
    assert "November 25, 2026, 11:00 AM" in answer.content.decode()
    confirmed = client.post(READ, {"event": two})
    assert confirmed.context["form"]["ended_at"].value() == "2026-11-25T11:00"


def test_a_cancelled_invitation_says_so(client, db):
    answer = upload(client, calendar(event(), method="CANCEL"))
    assert "says the interview was canceled" in answer.content.decode()


def test_an_update_keeps_what_was_noted(signed_in, candidate):
    signed_in.post(CONFIRM, fields(upload(signed_in, calendar(event()))))
    interview = Interview.objects.get()
    priya = Interviewer.objects.get(full_name="Priya Nair")
    services.save_conversation(priya, {"mentioned": "the move"}, [], None)
    newer = event(
        end="20261124T163000",
        more="SEQUENCE:2\r\n",
        people=["CN=Priya Nair:mailto:priya.nair@zylker.example", "CN=Ana Ruiz:mailto:ana@zylker.example"],
    )
    answer = upload(signed_in, calendar(newer))
    assert answer.context["existing"] == interview
    assert "You already have this interview" in answer.content.decode()
    saved = signed_in.post(CONFIRM, fields(answer) | {"update": "1"})
    assert saved.url == interview.get_absolute_url()
    interview.refresh_from_db()
    assert interview.ended_at == dt.datetime(2026, 11, 24, 15, 30, tzinfo=dt.UTC)
    assert interview.invitation_sequence == 2
    people = {person.full_name: person for person in interview.interviewers.all()}
    assert set(people) == {"Priya Nair", "Ana Ruiz", "Tomasz Wójcik"}
    assert (people["Priya Nair"].id, people["Priya Nair"].mentioned) == (priya.id, "the move")


def test_the_same_invitation_may_be_another_interview(signed_in, candidate):
    signed_in.post(CONFIRM, fields(upload(signed_in, calendar(event()))))
    signed_in.post(CONFIRM, fields(upload(signed_in, calendar(event()))) | {"another": "1"})
    assert Interview.objects.count() == 2


def test_an_invitation_older_than_the_stored_one_is_reported(signed_in, candidate):
    signed_in.post(CONFIRM, fields(upload(signed_in, calendar(event(more="SEQUENCE:3\r\n")))))
    answer = upload(signed_in, calendar(event(more="SEQUENCE:1\r\n")))
    assert "came from a newer version" in answer.content.decode()


def test_someone_elses_interview_is_not_known(signed_in):
    InterviewFactory(invitation_uid="one@zylker.example")
    answer = upload(signed_in, calendar(event()))
    assert answer.context["existing"] is None


def test_the_users_own_address_is_left_out(signed_in, candidate):
    Candidate.objects.update(email="maya@gmail.com")
    people = ["CN=Priya Nair:mailto:priya@zylker.example", "CN=Maya:mailto:Maya@gmail.com"]
    answer = upload(signed_in, calendar(event(people=people)))
    assert [row["full_name"].value() for row in answer.context["formset"]] == ["Priya Nair"]
    assert "maya@gmail.com" in answer.content.decode().lower()


@pytest.mark.parametrize(
    "text", ["", "Hello, see you on Tuesday!", "\0\1\2", b"\xff\xfe\x00", "BEGIN:VCALENDAR"]
)
def test_text_that_is_not_an_invitation_is_reported_and_kept(client, db, text):
    answer = (
        upload(client, text)
        if isinstance(text, bytes) or not text
        else client.post(READ, {"invitation_text": text})
    )
    assert answer.status_code == 422
    error = answer.context["error"]
    assert error.endswith(".")
    if isinstance(text, str) and text.isprintable() and text:
        assert html.escape(text) in answer.content.decode()


MAIL = """Hi Maya,

Your interview for the Data Engineer role at Zylker is confirmed.

Tuesday, November 24, 2026
2:00 PM - 3:00 PM (EST)

Interviewers:
Omar Haddad, Staff Engineer
"""


def test_a_pasted_confirmation_mail_fills_the_first_two_steps(client, db):
    answer = client.post(READ, {"invitation_text": MAIL})
    sent = fields(answer)
    assert [sent[name] for name in ("company", "position", "ended_at", "time_zone")] == [
        "Zylker",
        "Data Engineer",
        "2026-11-24T15:00",
        "New York",
    ]
    assert (sent["panel-0-full_name"], sent["panel-0-job_title"]) == ("Omar Haddad", "Staff Engineer")
    client.post(CONFIRM, sent)
    assert Interview.objects.get().ended_at == dt.datetime(2026, 11, 24, 20, 0, tzinfo=dt.UTC)


def test_details_missing_from_a_mail_are_left_empty_and_asked_for(client, db):
    answer = client.post(
        READ, {"invitation_text": MAIL.replace(" (EST)", "").replace("November 24, 2026", "")}
    )
    form = answer.context["form"]
    assert (form["ended_at"].value(), form["time_zone"].value()) == ("", "")
    page = html.unescape(answer.content.decode())
    assert "The mail does not name a time zone; fill in the one it means." in page
    assert "fill in the date and time." in page


def names(answer):
    return [row["full_name"].value() for row in answer.context["formset"]]


def offered(answer):
    return [
        (person["full_name"], person["email"], person["source"]) for _, person in answer.context["others"]
    ]


UNSAID = ("CN=Omar Haddad:mailto:omar@zylker.example", "CN=Maya Lind:mailto:maya@lind.example")


def test_where_nobody_is_said_to_interview_the_page_asks_who_was_there(client, db):
    answer = upload(client, calendar(event(people=UNSAID, is_said=False)))
    page = answer.content.decode()
    assert "Who interviewed you?" in page
    assert (names(answer), answer.context["form"]["full_name"].value()) == ([], "")
    assert offered(answer) == [
        ("Omar Haddad", "omar@zylker.example", "was invited"),
        ("Maya Lind", "maya@lind.example", "was invited"),
    ]
    assert "omar@zylker.example; was invited" in page
    client.post(CONFIRM, fields(answer) | {"met": "0"})
    assert [(one.full_name, one.email) for one in Interviewer.objects.all()] == [
        ("Omar Haddad", "omar@zylker.example")
    ]


def test_nobody_is_stored_whom_the_user_did_not_choose(client, db):
    answer = upload(client, calendar(event(people=UNSAID, is_said=False)))
    refused = client.post(CONFIRM, fields(answer))
    assert refused.status_code == 422
    assert "Enter at least one person you spoke with." in refused.content.decode()
    assert [name for name, *_ in offered(refused)] == ["Omar Haddad", "Maya Lind"]
    assert not Interview.objects.exists()


def test_whoever_is_chosen_stays_when_something_else_is_wrong(client, db):
    answer = upload(client, calendar(event(people=UNSAID, is_said=False)))
    refused = client.post(CONFIRM, fields(answer) | {"met": "0", "company": ""})
    assert refused.status_code == 422
    assert (names(refused), [name for name, *_ in offered(refused)]) == (["Omar Haddad"], ["Maya Lind"])
    client.post(CONFIRM, fields(refused) | {"company": "Zylker"})
    assert [one.full_name for one in Interviewer.objects.all()] == ["Omar Haddad"]


def test_the_user_is_not_offered_where_their_name_is_known(signed_in, candidate):
    Candidate.objects.update(full_name="Maya Lind")
    answer = upload(signed_in, calendar(event(people=UNSAID, is_said=False)))
    assert [name for name, *_ in offered(answer)] == ["Omar Haddad"]


def test_an_update_does_not_offer_people_who_are_there(signed_in, candidate):
    answer = upload(signed_in, calendar(event(people=UNSAID, is_said=False)))
    signed_in.post(CONFIRM, fields(answer) | {"met": "0"})
    again = upload(signed_in, calendar(event(people=UNSAID, is_said=False, more="SEQUENCE:2\r\n")))
    assert [name for name, *_ in offered(again)] == ["Maya Lind"]
    saved = signed_in.post(CONFIRM, fields(again) | {"update": "1", "met": "1"})
    assert saved.status_code == 302
    assert {one.full_name for one in Interviewer.objects.all()} == {"Omar Haddad", "Maya Lind"}


MOVED = """Your interview for the Data Engineer role at Zylker was moved from Tuesday, December 8, 2026 at 10:00 AM EST
to Thursday, December 10, 2026 at 2:00 PM EST. It takes 45 minutes.

Interviewer: Omar Haddad
"""


def test_of_several_times_one_is_chosen_with_one_press(client, db):
    answer = client.post(READ, {"invitation_text": MOVED.replace("EST\n", "EST ")})
    assert answer.context["form"]["ended_at"].value() == ""
    assert answer.context["choices"]["ended_at"] == [
        ("2026-12-08T10:45", "Tuesday, December 8, 2026, 10:45 AM"),
        ("2026-12-10T14:45", "Thursday, December 10, 2026, 2:45 PM"),
    ]
    chosen = client.post(CONFIRM, fields(answer) | {"use_ended_at": "2026-12-10T14:45"})
    assert chosen.context["form"]["ended_at"].value() == "2026-12-10T14:45"
    client.post(CONFIRM, fields(chosen))
    assert Interview.objects.get().ended_at == dt.datetime(2026, 12, 10, 19, 45, tzinfo=dt.UTC)


def test_a_file_of_more_than_a_megabyte_is_refused(client, db):
    answer = upload(client, b"BEGIN:VCALENDAR\r\n" + b"X" * 1_100_000)
    assert answer.status_code == 422
    assert "larger than 1 MB" in answer.content.decode()


def test_a_page_that_is_out_of_date_says_so(client, db):
    answer = client.post(CONFIRM, {"event": "tampered"})
    assert answer.status_code == 422
    assert "Choose the invitation again" in answer.content.decode()


def test_errors_are_marked_and_all_input_is_kept(client, db):
    sent = fields(upload(client, calendar(event()))) | {
        "company": "",
        "panel-0-email": "priya@",
        "panel-1-full_name": "Tom",
    }
    answer = client.post(CONFIRM, sent)
    assert answer.status_code == 422
    page = html.unescape(answer.content.decode())
    assert "Enter the company’s name." in page
    assert "Enter an email address like name@company.com." in page
    assert 'value="Tom"' in page
    assert not Interview.objects.exists()


def test_a_row_can_be_added_without_javascript(client, db):
    sent = fields(upload(client, calendar(event()))) | {"add_row": "1", "company": "Typed"}
    answer = client.post(CONFIRM, sent)
    assert len(answer.context["formset"].forms) == 3
    assert answer.context["form"]["company"].value() == "Typed"


# ---------------------------------------------------------------- what is left to choose

UNSURE = """Interview for the Nurse role: Cardiology | Northwind

Cardiology is on the third floor. Northwind looks forward to seeing you.
Wed 2 December 2026, 12:30pm - 1pm GMT
Interviewer: Omar Haddad

Grace Ito
"""


def test_a_company_is_chosen_with_one_press_and_all_that_was_typed_stays(client, db):
    answer = client.post(READ, {"invitation_text": UNSURE})
    taken = answer.context["form"]["company"].value()
    [(other, _), *_] = answer.context["choices"]["company"]
    assert f'name="use_company" value="{other}"' in answer.content.decode()
    chosen = client.post(CONFIRM, fields(answer) | {"use_company": other, "position": "Ward Nurse"})
    form = chosen.context["form"]
    assert (form["company"].value(), form["position"].value()) == (other, "Ward Nurse")
    assert other not in dict(chosen.context["choices"]["company"])
    assert taken == ""
    assert not Interview.objects.exists()


def test_someone_it_also_names_is_added_with_one_press(client, db):
    answer = client.post(READ, {"invitation_text": UNSURE})
    assert [name for name, *_ in offered(answer)] == ["Grace Ito"]
    added = client.post(CONFIRM, fields(answer) | {"met": "0", "add_row": "1", "company": "Northwind"})
    assert (names(added), offered(added)) == (["Omar Haddad", "Grace Ito", None], [])
    client.post(CONFIRM, fields(added))
    assert set(Interviewer.objects.values_list("full_name", flat=True)) == {"Omar Haddad", "Grace Ito"}


def test_someone_chosen_takes_the_place_of_an_empty_row(client, db):
    answer = client.post(READ, {"invitation_text": UNSURE.replace("Interviewer: Omar Haddad", "")})
    more = client.post(CONFIRM, fields(answer) | {"add_row": "1"})
    added = client.post(CONFIRM, fields(more) | {"met": "0", "company": ""})
    assert names(added) == ["Grace Ito"]


@pytest.mark.parametrize("place", ["", "7", "-1", "x", "²"])
def test_a_choice_that_names_nobody_changes_nothing(client, db, place):
    answer = client.post(READ, {"invitation_text": UNSURE})
    again = client.post(CONFIRM, fields(answer) | {"met": place, "company": ""})
    assert names(again) == ["Omar Haddad"]


# ---------------------------------------------------------------- a pasted list


def test_a_pasted_list_fills_the_panel(signed_in, candidate):
    interview = InterviewFactory(candidate=candidate)
    known = NotedInterviewerFactory(interview=interview, full_name="Ana Ruiz", email="ana@x.example")
    address = reverse("panel_edit", args=[interview.id])
    sent = {
        "panel-TOTAL_FORMS": "2",
        "panel-0-id": str(known.id),
        "panel-0-full_name": "Ana Ruiz",
        "panel-0-email": "ana@x.example",
        "people": "Priya Nair <priya@x.example>, Wójcik, Tomasz; ana@x.example",
        "paste_people": "1",
    }
    answer = signed_in.post(address, sent)
    rows = answer.context["formset"].initial
    assert [(row["full_name"], row["email"]) for row in rows] == [
        ("Ana Ruiz", "ana@x.example"),
        ("Priya Nair", "priya@x.example"),
        ("Tomasz Wójcik", ""),
    ]
    assert str(rows[0]["id"]) == str(known.id)
    assert Interviewer.objects.count() == 1


def test_a_paste_of_three_megabytes_is_answered_with_a_message(client, db):
    answer = client.post(READ, {"invitation_text": "x" * 3_000_000})
    assert answer.status_code == 400
    assert "pasted too much text at once" in answer.content.decode()


def test_an_update_removes_nobody_and_keeps_what_was_corrected(signed_in, candidate):
    signed_in.post(CONFIRM, fields(upload(signed_in, calendar(event()))))
    interview = Interview.objects.get()
    Interview.objects.update(
        company="Zylker Cloud", chosen_send_at=interview.ended_at + dt.timedelta(hours=1)
    )
    Interviewer.objects.filter(full_name="Priya Nair").update(full_name="Dr. Priya Nair", job_title="CTO")
    newer = event(start="20261126T140000", end="20261126T150000", more="SEQUENCE:2\r\n")
    sent = fields(upload(signed_in, calendar(newer)))
    assert (sent["company"], sent["panel-0-full_name"]) == ("Zylker Cloud", "Dr. Priya Nair")
    answer = signed_in.post(CONFIRM, sent | {"update": "1", "panel-0-DELETE": "on"}, follow=True)
    interview.refresh_from_db()
    assert interview.ended_at == dt.datetime(2026, 11, 26, 14, 0, tzinfo=dt.UTC)
    assert interview.chosen_send_at is None
    assert "Your own send time was before" in answer.content.decode()
    people = {person.full_name: person.job_title for person in interview.interviewers.all()}
    assert people == {"Dr. Priya Nair": "CTO", "Tomasz Wójcik": ""}


def test_a_pasted_list_without_people_stays_and_says_so(signed_in, candidate):
    interview = InterviewFactory(candidate=candidate)
    sent = {"panel-0-job_title": "CTO", "people": "???? / ----", "paste_people": "1"}
    page = signed_in.post(reverse("panel_edit", args=[interview.id]), sent).content.decode()
    assert "We didn’t find any names or email addresses" in page
    assert "???? / ----" in page
    assert 'value="CTO"' in page


def test_a_phone_screen_with_one_person_suggests_the_recruiter(client, db):
    one = ["CN=Priya Nair:mailto:priya.nair@zylker.example"]
    for title, people, role in (
        ("Phone screen", one, "recruiter"),
        ("Phone screen", None, None),
        ("Technical interview", one, None),
    ):
        invitation = calendar(event(people=people)).replace("Technical interview", title)
        answer = upload(client, invitation)
        [first, *_] = answer.context["formset"].forms
        assert first["role"].value() == role
        hint = "data-suggested>Phone screens are usually with a recruiter."
        assert (hint in answer.content.decode()) == (role == "recruiter")


def test_whom_a_letter_greets_by_a_guess_is_asked_on_the_page(client, db):
    answer = upload(client, calendar(event(people=["CN=Zhang Wei:mailto:zhang.wei@zylker.example"])))
    [row] = answer.context["formset"].forms
    assert row.guessed_greeting == "Wei"
    assert 'value="Zhang Wei" data-asked' in answer.content.decode()


def test_where_a_value_was_read_is_one_sentence_in_the_language_of_the_page(client, db):
    mail = (
        "Hi Maya,\n\nyour interview for the Nurse role at Zylker is on 1 December 2026 at 2pm CST. "
        "You will meet with Ana Ruiz and me.\n\nBest,\nDana Cole"
    )
    page = client.post(READ, {"invitation_text": mail}, HTTP_ACCEPT_LANGUAGE="de").content.decode()
    assert "Das haben wir aus der Selbstauskunft im Text gelesen." in page
    assert "„CST“" in page


def test_a_role_that_a_title_suggests_is_called_a_guess(client, db):
    lines = "You will meet:\nMarcus Webb, Shift Manager\nTom Jones\n"
    text = f"Your interview for Shift Manager is on Monday, December 7, 2026, 09:00 to 10:30.\n\n{lines}"
    answer = client.post(READ, {"invitation_text": text}, follow=True)
    rows = {row["full_name"].value(): row for row in answer.context["formset"]}
    assert rows["Marcus Webb"].is_role_guessed
    assert not rows["Tom Jones"].is_role_guessed
    assert answer.content.decode().count("We guessed this from the job title.") == 1
