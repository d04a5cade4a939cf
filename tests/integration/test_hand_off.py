"""Channels for sending a letter, and downloads."""

import email
import email.policy
import io
import mailbox
import re
import zipfile
from contextlib import closing

import pytest
from django.urls import reverse

from drafts import services
from drafts.models import Candidate, Draft
from tests.factories import DraftFactory, InterviewerFactory, InterviewFactory, NotedInterviewerFactory


@pytest.fixture
def interview(candidate):
    return InterviewFactory(candidate=candidate, company="Zylker")


@pytest.fixture
def draft(interview):
    person = NotedInterviewerFactory(
        interview=interview, full_name="Priya Nair", email="priya@zylker.example"
    )
    return services.create_draft(person)


def page(client, draft):
    return client.get(reverse("draft_copy", args=[draft.id]))


def ways(answer):
    departure = answer.context["departure"]
    return departure.first.channel, {way.channel: way.fits for way in departure.ways}


def test_the_mail_program_comes_first_until_another_way_was_taken(signed_in, draft):
    assert ways(page(signed_in, draft))[0] == "mail"
    answer = signed_in.post(reverse("draft_channel", args=[draft.id]), {"channel": "gmail"})
    assert answer.url == reverse("draft_copy", args=[draft.id])
    assert Candidate.objects.get().usual_channel == "gmail"
    first, fits = ways(page(signed_in, draft))
    assert first == "gmail"
    assert all(fits.values())
    html = page(signed_in, draft).content.decode()
    assert re.search(r'href="https://mail\.google\.com/mail/\?view=cm&amp;fs=1&amp;to=priya', html)


@pytest.mark.parametrize("channel", ["", "fax", "mail\r\nX: y"])
def test_an_invalid_channel_is_rejected(signed_in, draft, channel):
    answer = signed_in.post(reverse("draft_channel", args=[draft.id]), {"channel": channel})
    assert answer.status_code == 422
    assert Candidate.objects.get().usual_channel == ""


def test_a_long_letter_is_not_cut_but_leaves_by_file(signed_in, draft):
    services.save_draft(draft, "Subject", "感謝 " * 400, None)
    answer = page(signed_in, draft)
    first, fits = ways(answer)
    assert first == "eml"
    assert [channel for channel, fit in fits.items() if not fit] == [
        "mail",
        "gmail",
        "outlook_work",
        "outlook_personal",
    ]
    html = answer.content.decode()
    assert "mailto:" not in html
    assert html.count("won’t work for this letter") == 4


def test_the_file_holds_the_letter(signed_in, draft):
    services.save_draft(draft, "Danke, für alles", "Hi Priya,\n\nThank you — really.\n\nRobin", None)
    answer = signed_in.get(reverse("draft_eml", args=[draft.id]))
    assert answer["Content-Disposition"] == 'attachment; filename="Priya Nair - Zylker.eml"'
    read = email.message_from_bytes(answer.content, policy=email.policy.default)
    assert (read["Subject"], read["To"], read["X-Unsent"]) == (
        "Danke, für alles",
        "Priya Nair <priya@zylker.example>",
        "1",
    )
    assert (
        read.get_content().replace("\r\n", "\n").rstrip("\n") == "Hi Priya,\n\nThank you — really.\n\nRobin"
    )


@pytest.mark.parametrize(
    ("name", "greet_as", "to"),
    [
        ("guy with the beard", "", "p@zylker.example"),
        ("guy with the beard", "Sam", "Sam <p@zylker.example>"),
        ("Guy Martin", "", "Guy Martin <p@zylker.example>"),
    ],
)
def test_a_description_is_not_in_the_address(signed_in, interview, name, greet_as, to):
    person = NotedInterviewerFactory(
        interview=interview, full_name=name, greet_as=greet_as, email="p@zylker.example"
    )
    draft = services.create_draft(person)
    content = signed_in.get(reverse("draft_eml", args=[draft.id])).content
    assert email.message_from_bytes(content, policy=email.policy.default)["To"] == to
    services.mark_sent(draft)
    mbox = signed_in.get(reverse("sent_letters")).content.decode()
    assert f"\nTo: {to}\n" in mbox


