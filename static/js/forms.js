// On every page: no double submit, a warning before leaving unsaved text, errors in view.

// Registers the service worker that shows our offline page. If that fails, everything else still works.
const worker = document.body.dataset.worker;
if (worker && "serviceWorker" in navigator) {
  addEventListener("load", () => navigator.serviceWorker.register(worker).catch(() => {}));
}
if (document.querySelector("[data-address-question]")) import("./address.js");

for (const element of document.querySelectorAll("[data-nojs]")) element.hidden = true;

const summary = document.querySelector("[data-error-summary]");
if (summary) {
  summary.focus();
  import("./errors.js");
}
// That a letter is marked as sent has `autofocus`, which a place in the address takes away while the page loads.
const sent = document.querySelector("[data-sent-said]");
if (sent && location.hash) addEventListener("load", () => requestAnimationFrame(() => sent.focus({ preventScroll: true })));

// Keyboard shortcuts load with the first key outside a field. All keys wait for the same promise: of two pending imports,
// the second can finish first, and "g i" would arrive as "i g".
let shortcuts = null;
addEventListener("keydown", (event) => {
  if (event.target.matches?.("input, textarea, select")) return;
  // Offline, the script can't be loaded; the next key tries again.
  shortcuts ??= import("./shortcuts.js").catch(() => { shortcuts = null; });
  shortcuts.then((module) => module?.press(event));
});

// Text boxes grow with their text; newer browsers do it by themselves (field-sizing in the style sheet).
if (!CSS.supports("field-sizing", "content")) import("./grow.js");
if (document.querySelector(".steps, .panel-nav, .writing-letter")) import("./strips.js");

// What came back with errors was typed and is not stored.
const guarded = document.querySelectorAll("form[data-guard]");
let dirty = guarded.length > 0 && Boolean(summary || document.querySelector("[data-unsaved]"));
let leaving = false;
for (const form of guarded) {
  form.addEventListener("input", () => { dirty = true; });
  form.addEventListener("autosaved", () => { dirty = false; });
  form.addEventListener("submit", (event) => {
    if (leaving) { event.preventDefault(); return; }
    leaving = true;
    // A request that was stopped or lost must not leave the button dead.
    setTimeout(() => { leaving = false; }, 6000);
  });
}
// Signing out and deleting everything take away what is not saved, here and in other tabs: asked once, before.
for (const form of document.querySelectorAll("form[data-unsaved-question]")) {
  let keepsMine = () => false;
  import("./kept.js").then((kept) => { ({ keepsMine } = kept); });
  form.addEventListener("submit", (event) => {
    if ((dirty || keepsMine()) && !window.confirm(form.dataset.unsavedQuestion)) {
      event.preventDefault();
      return;
    }
    leaving = true;
    setTimeout(() => { leaving = false; }, 6000);
  });
}
window.addEventListener("beforeunload", (event) => {
  if (dirty && !leaving) event.preventDefault();
});
// Back: the page may have been kept as it was before it was saved; what is stored now is newer.
window.addEventListener("pageshow", (event) => {
  if (event.persisted && leaving) location.reload();
  leaving = false;
});

// Back to a page of somebody who has signed out since: one that was kept is not shown before it is known to be theirs.
const { owner, session } = document.body.dataset;
window.addEventListener("pageshow", async (event) => {
  const [visit] = performance.getEntriesByType("navigation");
  if (!owner || !(event.persisted || visit?.type === "back_forward")) return;
  // Only a page that was kept as it was can be somebody else's; another one comes from the server.
  if (event.persisted) document.body.classList.add("is-unseen");
  try {
    const now = await (await fetch(session, { cache: "no-store" })).json();
    if (now.owner !== owner) {
      location.reload();
      return;
    }
  } catch {
    // Without a connection nobody can have signed out here meanwhile and gone on.
  }
  document.body.classList.remove("is-unseen");
});

// Browsers put back what was typed into a form before, whoever typed it: not for somebody else.
const { owner: before } = history.state ?? {};
history.replaceState({ ...history.state, owner }, "");
if (before !== undefined && before !== owner && !(before === "" && document.body.dataset.guest !== undefined)) {
  const reset = () => { for (const form of document.forms) form.reset(); };
  if (document.readyState === "complete") reset();
  else window.addEventListener("pageshow", reset);
}
