"""Offline, our own page is shown, and no page with a user's text is ever in the browser's cache."""

from playwright.sync_api import expect

from tests.browser import steps

KEPT = """async () => {
  const urls = [];
  for (const key of await caches.keys()) {
    for (const request of await (await caches.open(key)).keys()) urls.push(new URL(request.url).pathname);
  }
  return urls;
}"""


def test_offline_shows_our_page_and_no_letter_is_ever_cached(open_browser, forgiven):
    forgiven.append("ERR_INTERNET_DISCONNECTED")
    context = open_browser(service_workers="allow")
    page = context.new_page()
    page.goto("/")
    page.evaluate("() => navigator.serviceWorker.ready")
    steps.tell_everything(page)
    assert "/drafts/" in page.url
    page.reload()
    kept = page.evaluate(KEPT)
    assert "/offline/" in kept
    assert all(path == "/offline/" or path.startswith("/static/") for path in kept)
    context.set_offline(True)
    page.goto("/interviews/")
    expect(page.get_by_role("heading", level=1)).to_have_text("You’re offline")
    context.set_offline(False)
    page.reload()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("You’re offline")