@pytest.mark.parametrize("field", ["company", "full_name", "subject"])
def test_nothing_typed_can_become_a_header(signed_in, draft, field):
    evil = "X\r\nBcc: all@evil.example\r\n\r\n<script>"
    if field == "company":
        draft.interviewer.interview.company = evil
        draft.interviewer.interview.save()
    elif field == "full_name":
        draft.interviewer.full_name = evil
        draft.interviewer.save()
    else:
        Draft.objects.update(subject=evil)
    answer = signed_in.get(reverse("draft_eml", args=[draft.id]))
    read = email.message_from_bytes(answer.content, policy=email.policy.default)
    assert read["Bcc"] is None
    assert "\r" not in answer["Content-Disposition"]
    assert not any("Bcc" in value for value in answer.headers.values() if "\n" in value)
    assert signed_in.get(reverse("draft_copy", args=[draft.id])).status_code == 200
    for name in ("interview_letters", "interview_contacts", "interview_calendar"):
        content = signed_in.get(reverse(name, args=[draft.interviewer.interview_id])).content
        assert b"\nBcc:" not in content


def test_without_an_address_three_other_ways_are_offered(signed_in, interview):
    draft = services.create_draft(NotedInterviewerFactory(interview=interview, email=""))
    html = page(signed_in, draft).content.decode()
    assert "There’s no email address for" in html
    assert html.count(">Write it</button>") == 3
    assert html.count(">Write it</button>") == signed_in.get(draft.get_absolute_url()).content.decode().count(
        ">Write it</button>"
    )


@pytest.mark.parametrize("kind", ["to_recruiter", "to_forward", "linkedin"])
def test_a_route_is_written_checked_changed_and_sent(signed_in, interview, kind):
    person = NotedInterviewerFactory(interview=interview, full_name="Tomasz Wójcik", email="")
    letter = services.create_draft(person)
    create = reverse("route_create", args=[interview.id, person.id, kind])
    address = signed_in.post(create).url
    route = Draft.objects.get(kind=kind)
    assert address == route.get_absolute_url()
    assert signed_in.post(create).url == address
    answer = signed_in.get(address)
    assert answer.context["checked"].fix == 0
    assert answer.context["reader"][1] == ""
    saved = signed_in.post(address, {"subject": route.subject, "body": route.body + "\nMore", "save": "1"})
    assert saved.status_code == 302
    assert page(signed_in, route).status_code == 200
    assert signed_in.post(reverse("draft_check", args=[route.id]), {"body": "Hi"}).status_code == 200
    assert signed_in.get(reverse("draft_recompose", args=[route.id])).status_code == 200
    signed_in.post(reverse("draft_mark_sent", args=[route.id]))
    letter.refresh_from_db()
    assert letter.sent_at is not None
    signed_in.post(reverse("draft_mark_unsent", args=[route.id]))
    letter.refresh_from_db()
    assert letter.sent_at is None


def test_a_linkedin_message_over_300_characters_is_to_fix(signed_in, interview):
    person = NotedInterviewerFactory(interview=interview, full_name="Tomasz Wójcik", email="")
    route = services.create_draft(person, "linkedin")
    assert len(route.body) <= 300
    body = route.body + " and more" * 30
    answer = signed_in.post(reverse("draft_check", args=[route.id]), {"subject": "", "body": body})
    assert answer.context["checked"].fix == 1


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("x" * 300, "300 of 300 characters"),
        # As LinkedIn and browsers count: a rare character is two, and what is blank at the end does not count.
        ("Hi 😀\n\nThanks", "13 of 300 characters"),
        ("Thanks\n\n", "6 of 300 characters"),
    ],
)
def test_a_linkedin_message_is_counted_in_characters(signed_in, interview, body, said):
    person = NotedInterviewerFactory(interview=interview, email="")
    route, letter = services.create_draft(person, "linkedin"), services.create_draft(person)
    for draft in (route, letter):
        draft.body = body
        draft.save(update_fields=["body"])
    edit, send = (reverse(name, args=[route.id]) for name in ("draft_edit", "draft_copy"))
    for address in (edit, send):
        shown = signed_in.get(address).content.decode()
        assert said in shown
        assert not re.search(r"\d words?<", shown)
    shown = signed_in.get(reverse("draft_edit", args=[letter.id])).content.decode()
    assert "of 300 characters" not in shown
    assert re.search(r"\d words?<", shown)


