"""From a dropped invitation to a sent letter: by link, by file, at the right time."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect

from drafts import services
from drafts.domain.facts import Kind
from drafts.models import Candidate, Draft, Interview, Interviewer
from tests.browser.steps import tell_everything, tell_interview, tell_panel

pytestmark = pytest.mark.django_db(transaction=True)

INVITATION = "\r\n".join(
    [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//x//y//EN",
        "METHOD:REQUEST",
        "BEGIN:VEVENT",
        "UID:one@zylker.example",
        "DTSTAMP:20261101T120000Z",
        "DTSTART;TZID=Europe/Berlin:20261124T140000",
        "DTEND;TZID=Europe/Berlin:20261124T150000",
        "SUMMARY:Interview: Platform Engineer at Zylker",
        "ORGANIZER;CN=Priya Nair:mailto:priya.nair@zylker.example",
        "ATTENDEE;CN=Maya Okafor:mailto:maya.okafor@gmail.com",
        "ATTENDEE;CUTYPE=ROOM;CN=Room 4:mailto:room4@zylker.example",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
)
DROP = """text => {
    const data = new DataTransfer();
    data.items.add(new File([text], "invite.ics", { type: "text/calendar" }));
    for (const kind of ["dragover", "drop"]) {
        document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
    }
}"""


def write_letters(page):
    tell_everything(page)
    # The interview of the steps is long past.
    Interview.objects.update(ended_at=timezone.now() - dt.timedelta(hours=1))
    return Interview.objects.get()


def letter_page(page, name="Priya Nair"):
    draft = Draft.objects.get(interviewer__full_name=name, kind="thank_you")
    page.goto(f"/drafts/{draft.id}/copy/")
    return draft


def test_a_dropped_invitation_becomes_a_letter_in_under_ten_clicks(page):
    clicks = 0

    def click(name):
        nonlocal clicks
        clicks += 1
        page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name)).first.click()

    page.goto("/")
    click("Write a thank-you")
    page.wait_for_url("**/interviews/new/**")
    page.evaluate(DROP, INVITATION)
    page.get_by_role("heading", name="Is this right?").wait_for()
    expect(page.locator("[name=company]")).to_have_value("Zylker")
    expect(page.locator("[name=position]")).to_have_value("Platform Engineer")
    expect(page.locator("[name=full_name]")).to_have_value("Maya Okafor")
    # The invitation names Priya Nair, but does not say that she interviews.
    expect(page.locator("[name=panel-0-full_name]")).to_have_count(0)
    clicks += 1
    page.get_by_label("Priya Nair").check()
    click("Next: the conversation")
    page.fill("[name=mentioned]", "the move of the ledger to Kafka")
    click("Save and see the letters")
    expect(page.locator("#id_body")).to_have_value(re.compile("the move of the ledger to Kafka"))
    assert clicks < 10
    assert Draft.objects.get().interviewer.email == "priya.nair@zylker.example"


def test_an_invitation_is_chosen_and_pasted_without_javascript(open_browser, tmp_path):
    page = open_browser(java_script_enabled=False).new_page()
    file = tmp_path / "invite.ics"
    file.write_bytes(INVITATION.encode())
    page.goto("/interviews/new/")
    page.get_by_text("Have a calendar invitation").click()
    page.set_input_files("[name=invitation]", file)
    page.get_by_role("button", name="Read the invitation").click()
    expect(page.locator("[name=company]")).to_have_value("Zylker")
    page.goto("/interviews/invitation/")
    page.get_by_text("Or paste the text").click()
    page.fill("[name=invitation_text]", INVITATION)
    page.get_by_role("button", name="Read the invitation").click()
    page.get_by_label("Priya Nair").check()
    page.get_by_role("button", name="Add another person").click()
    expect(page.locator("[name=panel-0-full_name]")).to_have_value("Priya Nair")
    page.fill("[name=panel-1-full_name]", "Jo Meyer")
    page.get_by_role("button", name="Next: the conversation").click()
    page.wait_for_url("**/people/**")
    assert set(Interviewer.objects.values_list("full_name", flat=True)) == {"Priya Nair", "Jo Meyer"}


def test_the_page_to_confirm_passes_axe_and_fits_a_phone(open_browser):
    for scheme, width in (("light", 1280), ("dark", 375)):
        page = open_browser(color_scheme=scheme, viewport={"width": width, "height": 800}).new_page()
        page.goto("/interviews/new/")
        page.evaluate(DROP, INVITATION)
        page.get_by_role("heading", name="Is this right?").wait_for()
        assert [one["id"] for one in Axe().run(page).response["violations"]] == []
        page.set_viewport_size({"width": 320, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_text_that_is_not_an_invitation_gives_a_message_and_is_kept(page):
    page.goto("/interviews/invitation/")
    page.get_by_text("Or paste the text").click()
    page.fill("[name=invitation_text]", "See you on Tuesday!")
    page.get_by_role("button", name="Read the invitation").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.locator("[name=invitation_text]")).to_have_value("See you on Tuesday!")


def test_the_downloaded_file_equals_the_letter(page):
    write_letters(page)
    draft = letter_page(page)
    page.get_by_text("Other ways").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as an email file").click()
    with open(download.value.path(), "rb") as file:
        read = email.message_from_binary_file(file, policy=email.policy.default)
    assert read["To"] == "Priya Nair <priya.nair@zylker.example>"
    assert read["Subject"] == draft.subject
    assert read.get_content().replace("\r\n", "\n").rstrip("\n") == draft.body.rstrip("\n")


def test_the_links_carry_the_whole_letter(page):
    write_letters(page)
    draft = letter_page(page)
    mail = page.get_by_role("link", name="Open in your email app").get_attribute("href")
    assert urlsplit(mail).path == "priya.nair@zylker.example"
    assert "+" not in mail
    assert parse_qs(urlsplit(mail).query) == {
        "subject": [draft.subject],
        "body": [draft.body.replace("\n", "\r\n")],
    }
    page.get_by_text("Other ways").click()
    gmail = page.get_by_role("link", name="Open in Gmail").get_attribute("href")
    assert parse_qs(urlsplit(gmail).query)["body"] == [draft.body.replace("\n", "\r\n")]


def test_a_long_letter_does_not_fit_a_link_and_the_page_says_why(page):
    write_letters(page)
    draft = Draft.objects.get(interviewer__full_name="Priya Nair")
    services.save_draft(
        draft, draft.subject, draft.body + "\n\n" + "A longer story follows here. " * 200, None
    )
    letter_page(page)
    expect(page.get_by_role("link", name="Download as an email file")).to_be_visible()
    page.get_by_text("Other ways").click()
    expect(page.get_by_text("won’t work for this letter")).to_have_count(4)
    expect(page.locator(".way-off").first).to_contain_text(
        "Open in your email app won’t work for this letter"
    )
    expect(page.locator("a[href^='mailto:']")).to_have_count(0)


def test_the_way_that_was_taken_comes_first_the_next_time(page):
    write_letters(page)
    letter_page(page)
    page.get_by_text("Other ways").click()
    with page.expect_response("**/channel/"), page.expect_download():
        page.get_by_role("link", name="Download as an email file").click()
    letter_page(page, "Tomasz Wójcik")
    expect(page.locator(".ways .btn-primary")).to_contain_text("Download as an email file")
    assert Candidate.objects.get().usual_channel == "eml"


def test_the_share_sheet_is_offered_where_there_is_one(open_browser):
    context = open_browser()
    context.add_init_script(
        "window.shared = []; navigator.share = async (letter) => { window.shared.push(letter); };"
        "navigator.canShare = () => true;"
    )
    page = context.new_page()
    write_letters(page)
    draft = letter_page(page)
    page.get_by_text("Other ways").click()
    page.get_by_role("button", name="Share").click()
    assert page.evaluate("window.shared") == [{"title": draft.subject, "text": draft.body}]


def test_a_file_goes_with_the_letter(page, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    interview = write_letters(page)
    work = tmp_path / "case study.txt"
    work.write_text("What I built.\n")
    person = interview.interviewers.get(full_name="Priya Nair")
    page.goto(f"/interviews/{interview.id}/people/{person.id}/")
    page.get_by_text("More you could add").click()
    page.fill("[name=callback]", "The allotment!")
    page.set_input_files("[name=files]", work)
    page.get_by_role("button", name="Save and attach").click()
    expect(page.locator(".file-list")).to_contain_text("case study.txt")
    expect(page.locator("[name=callback]")).to_have_value("The allotment!")
    expect(page.locator("#letter")).to_contain_text("case study.txt")
    letter_page(page)
    expect(page.locator(".ways .btn-primary")).to_contain_text("Download as an email file")
    expect(page.get_by_text("attach them yourself")).to_be_visible()


def test_typing_with_a_file_chosen_still_writes_the_letter(page, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    tell_interview(page)
    tell_panel(page)
    page.get_by_text("More you could add").click()
    (tmp_path / "case.txt").write_text("What I built.\n")
    page.set_input_files("[name=files]", tmp_path / "case.txt")
    page.fill("[name=mentioned]", "the move to Kafka")
    expect(page.locator("#letter")).to_contain_text("the move to Kafka.")


# ---------------------------------------------------------------- the ribbon


@pytest.mark.parametrize("hours", [0.2, 3, 12, 20, 23.8, 24.5, 26, 30, 48, 24 * 6])
def test_no_words_of_the_ribbon_meet_at_320_pixels(page, hours):
    interview = write_letters(page)
    Interview.objects.update(ended_at=timezone.now() - dt.timedelta(hours=hours))
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"/interviews/{interview.id}/")
    boxes = page.eval_on_selector_all(
        ".ribbon text",
        """texts => texts.filter(text => text.textContent).map(text => {
            const box = text.getBoundingClientRect();
            return [text.textContent, box.left, box.top + 3, box.right, box.bottom - 3];
        })""",
    )
    assert all(left >= 0 and right <= 320 for _, left, _, right, _ in boxes)
    clashes = [
        (one[0], other[0])
        for at, one in enumerate(boxes)
        for other in boxes[at + 1 :]
        if one[1] < other[3] and other[1] < one[3] and one[2] < other[4] and other[2] < one[4]
    ]
    assert clashes == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_ribbon_is_drawn_in_light_and_dark(open_browser, scheme):
    page = open_browser(color_scheme=scheme).new_page()
    interview = write_letters(page)
    page.goto(f"/interviews/{interview.id}/")
    colours = page.eval_on_selector_all(
        ".ribbon rect, .ribbon text, .ribbon path", "parts => parts.map(part => getComputedStyle(part).fill)"
    )
    # A picture without its styles is black.
    assert "rgb(0, 0, 0)" not in colours
    assert len(page.locator(".ribbon").screenshot()) > 2000
    assert len(set(colours)) >= 5


def test_the_plan_moves_with_time_without_reloading(open_browser):
    context = open_browser()
    page = context.new_page()
    interview = write_letters(page)
    page.clock.install()
    page.goto(f"/interviews/{interview.id}/")
    expect(page.locator(".left")).to_contain_text("hours left")
    Interview.objects.update(ended_at=timezone.now() - dt.timedelta(hours=25, minutes=30))
    page.evaluate("window.here = true")
    with page.expect_response("**/plan/"):
        page.clock.fast_forward(61_000)
    expect(page.locator(".left")).to_contain_text("90 minutes late")
    assert page.evaluate("window.here")


def test_the_tabs_title_counts_what_is_due_and_follows(open_browser):
    page = open_browser().new_page()
    write_letters(page)
    page.clock.install()
    page.goto("/")
    expect(page).to_have_title("(3) What’s due · Afterword")
    for draft in Draft.objects.all()[:2]:
        services.mark_sent(draft)
    with page.expect_response("**/due/"):
        page.clock.fast_forward(61_000)
    expect(page).to_have_title("(1) What’s due · Afterword")


def test_an_own_send_time_is_set_by_keyboard_alone(page):
    interview = write_letters(page)
    page.goto(f"/interviews/{interview.id}/sending/")
    page.focus("[name=work_days] >> nth=6")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/interviews/{interview.id}/")
    assert Interview.objects.get().work_days == "012346"


def test_after_the_mail_program_was_opened_it_is_asked_whether_the_letter_went_out(page):
    write_letters(page)
    letter_page(page)
    question = page.get_by_text("Did you send it? Then mark it as sent.")
    expect(question).to_be_hidden()
    page.get_by_role("button", name="Copy the letter").first.click()
    expect(question).to_be_hidden()
    # The program itself is not started here.
    stop = "event.target.closest('[data-channel=mail]') && event.preventDefault()"
    page.evaluate(f"addEventListener('click', (event) => {stop})")
    page.get_by_role("link", name="Open in your email app").first.click()
    expect(question).to_be_visible()


def test_the_cursor_goes_where_the_next_thing_is_to_be_done(page):
    """By keyboard: to what was said of a sent letter, to a refused time, and to an empty box."""
    interview = write_letters(page)
    focused = page.locator(":focus")
    page.goto(f"/interviews/{interview.id}/panel/?add=1")
    expect(focused).to_have_attribute("name", re.compile("-full_name$"))
    expect(focused).to_have_value("")
    person = interview.interviewers.first()
    page.goto(f"/interviews/{interview.id}/people/{person.id}/everything/")
    expect(focused).to_have_attribute("name", "everything")
    letter_page(page)
    page.get_by_role("button", name="Mark as sent and go to the next").click()
    expect(focused).to_contain_text("is marked as sent on")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The letter is marked as not sent.")).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 500})
    page.get_by_text("Sent it earlier?").click()
    page.fill("#id_sent_at", (timezone.now() + dt.timedelta(days=2)).strftime("%Y-%m-%dT%H:%M"))
    page.get_by_role("button", name="Mark as sent then").click()
    expect(focused).to_have_id("id_sent_at")
    expect(page.locator("#sent_at_error")).to_be_in_viewport()
    page.get_by_role("button", name="Plan it instead").click()
    expect(page.get_by_role("status").filter(has_text="Planned for")).to_be_visible()


def test_of_a_later_letter_what_was_said_has_the_focus_although_the_address_has_a_place(page):
    interview = write_letters(page)
    Draft.objects.update(sent_at=timezone.now())
    services.save_follow_up(Interviewer.objects.get(full_name="Priya Nair"), Kind.NUDGE, {})
    page.goto(f"/drafts/{Draft.objects.get(kind='nudge').id}/copy/")
    page.get_by_role("button", name="Mark as sent").click()
    page.wait_for_url(f"**{interview.get_absolute_url()}#after")
    expect(page.locator(":focus")).to_contain_text("Marked as sent on")
