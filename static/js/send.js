// The way that was taken is offered first the next time; the share sheet is offered where the device has one.
const place = document.querySelector("[data-remember]");
const letter = document.getElementById("letter-form");

function remember(channel) {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  data.set("channel", channel);
  // The page may be left at once; what it remembers is a convenience, so a failure is no one's business.
  fetch(place.dataset.remember, { method: "POST", body: data, keepalive: true, redirect: "manual" }).catch(() => {});
}

// Beside a letter that is being typed: a link has the text of the last check, a file or another page the one that was
// saved last.
const isUnchecked = () => document.getElementById("checks").classList.contains("is-old");
function isUnsaved() {
  const { state } = letter.querySelector("[data-save-status]").dataset;
  return Boolean(state) && state !== "saved";
}
function isOld({ channel }) {
  if (!letter || channel === "copy") return false;
  if (channel) return isUnchecked() || (channel === "eml" && isUnsaved());
  return isUnsaved();
}

document.addEventListener("click", (event) => {
  const way = event.target.closest("[data-channel], [data-other-ways]");
  if (!way) return;
  if (isOld(way.dataset)) {
    // Saved first; the page that follows has every way with the text as it is then.
    event.preventDefault();
    letter.requestSubmit(letter.querySelector("[name=copy]"));
  } else if (way.dataset.channel) {
    remember(way.dataset.channel);
    // What was opened cannot tell whether the letter was sent.
    const opened = document.querySelector("[data-opened]");
    if (opened && !["copy", "share"].includes(way.dataset.channel)) opened.hidden = false;
  }
});
for (const ways of document.querySelectorAll("[data-ways]")) ways.hidden = false;

const text = (id) => document.getElementById(id)?.textContent ?? "";
for (const button of document.querySelectorAll("[data-share]")) {
  const shared = { title: text("copy-subject"), text: text("copy-body") };
  if (!navigator.share || (navigator.canShare && !navigator.canShare(shared))) continue;
  button.hidden = false;
  const item = button.closest("[data-share-item]");
  if (item) item.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.share(shared);
    } catch (error) {
      const status = document.getElementById("copy-status");
      if (error.name !== "AbortError") status.textContent = status.dataset.press;
    }
  });
}
