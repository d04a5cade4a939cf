"""Several tabs, several people in one browser, and lost responses: typed text ends up where it belongs."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from drafts import services
from drafts.models import Candidate, Interview, Interviewer
from tests.browser.steps import HOME, tell_everything
from tests.browser.test_never_lost import ADDRESS, PASSWORD, letter, sign_in, status, write

pytestmark = pytest.mark.django_db(transaction=True)

SAVED = "Saved"


@pytest.fixture
def browser(open_browser, forgiven):
    forgiven += ["ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "Response Status Error Code 404"]
    context = open_browser()
    context.on("page", lambda page: page.on("dialog", lambda dialog: dialog.accept()))
    return context


@pytest.fixture
def at_work(browser):
    page = browser.new_page()
    tell_everything(page)
    page.goto(f"/drafts/{letter().id}/")
    return page


def begin(page, company, *, ended=True):
    page.goto("/interviews/new/")
    tell(page, company, ended=ended)


def tell(page, company, *, ended=True):
    page.fill("[name=company]", company)
    page.fill("[name=position]", "Engineer")
    page.fill("[name=full_name]", "Jordan Álvarez")
    if ended:
        page.fill("[name=ended_at]", timezone.now().strftime("%Y-%m-%dT%H:%M"))


def companies(candidate=None):
    found = Interview.objects.all() if candidate is None else candidate.interviews.all()
    return sorted(found.values_list("company", flat=True))


# ---------------------------------------------------------------- people


def test_nothing_goes_into_the_account_of_who_signed_in_meanwhile(browser):
    one, other = (
        Candidate.objects.create_user("one@example.com", PASSWORD),
        Candidate.objects.create_user(ADDRESS, PASSWORD),
    )
    page = browser.new_page()
    page.goto("/sign-in/")
    page.fill("[name=login]", one.email)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(HOME)
    begin(page, "Alpha")
    expect(status(page)).to_contain_text(SAVED)
    second = browser.new_page()
    second.goto("/")
    second.get_by_role("button", name="Sign out").click()
    second.wait_for_url(HOME)
    page.fill("[name=company]", "Alpha signed out")
    expect(status(page)).to_contain_text("You’re signed out")
    sign_in(second)
    second.wait_for_url(HOME)
    page.fill("[name=company]", "Alpha of somebody else")
    expect(status(page)).to_contain_text("Someone else is signed in")
    page.wait_for_timeout(9000)
    expect(status(page)).to_contain_text("Someone else is signed in")
    assert (companies(one), companies(other), Candidate.objects.count()) == (["Alpha"], [], 2)
    # Nor by the button: the text is given back, and only saved if the current user confirms it.
    page.get_by_role("button", name="Next: the conversation").click()
    expect(page.get_by_role("heading", name="Not saved yet")).to_be_visible()
    assert companies(other) == []


def test_a_visitors_input_is_not_put_into_an_account(browser):
    Candidate.objects.create_user(ADDRESS, PASSWORD)
    page = browser.new_page()
    begin(page, "Between us", ended=False)
    expect(status(page)).to_contain_text("Kept in this browser")
    page.close()
    page = browser.new_page()
    sign_in(page)
    page.wait_for_url(HOME)
    page.goto("/interviews/new/")
    page.wait_for_timeout(300)
    expect(page.locator("[name=company]")).to_have_value("")
    assert "Between us" not in page.content()


def test_back_after_signing_out_shows_no_letter(browser, at_work):
    at_work.goto("/sign-up/")
    at_work.fill("[name=email]", ADDRESS)
    at_work.fill("[name=password1]", PASSWORD)
    at_work.get_by_role("button", name="Keep my work").click()
    at_work.wait_for_url(HOME)
    at_work.goto(f"/drafts/{letter().id}/")
    at_work.get_by_role("button", name="Sign out").click()
    at_work.wait_for_url(HOME)
    at_work.go_back()
    expect(at_work.get_by_role("heading", name="Page not found")).to_be_visible()


def test_text_not_saved_comes_along_with_the_guests_work(browser, at_work):
    Candidate.objects.create_user(ADDRESS, PASSWORD)
    browser.set_offline(True)
    write(at_work, "\n\nTyped in a lift.")
    expect(status(at_work)).to_contain_text("No connection")
    at_work.close()
    browser.set_offline(False)
    page = browser.new_page()
    sign_in(page)
    page.get_by_role("button", name="Add it to my account").click()
    page.goto(f"/drafts/{letter().id}/")
    expect(status(page)).to_contain_text(SAVED)
    assert letter().body.endswith("Typed in a lift.")


def test_one_persons_input_is_not_restored_for_the_next(browser):
    for email in ("one@example.com", ADDRESS):
        Candidate.objects.create_user(email, PASSWORD)
    page = browser.new_page()
    page.goto("/sign-in/")
    page.fill("[name=login]", "one@example.com")
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(HOME)
    page.goto("/settings/")
    page.fill("[name=full_name]", "Anna A")
    page.fill("[name=own_words]", "SecretProject")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(HOME)
    sign_in(page)
    page.wait_for_url(HOME)
    for _step in range(3):
        page.go_back()
    page.wait_for_url("**/settings/")
    page.wait_for_timeout(300)
    expect(page.locator("[name=full_name]")).to_have_value("")
    expect(page.locator("[name=own_words]")).to_have_value("")


# ---------------------------------------------------------------- tabs


def test_a_double_click_leaves_nothing_behind(browser):
    page = browser.new_page()
    begin(page, "Alpha")
    page.get_by_role("button", name="Next: the conversation").dblclick()
    page.wait_for_url("**/panel/")
    page.goto("/interviews/new/")
    page.wait_for_timeout(300)
    expect(page.locator("[name=company]")).to_have_value("")
    tell(page, "Beta")
    expect(status(page)).to_contain_text(SAVED)
    assert companies() == ["Alpha", "Beta"]


def test_two_visitors_tabs_make_one_guest(browser):
    pages = [browser.new_page() for _one in range(2)]
    for page in pages:
        page.goto("/interviews/new/")
    browser.set_offline(True)
    for page, company in zip(pages, ("Alpha", "Beta"), strict=True):
        tell(page, company)
        expect(status(page)).to_contain_text("No connection")
    browser.set_offline(False)
    for page in pages:
        expect(status(page)).to_contain_text(SAVED, timeout=12_000)
    assert companies() == ["Alpha", "Beta"]
    assert Candidate.objects.count() == 1


def test_two_new_interviews_in_two_tabs_stay_two(browser):
    first, second = browser.new_page(), browser.new_page()
    begin(first, "Alpha", ended=False)
    expect(status(first)).to_contain_text("Kept in this browser")
    second.goto("/interviews/new/")
    expect(second.locator("[name=company]")).to_have_value("")
    tell(second, "Beta")
    expect(status(second)).to_contain_text(SAVED)
    tell(first, "Alpha")
    expect(status(first)).to_contain_text(SAVED)
    assert companies() == ["Alpha", "Beta"]


def test_a_new_interview_left_open_does_not_undo_corrections(browser):
    page = browser.new_page()
    begin(page, "Alpah")
    expect(status(page)).to_contain_text(SAVED)
    interview = Interview.objects.get()
    values = {name: getattr(interview, name) for name in services.INTERVIEW_FIELDS} | {"company": "Alpha"}
    services.update_interview(interview, values, full_name="J", signature="", version=None)
    page.fill("[name=position]", "Senior Engineer")
    expect(status(page)).to_contain_text("Both versions are at the top")
    assert companies() == ["Alpha"]


def test_a_second_tab_on_a_letter_leaves_the_first_alone(browser, at_work):
    write(at_work, "\n\nOne line.")
    second = browser.new_page()
    second.goto(at_work.url)
    second.wait_for_timeout(3000)
    expect(status(at_work)).to_contain_text(SAVED)
    write(at_work, " And on.")
    at_work.wait_for_timeout(2500)
    expect(status(at_work)).to_contain_text(SAVED)
    assert letter().body.endswith("One line. And on.")


def test_a_conflict_outlives_a_reload(browser, at_work):
    person = Interviewer.objects.get(full_name="Priya Nair")
    at_work.goto(f"/interviews/{person.interview_id}/people/{person.id}/")
    second = browser.new_page()
    second.goto(at_work.url)
    at_work.fill("[name=mentioned]", "a long note of the first tab")
    expect(status(at_work)).to_contain_text(SAVED)
    second.fill("[name=mentioned]", "of the second tab")
    expect(status(second)).to_contain_text("Both versions are at the top")
    second.reload()
    expect(status(second)).to_contain_text("Both versions are at the top")
    person.refresh_from_db()
    assert person.mentioned == "a long note of the first tab"


# ---------------------------------------------------------------- answers that never come


def test_kept_text_is_restored_before_the_first_key(browser, at_work):
    browser.set_offline(True)
    write(at_work, "\n\nTyped in a lift.")
    expect(status(at_work)).to_contain_text("No connection")
    browser.set_offline(False)
    at_work.route(
        "**/drafts/**", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    at_work.reload()
    at_work.wait_for_timeout(150)  # like an impatient user
    at_work.locator("#id_body").evaluate(
        "(field) => { field.value += '!'; field.dispatchEvent(new Event('input', { bubbles: true })); }"
    )
    # In the letter, or offered above it if the browser was slow to unload the previous page.
    at_work.wait_for_function(
        """() => [document.querySelector("#id_body").value,
                  document.querySelector("[data-conflict-place]").textContent].join().includes("Typed in a lift.")"""
    )


def test_text_typed_before_the_scripts_loaded_is_saved(browser, at_work):
    person = Interviewer.objects.get(full_name="Priya Nair")
    scripts = []
    at_work.route("**/js/autosave*", lambda route: scripts.append(route))
    at_work.goto(f"/interviews/{person.interview_id}/people/{person.id}/", wait_until="commit")
    at_work.locator("[name=mentioned]").evaluate("(field) => { field.value = 'a note typed early'; }")
    while not scripts:
        at_work.wait_for_timeout(50)
    scripts.pop().continue_()
    expect(status(at_work)).to_contain_text(SAVED)
    person.refresh_from_db()
    assert person.mentioned == "a note typed early"


def test_the_server_gone_at_save_and_back_again_loses_nothing(browser, at_work):
    address = at_work.url
    at_work.route(
        "**/drafts/**", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    write(at_work, "\n\nThe last line.")
    at_work.get_by_role("button", name="Save", exact=True).click()
    at_work.wait_for_timeout(500)
    at_work.unroute_all()
    at_work.goto("/interviews")  # which redirects; that does not mean that anything was saved
    at_work.goto(address)
    expect(status(at_work)).to_contain_text(SAVED)
    assert letter().body.endswith("The last line.")


def test_nothing_can_be_typed_into_a_form_that_is_being_saved(browser, at_work):
    # While waiting for a response, which never comes here.
    at_work.evaluate(
        "document.getElementById('letter-form').addEventListener('submit', (event) => event.preventDefault())"
    )
    write(at_work, "\n\nOne line.")
    at_work.get_by_role("button", name="Save", exact=True).click()
    expect(at_work.locator("#id_body")).not_to_be_editable()
    expect(at_work.locator("#id_body")).to_be_editable(timeout=12_000)
    expect(status(at_work)).to_contain_text(SAVED)
    assert letter().body.endswith("One line.")


def test_a_tick_to_remove_someone_is_not_called_saved(browser, at_work):
    interview = Interview.objects.get()
    at_work.goto(f"/interviews/{interview.id}/panel/")
    at_work.locator("[name=panel-0-DELETE]").check()
    expect(status(at_work)).to_contain_text("The people you checked will be removed when you continue")
    names = list(interview.interviewers.values_list("full_name", flat=True))
    assert names == ["Priya Nair", "Tomasz Wójcik", "Dana O'Brien"]


def test_a_browser_without_storage_says_so(open_browser, forgiven):
    forgiven.append("ERR_INTERNET_DISCONNECTED")
    context = open_browser()
    context.add_init_script("Storage.prototype.setItem = () => { throw new Error('full'); };")
    page = context.new_page()
    page.goto("/interviews/new/")
    page.fill("[name=company]", "Zylker")
    expect(status(page)).to_contain_text("This browser can’t keep what you type")
    context.set_offline(True)
    page.fill("[name=company]", "Zylker Pay")
    expect(status(page)).to_contain_text("This browser can’t keep what you type")