def test_the_recruiters_mail_goes_to_the_recruiter(signed_in, interview):
    person = NotedInterviewerFactory(interview=interview, full_name="Tomasz Wójcik", email="", order=0)
    InterviewerFactory(
        interview=interview,
        full_name="Grace Oduya",
        greet_as="Grace",
        email="grace@zylker.example",
        role="recruiter",
        order=1,
    )
    route = services.create_draft(person, "to_recruiter")
    assert "Grace" in route.body
    assert "Tomasz Wójcik" in route.body
    assert page(signed_in, route).context["departure"].to_address == "grace@zylker.example"
    content = signed_in.get(reverse("draft_eml", args=[route.id])).content
    assert email.message_from_bytes(content)["To"] == "Grace Oduya <grace@zylker.example>"


def test_an_unknown_kind_is_not_found(signed_in, interview):
    person = InterviewerFactory(interview=interview)
    assert signed_in.post(reverse("route_create", args=[interview.id, person.id, "fax"])).status_code == 404


def test_untouched_routes_follow_the_notes(interview):
    person = NotedInterviewerFactory(interview=interview, email="", mentioned="the old platform")
    services.create_draft(person)
    route = services.create_draft(person, "to_forward")
    assert "the old platform" in route.body
    notes = {name: getattr(person, name) for name in services.NOTE_FIELDS} | {"mentioned": "the new platform"}
    services.save_conversation(person, notes, [], None)
    route.refresh_from_db()
    assert "the new platform" in route.body


# ---------------------------------------------------------------- files to keep


def test_all_letters_of_an_interview_come_as_one_file(signed_in, interview, draft):
    DraftFactory(interviewer=InterviewerFactory(interview=interview, full_name="Priya Nair"), body="Two")
    services.create_draft(draft.interviewer, "linkedin")
    answer = signed_in.get(reverse("interview_letters", args=[interview.id]))
    assert answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        texts = [archive.read(name).decode() for name in names if name.endswith(".txt")]
    assert len(names) == len(set(names)) == 6
    assert sum(name.endswith(".eml") for name in names) == 3
    assert any(draft.subject in text for text in texts)


def test_the_panel_comes_as_contacts(signed_in, interview, draft):
    answer = signed_in.get(reverse("interview_contacts", args=[interview.id]))
    assert answer["Content-Disposition"].endswith('.vcf"')
    text = answer.content.decode()
    assert text.count("BEGIN:VCARD") == 1
    assert "VERSION:3.0" in text
    assert "EMAIL" in text
    assert "priya@zylker.example" in text


def test_everything_sent_comes_as_a_mailbox(signed_in, candidate, interview, draft, tmp_path):
    services.mark_sent(draft)
    DraftFactory(interviewer=InterviewerFactory(interview=interview))
    elsewhere = DraftFactory()
    services.mark_sent(elsewhere)
    routed = NotedInterviewerFactory(interview=interview, email="")
    services.create_draft(routed)
    services.mark_sent(services.create_draft(routed, "to_forward"))
    path = tmp_path / "sent.mbox"
    path.write_bytes(signed_in.get(reverse("sent_letters")).content)
    with closing(mailbox.mbox(path)) as box:
        subjects = [message["Subject"] for message in box]
    assert len(subjects) == 2
    assert subjects[0].replace("\n", "") == draft.subject


def test_a_visitor_has_nothing_sent(client, db):
    assert client.get(reverse("sent_letters")).status_code == 404


def test_a_letter_sent_separately_stays_sent_when_a_route_is_unmarked(interview):
    person = NotedInterviewerFactory(interview=interview)
    letter, route = services.create_draft(person), services.create_draft(person, "linkedin")
    services.mark_sent(letter)
    services.mark_sent(route)
    services.mark_unsent(route)
    letter.refresh_from_db()
    route.refresh_from_db()
    assert letter.sent_at is not None
    assert route.sent_at is None


def test_the_mailbox_names_the_recruiter_a_request_went_to(signed_in, interview):
    person = NotedInterviewerFactory(interview=interview, email="uma@z.example", order=0)
    InterviewerFactory(interview=interview, full_name="Rae", email="rae@z.example", role="recruiter", order=1)
    services.create_draft(person)
    services.mark_sent(services.create_draft(person, "to_recruiter"))
    content = signed_in.get(reverse("sent_letters")).content
    assert b"rae@z.example" in content
    assert b"uma@z.example" not in content


