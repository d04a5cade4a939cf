// Keyboard shortcuts, loaded when the first key is pressed outside a field (forms.js). A key clicks or focuses the element
// that has it in its aria-keyshortcuts; templates/drafts/shortcuts.html lists all keys.
const STORE = "shortcuts";  // in localStorage: "off" if they are turned off
const GO = { h: ".wordmark", i: ".desk-header a[href$='/interviews/']" };  // after g
const WAIT = 3000;  // milliseconds between g and the next key
// Somebody who goes on typing after leaving a field types faster than this. Such letters are not shortcuts.
const TYPING = 350;  // milliseconds

const own = document.querySelector("main #shortcuts");
let sinceGo = -Infinity;
let sinceLetter = -Infinity;
let waiting = 0;
let isOpening = false;

function isOn() {
  try { return localStorage.getItem(STORE) !== "off"; } catch { return true; }
}

// The people of the panel if there are any, or else the steps of the interview.
function neighbor(by) {
  const here = document.querySelector(".panel-nav [aria-current], .steps [aria-current]")?.closest("li");
  return here?.[by]?.querySelector("a");
}

function targetOf(key) {
  if (key === "n") return neighbor("nextElementSibling");
  if (key === "p") return neighbor("previousElementSibling");
  const found = document.querySelectorAll(`[aria-keyshortcuts="${CSS.escape(key)}"]`);
  return [...found].find((element) => element.offsetParent);
}

function use(element) {
  if (element.matches("input, textarea, select")) element.focus();
  else element.click();
}

export function press(event) {
  const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return;
  if (isTyping || document.querySelector("dialog[open]") || !isOn()) return;
  const now = event.timeStamp;
  const isAfterGo = now - sinceGo < WAIT;
  sinceGo = event.key === "g" ? now : -Infinity;
  if (event.key === "?") {
    event.preventDefault();
    if (!own && !isOpening) open();
    return;
  }
  const isTyped = event.key.length === 1 && now - sinceLetter < TYPING && !isAfterGo;
  clearTimeout(waiting);
  if (event.key.length === 1) sinceLetter = now;
  if (event.shiftKey || !/^[a-z]$/.test(event.key)) return;
  const element = isAfterGo ? GO[event.key] && document.querySelector(GO[event.key]) : targetOf(event.key);
  if (!element) return;
  event.preventDefault();
  if (isAfterGo) use(element);
  else if (!isTyped) waiting = setTimeout(() => use(element), TYPING);
}

// Shows the list of the page "Keyboard shortcuts". The browser restores the focus when the dialog closes.
async function open() {
  isOpening = true;
  let html;
  try {
    const answer = await fetch(document.body.dataset.shortcuts);
    if (!answer.ok) return;
    html = await answer.text();
  } catch {
    // Offline, the list can't be loaded; the keys still work.
    return;
  } finally {
    isOpening = false;
  }
  const page = new DOMParser().parseFromString(html, "text/html");
  const dialog = document.createElement("dialog");
  dialog.className = "shortcuts";
  dialog.setAttribute("aria-labelledby", "shortcuts-title");
  dialog.append(...page.getElementById("shortcuts").children);
  for (const words of dialog.querySelectorAll("[data-nojs]")) words.remove();
  offerSwitch(dialog);
  dialog.querySelector("[data-close]").hidden = false;
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  // A click outside the dialog closes it.
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => dialog.remove());
  // Start reading at the top: without this, the first field would get the focus.
  const title = dialog.querySelector("h1");
  title.tabIndex = -1;
  title.autofocus = true;
  document.body.append(dialog);
  dialog.showModal();
}

// Without JavaScript there are no shortcuts, and nothing to turn off.
function offerSwitch(place) {
  const box = place.querySelector("[data-shortcuts-on]");
  box.closest(".form-check").hidden = false;
  box.checked = isOn();
  box.addEventListener("change", () => {
    try {
      if (box.checked) localStorage.removeItem(STORE);
      else localStorage.setItem(STORE, "off");
    } catch {
      // This browser can't store the setting: they stay on.
      box.checked = true;
    }
  });
}

if (own) offerSwitch(own);
