"""The letter with blanks, and everything at once: with a mouse, by keyboard, on a phone and without JavaScript."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import expect

from drafts.domain.letter import NoteUse, Use
from drafts.models import Draft
from drafts.services import whole
from tests.conftest import GUEST_BACKEND
from tests.factories import CandidateFactory, InterviewerFactory, InterviewFactory, WorkFileFactory

pytestmark = pytest.mark.django_db(transaction=True)

SUGGESTION = "You told me the kitchen is two cooks down."
PHONE = {"width": 375, "height": 740}


@pytest.fixture
def person():
    interview = InterviewFactory(candidate=CandidateFactory(strengths=["Go", "SQL"]))
    return InterviewerFactory(interview=interview, full_name="Priya Nair", order=0)


@pytest.fixture
def open_notes(open_browser, live_server, person):
    """Opens the notes on `person`, as their candidate."""
    client = Client()
    client.force_login(person.interview.candidate, GUEST_BACKEND)

    def build(view="", **options):
        context = open_browser(**options)
        session = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.goto(f"/interviews/{person.interview_id}/people/{person.id}/{view}")
        return page

    return build


@pytest.fixture
def asking(monkeypatch):
    """Replaces the composer by one that asks about `mentioned`, leaves out `enjoyed`, and does not use `goal`."""
    compose = whole.compose_route

    def ask(panel, index, *args):
        letter, facts = compose(panel, index, *args), panel.interviewers[index]
        notes = []
        if facts.mentioned:
            own = facts.own_sentence("mentioned")
            notes.append(
                NoteUse("mentioned", Use.USED, own)
                if own
                else NoteUse("mentioned", Use.ASK, SUGGESTION, "third_person")
            )
        if facts.enjoyed:
            notes.append(NoteUse("enjoyed", Use.SET_ASIDE, "", "secret"))
        if facts.goal:
            notes.append(NoteUse("goal", Use.NOTHING))
        return replace(letter, notes=tuple(notes))

    monkeypatch.setattr(whole, "compose_route", ask)


def saved(page):
    expect(page.locator("[data-save-status]")).to_contain_text("Saved")


def box(page, name):
    return page.locator(f"[name='{name}']")


# ---------------------------------------------------------------- chips


def test_chips_say_how_it_touches_me(open_notes, person):
    page = open_notes()
    chip = page.get_by_label("I’d like to work on that")
    expect(chip).to_be_hidden()
    box(page, "mentioned").fill("the kitchen is two cooks down")
    chip.check()
    page.get_by_label("I’ve done something similar").check()
    saved(page)
    person.refresh_from_db()
    assert (person.reaction, person.relates) == ("work_on", True)
    page.reload()
    expect(chip).to_be_checked()
    page.get_by_label("Just mention it").check()
    page.get_by_label("I’ve done something similar").uncheck()
    saved(page)
    page.wait_for_function("document.querySelector('[name=version]').value === '3'")
    person.refresh_from_db()
    assert (person.reaction, person.relates) == ("", None)


@pytest.mark.parametrize("viewport", [PHONE, {"width": 1280, "height": 900}])
def test_typing_moves_no_other_box(open_notes, viewport):
    page = open_notes(viewport=viewport)
    chip, following = page.get_by_label("I’d like to work on that"), box(page, "enjoyed")

    def places():
        return [
            round(one.evaluate("one => one.getBoundingClientRect().top + scrollY"))
            for one in (chip, following)
        ]

    box(page, "mentioned").focus()
    expect(chip).to_be_visible()
    before = places()
    box(page, "mentioned").press_sequentially("they need two more cooks")
    assert places() == before
    # Once one pauses, the page says what becomes of it.
    expect(page.locator("#fate-mentioned")).to_contain_text("In the letter:")
    assert places() == before
    # Nor does it move when the box is left, even with nothing in it.
    box(page, "mentioned").fill("")
    following.focus()
    assert places() == before


def test_connectors_go_to_the_beginning_of_the_box(open_notes):
    page = open_notes()
    mentioned = page.get_by_role("textbox", name="You told me")
    words = page.get_by_role("group", name="You told me that")
    expect(words.get_by_label("that")).to_be_checked()
    mentioned.fill("the kitchen closes at ten")
    words.get_by_label("how").check()
    expect(mentioned).to_have_value("how the kitchen closes at ten")
    expect(mentioned).to_be_focused()
    words.get_by_label("about").check()
    expect(mentioned).to_have_value("about the kitchen closes at ten")
    expect(page.locator("#letter")).to_contain_text("the kitchen")
    mentioned.fill("How you plan")
    expect(words.get_by_label("how")).to_be_checked()
    # Only the word itself is sent.
    names = page.evaluate("[...new FormData(document.getElementById('write')).keys()]")
    assert not [name for name in names if name.startswith("connector")]


@pytest.mark.parametrize("width", [320, 375, 768, 800, 1000, 1366])
def test_the_notes_never_scroll_sideways(open_notes, width):
    page = open_notes(viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_box_grows_with_its_text(open_notes):
    page = open_notes(viewport=PHONE)
    mentioned = box(page, "mentioned")
    before = mentioned.bounding_box()["height"]
    assert before >= 44
    mentioned.fill("the kitchen closes at ten and " * 8)
    grown = mentioned.bounding_box()["height"]
    assert grown > 3 * before
    assert mentioned.evaluate("box => box.scrollHeight <= box.clientHeight + 1")
    mentioned.fill("")
    assert mentioned.bounding_box()["height"] == before


# ---------------------------------------------------------------- say it to them


def test_all_suggestions_are_taken_at_once(open_notes, person):
    page = open_notes()
    box(page, "mentioned").fill("theyre two cooks down, the dishwasher is leaving too")
    box(page, "enjoyed").fill("short and friendly")
    page.get_by_role("button", name="Use all suggestions").click()
    expect(box(page, "say-enjoyed")).to_have_value("I liked that it was short and friendly.")
    expect(box(page, "say-mentioned")).to_have_value(re.compile("You mentioned that you"))
    expect(page.locator("#letter")).to_contain_text("short and friendly")
    expect(page.locator("#unsure")).to_have_text("")
    saved(page)
    # A sentence that is changed afterwards stays changed: the button is not sent again with later previews.
    box(page, "say-enjoyed").fill("I liked how short it was.")
    expect(page.locator("#letter")).to_contain_text("I liked how short it was.")
    expect(page.locator("#letter")).not_to_contain_text("short and friendly")
    saved(page)
    person.refresh_from_db()
    assert person.own_sentences["enjoyed"] == "I liked how short it was."


def test_a_suggestion_is_taken_and_stands_as_typed(open_notes, person, asking):
    page = open_notes()
    say, take = box(page, "say-mentioned"), page.get_by_role("button", name="Use this")
    expect(say).to_be_hidden()
    box(page, "mentioned").fill("they are two cooks down")
    expect(say).to_be_visible()
    expect(say).to_have_attribute("placeholder", SUGGESTION)
    expect(page.get_by_text("This still talks about them.")).to_be_visible()
    expect(page.get_by_text("One note still needs your own words.")).to_be_visible()
    take.click()
    expect(say).to_have_value(SUGGESTION)
    expect(say).to_be_focused()
    expect(take).to_be_hidden()
    expect(page.locator("#letter")).to_contain_text(SUGGESTION)
    expect(page.get_by_text("The letter uses your own sentence.")).to_be_visible()
    expect(page.locator("#unsure")).to_have_text("")
    saved(page)
    person.refresh_from_db()
    assert person.own_sentences == {"mentioned": SUGGESTION}
    assert SUGGESTION in Draft.objects.get().body
    say.fill("")
    expect(take).to_be_visible()
    expect(page.get_by_text("One note still needs your own words.")).to_be_visible()


def test_a_correction_is_taken_with_one_press(open_notes, person, asking):
    page = open_notes()
    box(page, "experience").fill("I work since 4 years in reception")
    offer = page.locator("#better-experience")
    expect(offer).to_contain_text("Did you mean: I have worked for 4 years in reception")
    expect(box(page, "experience")).to_have_value("I work since 4 years in reception")
    offer.get_by_role("button", name="Use this").click()
    expect(box(page, "experience")).to_have_value("I have worked for 4 years in reception")
    expect(box(page, "experience")).to_be_focused()
    expect(offer).to_have_text("")
    saved(page)
    person.refresh_from_db()
    assert person.experience == "I have worked for 4 years in reception"
    page.wait_for_timeout(1200)  # the preview that follows does not put it in again
    box(page, "experience").fill("I worked there")
    saved(page)
    person.refresh_from_db()
    assert person.experience == "I worked there"


def test_a_suggestion_that_was_taken_stays_in_the_letter(open_notes, person):
    page = open_notes()
    box(page, "experience").fill("ran the late shift for two years, 14 people")
    page.get_by_role("button", name="Use this").click()
    taken = box(page, "say-experience").input_value()
    assert taken.startswith("I ran the late shift")
    expect(page.locator("#letter")).to_contain_text(taken)
    for words in ("the tour", " of the kitchen", " and the garden"):
        box(page, "enjoyed").click()
        page.keyboard.press("End")
        with page.expect_response(lambda answer: answer.url.endswith("/preview/")) as preview:
            page.keyboard.type(words)
        page.wait_for_timeout(
            1200
        )  # longer than the pause after which the boxes show what became of the notes
        assert taken in preview.value.text()
        expect(page.locator("#letter")).to_contain_text(taken)
    saved(page)
    person.refresh_from_db()
    assert person.own_sentences == {"experience": taken}


def test_typing_in_the_box_is_never_disturbed(open_notes, asking):
    page = open_notes()
    box(page, "mentioned").fill("they are two cooks down")
    say = box(page, "say-mentioned")
    expect(say).to_be_visible()
    say.focus()
    text = "You said you are two cooks down, and it shows."
    # Slowly enough that previews and notes' fates arrive between key presses.
    with page.expect_response("**/preview/"):
        page.keyboard.type(text[:12], delay=150)
    page.wait_for_timeout(1500)
    page.keyboard.type(text[12:], delay=60)
    expect(page.locator("#letter")).to_contain_text(text)
    page.wait_for_timeout(1200)
    expect(say).to_have_value(text)
    expect(say).to_be_focused()
    assert say.evaluate("box => box.selectionStart") == len(text)
    # The note's field is folded; the message about it stays visible.
    box(page, "mentioned").fill("")
    page.wait_for_timeout(2000)
    expect(say).to_be_visible()


def test_the_box_of_a_note_that_is_better_left_out_is_folded(open_notes, asking):
    page = open_notes()
    box(page, "enjoyed").fill("between us, they close the bar")
    expect(page.get_by_text("This sounds confidential")).to_be_visible()
    say = box(page, "say-enjoyed")
    expect(say).to_be_hidden()
    page.get_by_text("Write it yourself").locator("visible=true").click()
    say.fill("I enjoyed hearing about the bar.")
    expect(page.locator("#letter")).to_contain_text("I enjoyed hearing about the bar.")
    expect(page.locator("[data-save-status]")).to_contain_text("Saved")
    page.reload()
    expect(say).to_be_visible()
    box(page, "goal").fill("n/a")
    expect(
        page.get_by_text("There’s nothing to write about here, so the letter leaves it out.")
    ).to_be_visible()


def test_half_a_word_is_not_asked_about(open_notes, asking):
    page = open_notes()
    box(page, "mentioned").focus()
    with page.expect_response("**/preview/"):
        for key in "they":
            page.keyboard.type(key)
            page.wait_for_timeout(350)
    expect(box(page, "say-mentioned")).to_be_hidden()
    expect(box(page, "say-mentioned")).to_be_visible()


# ---------------------------------------------------------------- one way and the other


def test_on_a_phone_the_letter_is_one_tap_away_and_back(open_notes):
    page = open_notes(viewport=PHONE)
    bar = page.get_by_role("navigation", name="Write or read")
    before = bar.inner_text()
    page.get_by_role("textbox", name="Could you tell me").scroll_into_view_if_needed()
    box(page, "ask").fill("when you decide")
    page.wait_for_timeout(700)  # wait for scrolling to end
    expect(bar).not_to_have_text(before)
    assert bar.locator("[data-words]").inner_text() == page.locator("#letter-words").get_attribute(
        "data-words"
    )
    expect(page.locator("#letter")).to_be_hidden()
    # Playwright's click would scroll first.
    place = bar.get_by_role("link", name="Read").evaluate(
        "link => { const at = scrollY; link.click(); return at; }"
    )
    assert place > 0
    expect(page.locator("#letter")).to_be_in_viewport()
    expect(box(page, "ask")).to_be_hidden()
    bar.get_by_role("link", name="Write").evaluate("link => link.click()")
    expect(box(page, "ask")).to_be_in_viewport()
    expect(page.locator("#letter")).to_be_hidden()
    assert page.evaluate("scrollY") == place
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(page.locator("#letter")).to_be_visible()
    expect(bar).to_be_hidden()


def test_on_a_phone_the_letter_that_is_read_is_copied(open_notes, live_server):
    page = open_notes(viewport=PHONE, permissions=["clipboard-read", "clipboard-write"])
    copy = page.get_by_role("button", name="Copy the letter")
    expect(copy).to_be_hidden()
    box(page, "mentioned").fill("the kitchen is two cooks down")
    expect(page.locator("#letter-text")).to_contain_text("two cooks down")
    page.get_by_role("navigation", name="Write or read").get_by_role("link", name="Read").click()
    expect(copy).to_be_in_viewport()
    copy.click()
    expect(page.locator("#copy-status")).to_have_text("Copied: the letter.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#letter-text").inner_text()
    assert copied.startswith("Dear Priya,\n\n")
    # The page of the letter has it on a wider screen.
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(copy).to_be_hidden()


def test_a_link_from_the_letter_leads_to_the_box(open_notes):
    page = open_notes("?then=letter#id_callback", viewport=PHONE)
    page.wait_for_function("document.querySelector('[data-writing]').dataset.writing === 'write'")
    expect(box(page, "callback")).to_be_in_viewport()


def test_chips_kept_in_the_browser_come_back(open_notes, person, forgiven):
    forgiven += ["ERR_INTERNET_DISCONNECTED", "ERR_FAILED"]
    page = open_notes()
    page.on("dialog", lambda dialog: dialog.accept())
    page.context.set_offline(True)
    box(page, "mentioned").fill("the kitchen")
    page.get_by_label("That’s good to know").check()
    page.get_by_label("I’ve done something similar").check()
    expect(page.locator("[data-save-status]")).to_contain_text("No connection")
    address = page.url
    page.close()
    context = page.context
    context.set_offline(False)
    again = context.new_page()
    again.goto(address)
    expect(box(again, "mentioned")).to_have_value("the kitchen")
    expect(again.get_by_label("That’s good to know")).to_be_checked()
    saved(again)
    person.refresh_from_db()
    assert (person.reaction, person.relates) == ("good_to_know", True)


# ---------------------------------------------------------------- everything at once


@pytest.mark.parametrize("has_script", [True, False])
def test_everything_at_once_is_sorted_and_confirmed(open_notes, person, has_script):
    page = open_notes(viewport=PHONE, java_script_enabled=has_script)
    box(page, "callback").fill("Say hello to your dog.")
    page.get_by_role("button", name="Type everything at once").click()
    page.wait_for_url("**/everything/")
    page.get_by_label("Type or dictate everything you remember").fill(
        "two cooks down\nknife work\nforget this"
    )
    page.get_by_role("button", name="Sort my notes", exact=True).click()
    expect(page.get_by_role("heading", name="Where does each note go?")).to_be_visible()
    person.refresh_from_db()
    assert (person.mentioned, person.callback) == ("", "Say hello to your dog.")
    for place, key in enumerate(("mentioned", "strengths", "")):
        page.get_by_label("Goes to").nth(place).select_option(key)
    page.get_by_label("What you typed").first.fill("you are two cooks down")
    page.get_by_role("button", name="Add them to the letter").click()
    expect(page.get_by_text("Your notes were added.")).to_be_visible()
    expect(box(page, "mentioned")).to_have_value("you are two cooks down")
    person.refresh_from_db()
    assert (person.mentioned, person.strengths) == ("you are two cooks down", ["knife work"])


# ---------------------------------------------------------------- without a script, by the keyboard, for everyone


def test_without_javascript_the_letter_is_filled_in_and_sent_on(open_notes, person, asking):
    page = open_notes(viewport=PHONE, java_script_enabled=False)
    page.get_by_label("You told me that").fill("they are two cooks down")
    page.get_by_label("I’d like to work on that").check()
    page.get_by_role("button", name="Show the letter so far").click()
    expect(page.get_by_text(f"For example: “{SUGGESTION}”")).to_be_visible()
    page.get_by_role("button", name="Use this").click()
    expect(box(page, "say-mentioned")).to_have_value(SUGGESTION)
    expect(page.get_by_label("I’d like to work on that")).to_be_checked()
    page.get_by_role("link", name="Read").click()
    expect(page.locator("#letter")).to_be_in_viewport()
    expect(page.locator("#letter")).to_contain_text(SUGGESTION)
    page.get_by_role("link", name="Write", exact=True).click()
    expect(page.locator("#write")).to_be_in_viewport()
    page.get_by_role("button", name="Add SQL").click()
    expect(box(page, "strengths")).to_have_value("SQL")
    page.get_by_role("button", name="Save and see the letter").click()
    page.wait_for_url("**/drafts/**")
    person.refresh_from_db()
    assert (person.reaction, person.own_sentences) == ("work_on", {"mentioned": SUGGESTION})


def test_by_the_keyboard_alone(open_notes, person, asking):
    page = open_notes()
    page.locator("h1").click()

    def tab_to(name):
        for _step in range(25):
            page.keyboard.press("Tab")
            at = page.evaluate("[document.activeElement.name, document.activeElement.textContent.trim()]")
            if name in at:
                style = "(({outlineStyle, boxShadow}) => outlineStyle + boxShadow)"
                shown = page.evaluate(
                    f"{style}(getComputedStyle(document.activeElement.closest('.connector') ?? document.activeElement))"
                )
                assert shown != "nonenone", name
                return
        pytest.fail(f"Tab does not reach {name}")

    tab_to("connector-mentioned")
    page.keyboard.press("ArrowRight")
    tab_to("mentioned")
    page.keyboard.press("End")
    page.keyboard.type("the kitchen")
    expect(box(page, "mentioned")).to_have_value("about the kitchen")
    expect(box(page, "say-mentioned")).to_be_visible()
    tab_to("reaction")
    page.keyboard.press("ArrowDown")
    tab_to("relates")
    page.keyboard.press("Space")
    tab_to("say-mentioned")
    tab_to("Use this")
    page.keyboard.press("Enter")
    expect(box(page, "say-mentioned")).to_be_focused()
    expect(box(page, "say-mentioned")).to_have_value(SUGGESTION)
    tab_to("experience")
    page.keyboard.type("ran a kitchen")
    tab_to("callback")
    tab_to("save")
    page.keyboard.press("Enter")
    page.wait_for_url("**/drafts/**")
    person.refresh_from_db()
    noted = (person.mentioned, person.reaction, person.relates, person.own_sentences, person.experience)
    assert noted == ("about the kitchen", "work_on", True, {"mentioned": SUGGESTION}, "ran a kitchen")


@pytest.mark.parametrize(
    ("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 375), ("dark", 375)]
)
def test_every_state_fits_and_passes_axe(open_notes, person, asking, scheme, width):
    long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    WorkFileFactory(interviewer=person)
    page = open_notes(color_scheme=scheme, viewport={"width": width, "height": 740})
    address = page.url

    def check(what):
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        found = Axe().run(page).response["violations"]
        assert [(what, one["id"], one["nodes"][0]["html"]) for one in found] == []
        page.set_viewport_size({"width": 320, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, what
        page.set_viewport_size({"width": width, "height": 740})
        small = page.evaluate(
            """() => [...document.querySelectorAll(".sheet :is(.pill, .connector, textarea, .chip), .write-read a")]
                .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44)
                .map((one) => one.outerHTML)"""
        )
        assert small == [], what

    check("empty")
    for name, text in {"mentioned": long, "enjoyed": long, "goal": "n/a", "callback": long}.items():
        box(page, name).fill(text)
    expect(box(page, "say-mentioned")).to_be_visible()
    check("asked and set aside")
    box(page, "say-mentioned").fill(long)
    saved(page)
    check("said")
    if width < 992:
        page.get_by_role("link", name="Read").click()
        check("reading")
    box(page, "ask").evaluate("(box, text) => { box.value = text; }", "x" * 1001)
    box(page, "say-goal").evaluate("(box, text) => { box.value = text; }", "x" * 1001)
    page.evaluate("document.getElementById('write').requestSubmit()")
    expect(page.locator("[data-error-summary]")).to_be_visible()
    check("to mend")
    page.goto(f"{address}everything/")
    check("everything")
    page.get_by_role("button", name="Sort my notes").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    check("nothing typed")
    page.get_by_label("Type or dictate everything you remember").fill(f"{long}\n{'x ' * 700}")
    page.get_by_role("button", name="Sort my notes").click()
    page.get_by_label("Goes to").last.select_option("goal")
    check("proposal")
    page.get_by_role("button", name="Add them to the letter").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    check("a line too long")


def test_over_the_letter_beside_the_notes_the_wheel_moves_the_page(open_notes):
    page = open_notes(viewport={"width": 1280, "height": 500})
    letter = page.locator(".writing-letter")
    letter.evaluate(
        "box => box.append(Object.assign(document.createElement('div'), { style: 'height: 2000px' }))"
    )
    letter.hover(position={"x": 100, "y": 100})
    page.mouse.wheel(0, 200)
    page.wait_for_timeout(300)
    assert page.evaluate("scrollY") > 100
    assert letter.evaluate("box => box.scrollTop") == 0
    # At its end, the letter scrolls.
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.mouse.move(900, 60)
    page.mouse.wheel(0, 200)
    page.wait_for_timeout(300)
    assert letter.evaluate("box => box.scrollTop") > 100
    # And back: the page first.
    before = page.evaluate("scrollY")
    page.mouse.wheel(0, -100)
    page.wait_for_timeout(300)
    assert page.evaluate("scrollY") < before


def test_a_field_that_a_link_leads_to_stands_below_the_edge_with_its_label(open_notes):
    page = open_notes(viewport={"width": 1280, "height": 500})
    page.evaluate("location.hash = 'id_callback'")
    page.wait_for_timeout(300)
    assert page.locator("#id_callback").bounding_box()["y"] > 90
