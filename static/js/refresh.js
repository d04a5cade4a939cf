// What depends on the time of day is asked for anew every minute while the page is looked at. An answer that does not
// come, or comes from another page (signed out), changes nothing.
const MINUTE = 60_000;
const part = document.querySelector("[data-refresh]");
let asked = Date.now();
let asking = false;

async function refresh() {
  if (asking || document.hidden) return;
  asking = true;
  asked = Date.now();
  try {
    const answer = await fetch(part.dataset.refresh, { redirect: "error" });
    if (answer.ok) {
      const text = await answer.text();
      if (!part.contains(document.activeElement)) part.innerHTML = text;
      const title = answer.headers.get("X-Title");
      if (title) document.title = decodeURIComponent(title);
    }
  } catch {
    // Away from the network: the page stays as it is.
  } finally {
    asking = false;
  }
}

if (part) {
  setInterval(refresh, MINUTE);
  document.addEventListener("visibilitychange", () => { if (Date.now() - asked > MINUTE / 2) refresh(); });
}
