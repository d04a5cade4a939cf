"""Problems between a browser and a form: Back after saving, errors, an unavailable server, long text."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Route, expect

from drafts import services
from drafts.models import Draft, Interview, Interviewer
from tests.browser.steps import tell_everything, tell_interview, tell_panel

pytestmark = pytest.mark.django_db(transaction=True)


def test_back_after_saving_notes_is_no_conflict(page):
    tell_interview(page)
    tell_panel(page)
    page.fill("[name=mentioned]", "the move to Kafka")
    page.get_by_role("button", name="Save and go to the next person").click()
    page.get_by_role("heading", name="Tomasz Wójcik").wait_for()
    page.go_back()
    page.get_by_role("heading", name="Priya Nair").wait_for()
    expect(page.locator("[name=mentioned]")).to_have_value("the move to Kafka")
    page.fill("[name=mentioned]", "the move to Kafka in spring")
    page.get_by_role("button", name="Save and go to the next person").click()
    page.get_by_role("heading", name="Tomasz Wójcik").wait_for()
    assert Interviewer.objects.get(full_name="Priya Nair").mentioned == "the move to Kafka in spring"


def test_errors_are_listed_first_and_lead_to_their_fields(page):
    tell_interview(page)
    page.fill("[name=panel-0-full_name]", "Priya Nair")
    page.fill("[name=panel-0-email]", "priya at zylker")
    page.get_by_role("button", name="Next: the conversation").click()
    summary = page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="Email").click()
    expect(page.locator("[name=panel-0-email]")).to_be_focused()
    expect(page.locator("[name=panel-0-email]")).to_have_value("priya at zylker")
    assert Axe().run(page).response["violations"] == []


def test_double_click_saves_once(page):
    tell_interview(page)
    page.fill("[name=panel-0-full_name]", "Priya Nair")
    page.get_by_role("button", name="Next: the conversation").dblclick()
    page.wait_for_url("**/people/**")
    assert Interviewer.objects.count() == 1


def test_removed_row_is_not_stored(page):
    tell_interview(page)
    page.fill("[name=panel-0-full_name]", "Priya Nair")
    page.get_by_role("button", name="Add another person").click()
    page.fill("[name=panel-1-full_name]", "Nobody Really")
    page.locator("[name=panel-1-DELETE]").check()
    page.get_by_role("button", name="Next: the conversation").click()
    page.wait_for_url("**/people/**")
    assert [person.full_name for person in Interviewer.objects.all()] == ["Priya Nair"]


def test_letter_says_so_when_it_cannot_be_refreshed(page, complaints):
    tell_interview(page)
    tell_panel(page)
    trouble = page.get_by_text("We can’t refresh the letter right now.")
    page.route("**/preview/", lambda route: route.fulfill(status=418))
    page.fill("[name=mentioned]", "the move to Kafka")
    expect(trouble).to_be_visible()
    assert all("418" in complaint for complaint in complaints)
    complaints.clear()
    page.unroute("**/preview/")
    page.fill("[name=mentioned]", "the move to Kafka in spring")
    expect(page.locator("#letter")).to_contain_text("the move to Kafka in spring")
    expect(trouble).to_be_hidden()


def test_it_just_ended_is_the_time_in_the_chosen_city(open_browser):
    page = open_browser(timezone_id="Europe/Berlin").new_page()
    page.goto("/interviews/new/")
    expect(page.locator("[name=time_zone]")).to_have_value("Berlin")
    page.fill("[name=time_zone]", "Tokyo")
    before = page.evaluate("Date.now()")
    page.get_by_role("button", name="It just ended").click()
    expect(page.locator("[name=ended_at]")).not_to_have_value("")
    shown = page.evaluate("Date.parse(document.querySelector('[name=ended_at]').value + ':00+09:00')")
    assert before - 60_000 <= shown <= before + 60_000


def test_it_just_ended_stays_the_same_moment_when_the_city_changes(open_browser):
    page = open_browser(timezone_id="Europe/Berlin").new_page()
    page.goto("/interviews/new/")
    zone, ended = page.locator("[name=time_zone]"), page.locator("[name=ended_at]")
    page.get_by_role("button", name="It just ended").click()
    expect(ended).not_to_have_value("")
    there = dt.datetime.fromisoformat(ended.input_value()).replace(tzinfo=ZoneInfo("Europe/Berlin"))

    def shown_in(name):
        return there.astimezone(ZoneInfo(name)).strftime("%Y-%m-%dT%H:%M")

    zone.fill("tokyo")
    expect(ended).to_have_value(shown_in("Asia/Tokyo"))
    # Half a city, or none that is known, changes nothing.
    zone.fill("Tokio Hotel")
    page.wait_for_timeout(300)
    expect(ended).to_have_value(shown_in("Asia/Tokyo"))
    zone.fill("New York")
    expect(ended).to_have_value(shown_in("America/New_York"))
    # A time that somebody typed is theirs.
    ended.fill("2026-11-19T15:10")
    zone.fill("Chicago")
    page.wait_for_timeout(300)
    expect(ended).to_have_value("2026-11-19T15:10")


def test_a_city_typed_while_the_list_of_cities_loads_counts_for_it_just_ended(open_browser):
    page = open_browser(timezone_id="Europe/Berlin").new_page()
    page.goto("/interviews/new/")
    held: list[Route] = []
    page.route("**/js/cities*.js", lambda route: held.append(route))
    page.get_by_role("button", name="It just ended").click()
    page.fill("[name=time_zone]", "Tokyo")
    page.wait_for_timeout(200)
    held[0].continue_()
    ended = page.locator("[name=ended_at]")
    expect(ended).to_have_value(re.compile(r"T\d\d:\d\d"))
    shown = dt.datetime.fromisoformat(ended.input_value()).replace(tzinfo=ZoneInfo("Asia/Tokyo"))
    assert abs(shown - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=2)


@pytest.mark.parametrize(
    ("typed", "zone", "name"),
    [
        ("chicago", "America/Chicago", "Central Time"),
        ("Bangalore, India", "Asia/Kolkata", "India Standard Time"),
        ("München", "Europe/Berlin", "Central European Time"),
        ("Asia/Tokyo", "Asia/Tokyo", "Japan Standard Time"),
    ],
)
def test_a_typed_city_is_confirmed_with_its_time_zone(page, typed, zone, name):
    page.goto("/interviews/new/")
    hint = page.locator("#id_time_zone_helptext")
    expect(hint).to_have_text("Type a city, such as Chicago or Bangalore.")
    page.fill("[name=time_zone]", typed)
    expect(hint).to_contain_text(f"{name}. It’s ")
    now = dt.datetime.now(ZoneInfo(zone))
    near = [now + dt.timedelta(minutes=minutes) for minutes in (-1, 0, 1)]
    times = [f"{one:%A} {one.hour % 12 or 12}:{one:%M} {one:%p}" for one in near]
    said = hint.inner_text().replace("\u202f", " ")
    assert said in [f"{name}. It’s {time} there now." for time in times]
    page.fill("[name=time_zone]", "Nowhere at all")
    expect(hint).to_have_text("Type a city, such as Chicago or Bangalore.")


def test_time_zone_is_not_suggested_into_what_is_being_typed(page):
    """The script may load late: what it fills in must not be mixed with what the user types."""
    held = []
    page.route("**/js/interview*.js", lambda route: held.append(route))
    with page.expect_request("**/js/interview*.js"):
        page.goto("/interviews/new/", wait_until="commit")
    zone = page.locator("[name=time_zone]")
    zone.focus()
    held[0].continue_()
    page.wait_for_load_state("load")
    expect(zone).to_have_value("")
    zone.press_sequentially("New York")
    expect(zone).to_have_value("New York")


def test_cities_are_suggested_once_the_time_zone_is_entered(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/interviews/new/")
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "cities" in url]
    page.focus("[name=time_zone]")
    expect(page.locator("#zones option[value=Munich]")).to_have_text("Europe/Berlin")
    assert len([url for url in asked if "cities" in url]) == 1


def test_words_are_counted_alike_by_page_and_server(page):
    tell_everything(page)
    page.fill("[name=body]", "Hi Priya,\n\nthank you — truly.\tBest,\nJordan")
    expect(page.locator("#word-count")).to_have_text("8 words")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    expect(page.locator("#word-count")).to_have_text("8 words")


def test_a_linkedin_message_counts_its_characters_while_typing(page):
    tell_everything(page)
    draft = services.create_draft(Interviewer.objects.get(full_name="Dana O'Brien"), "linkedin")
    page.goto(draft.get_absolute_url())
    count = page.locator("#word-count")
    expect(count).to_have_text(f"{len(draft.body)} of 300 characters")
    page.fill("[name=body]", "Thanks 😀\n")
    expect(count).to_have_text("9 of 300 characters")
    expect(count).not_to_have_class("count-fix")
    page.fill("[name=body]", "x" * 301)
    expect(count).to_have_text("301 of 300 characters")
    expect(count).to_have_class("count-fix")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    expect(count).to_have_text("301 of 300 characters")


@pytest.mark.parametrize(
    ("scheme", "width"), [("light", 1280), ("light", 320), ("dark", 1280), ("dark", 320)]
)
def test_every_state_of_a_letter_fits_and_passes_axe(open_browser, scheme, width):
    context = open_browser(color_scheme=scheme, viewport={"width": width, "height": 740})
    page = context.new_page()
    tell_everything(page)
    long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    Interview.objects.update(company=long)
    Interviewer.objects.filter(order=1).update(
        full_name=long, email=f"{long[:50].encode().hex()[:40]}@zylker.example"
    )
    edited, sent, _ = Draft.objects.order_by("interviewer__order")
    services.save_draft(edited, edited.subject, f"{edited.body}\n\n{long}", edited.version)
    Interviewer.objects.filter(pk=edited.interviewer_id).update(mentioned="something else", callback=long)
    services.mark_sent(sent)
    base = f"/interviews/{Interview.objects.get().id}/"
    for address in (
        "/",
        "/interviews/",
        base,
        f"{base}panel/",
        f"{base}people/{edited.interviewer_id}/",
        f"/drafts/{edited.id}/",
        f"/drafts/{edited.id}/recompose/",
        f"/drafts/{edited.id}/history/",
        f"/drafts/{edited.id}/copy/",
        f"/drafts/{sent.id}/",
        f"/drafts/{sent.id}/copy/",
    ):
        page.goto(address)
        for details in page.locator("details").all():
            details.evaluate("details => { details.open = true; }")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        found = Axe().run(page).response["violations"]
        assert [(address, one["id"], one["nodes"][0]["html"]) for one in found] == []