def test_a_share_sheet_is_never_the_one_way_shown(signed_in, draft):
    Candidate.objects.update(usual_channel="share")
    assert ways(page(signed_in, draft))[0] == "mail"


@pytest.mark.parametrize(("role", "is_offered"), [("recruiter", False), ("peer", True), ("", True)])
def test_a_recruiter_is_not_asked_to_pass_it_on_to_themselves(signed_in, interview, role, is_offered):
    person = NotedInterviewerFactory(interview=interview, full_name="Jenna Kowalski", email="", role=role)
    draft = services.create_draft(person)
    text = signed_in.get(draft.get_absolute_url()).content.decode()
    assert (reverse("route_create", args=[interview.id, person.id, "to_recruiter"]) in text) is is_offered
    assert reverse("route_create", args=[interview.id, person.id, "linkedin"]) in text


@pytest.fixture
def forwarded(interview):
    """What the recruiter was asked to pass on, sent in the place of the letter."""
    person = NotedInterviewerFactory(interview=interview, full_name="Dr. Uma Rao", email="", order=0)
    InterviewerFactory(interview=interview, full_name="Rae", email="rae@z.example", role="recruiter", order=1)
    letter, route = services.create_draft(person), services.create_draft(person, "to_recruiter")
    services.mark_sent(route)
    return letter, route


def test_of_a_forwarded_letter_every_page_shows_what_was_sent(signed_in, interview, forwarded):
    _letter, route = forwarded
    answer = signed_in.get(interview.get_absolute_url())
    [card] = [card for card in answer.context["cards"] if card.person == route.interviewer]
    assert (card.draft, card.state, card.url) == (route, "sent", reverse("draft_copy", args=[route.id]))
    assert card.beginning.startswith(" ".join(route.body.split()[:5]))
    # In the history of the company, the letter that was never sent has no day.
    text = signed_in.get(reverse("company", args=[interview.id])).content.decode()
    assert text.count('<span class="quiet">sent ') == 1
    with zipfile.ZipFile(
        io.BytesIO(signed_in.get(reverse("interview_letters", args=[interview.id])).content)
    ) as archive:
        sent = [name for name in archive.namelist() if "X-Unsent" not in archive.read(name).decode()]
    assert sum(name.endswith(".eml") for name in sent) == 1


def test_the_letter_that_was_not_sent_has_no_stamp_and_says_what_was(signed_in, forwarded):
    letter, route = forwarded
    answer = page(signed_in, letter)
    text = answer.content.decode()
    assert "You didn’t send this letter." in text
    assert route.get_absolute_url() in text
    assert "postmark" not in text
    assert "Sent to" not in text
    assert signed_in.get(reverse("draft_edit", args=[letter.id])).status_code == 200
    # What was sent has the stamp.
    text = page(signed_in, route).content.decode()
    assert "postmark" in text
    assert "You didn’t send this letter." not in text


def test_once_it_is_sent_itself_it_is_a_sent_letter(signed_in, interview, forwarded):
    letter, _route = forwarded
    signed_in.post(reverse("draft_mark_sent", args=[letter.id]))
    text = page(signed_in, letter).content.decode()
    assert "postmark" in text
    assert "You didn’t send this letter." not in text
    cards = signed_in.get(interview.get_absolute_url()).context["cards"]
    assert letter in [card.draft for card in cards]
    # Both went out, so both are in the mailbox.
    assert signed_in.get(reverse("sent_letters")).content.count(b"\nSubject:") == 2


@pytest.mark.parametrize(
    ("kind", "correction", "words"),
    [
        ("to_recruiter", "by region", "The recruiter reads the note below too"),
        ("to_forward", "by region", "Whoever forwards this reads it too"),
        ("linkedin", "by region", ""),
        ("thank_you", "by region", ""),
        ("to_recruiter", "", ""),
    ],
)
def test_before_others_read_a_correction_it_is_said(signed_in, interview, kind, correction, words):
    person = NotedInterviewerFactory(interview=interview, email="", correction_answer=correction)
    person.correction_topic = correction and "sharding"
    person.save()
    draft = services.create_draft(person, kind)
    for text in (page(signed_in, draft), signed_in.get(reverse("draft_edit", args=[draft.id]))):
        assert ("what you corrected in it" in text.content.decode()) is bool(words)
        assert words in text.content.decode()
