// On every page: no double submit, a warning before leaving unsaved text, errors and the current step in view.
import { keepsMine } from "./kept.js";
import "./offline.js";
import "./address.js";

for (const element of document.querySelectorAll("[data-nojs]")) element.hidden = true;

const summary = document.querySelector("[data-error-summary]");
if (summary) summary.focus();

// Text boxes grow with their text; newer browsers do it by themselves (field-sizing in the style sheet).
function grow(area) {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
}
if (!CSS.supports("field-sizing", "content")) {
  const growAll = () => { for (const area of document.querySelectorAll("textarea")) if (area.offsetParent) grow(area); };
  document.addEventListener("input", (event) => { if (event.target.matches("textarea")) grow(event.target); });
  // A box that was folded away has no height before it is unfolded.
  document.addEventListener("toggle", growAll, true);
  for (const name of ["pageshow", "resize"]) window.addEventListener(name, growAll);
}

const here = document.querySelector(".steps [aria-current], .panel-nav [aria-current]");
if (here) {
  const line = here.closest("nav");
  const item = here.closest("li");
  line.scrollLeft = item.offsetLeft - (line.clientWidth - item.offsetWidth) / 2;
}
// Mark the edges where a scrolling strip, or the letter beside the notes, hides more; the style sheet fades them.
for (const box of document.querySelectorAll(".steps, .panel-nav, .writing-letter")) {
  const markEdges = () => {
    const isVertical = box.matches(".writing-letter");
    const at = isVertical ? box.scrollTop : box.scrollLeft;
    const rest = isVertical ? box.scrollHeight - box.clientHeight - at : box.scrollWidth - box.clientWidth - at;
    const edges = [at > 2 && "before", rest > 2 && "after"].filter(Boolean);
    if (edges.length) box.dataset.edges = edges.length > 1 ? "both" : edges[0];
    else delete box.dataset.edges;
  };
  box.addEventListener("scroll", markEdges, { passive: true });
  const sizes = new ResizeObserver(markEdges);
  for (const part of [box, ...box.children]) sizes.observe(part);
}

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

// Back to a page of somebody who has signed out since: it is not shown before it is known to be theirs still.
const { owner, session } = document.body.dataset;
window.addEventListener("pageshow", async (event) => {
  const [visit] = performance.getEntriesByType("navigation");
  if (!owner || !(event.persisted || visit?.type === "back_forward")) return;
  document.body.classList.add("is-unseen");
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
