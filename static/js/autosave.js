// Saves the form while one types. What the server has not confirmed stays in this browser, whatever happens to the
// connection, the session or the tab, and is saved once it can be.
import { forget, found, keep, lastSent, sending } from "./kept.js";

const form = document.querySelector("form[data-autosave]");
const status = form.querySelector("[data-save-status]");
const echo = document.querySelector("[data-save-echo]");
const place = document.querySelector("[data-conflict-place]");
const version = form.querySelector("[name=version]");
const path = location.pathname;
const PAUSE = 1200; // after the last key
const LONGEST = 5000; // while typing goes on
const RETRY = 8000;

let owner = form.dataset.autosave;
let typed = 0; // counts changes,
let saved = 0; // up to this one they are stored
let first = 0; // when the oldest unsaved change was made
let timer = 0;
let flight = null;
let stopped = Boolean(place.querySelector("[data-both]")); // until one saves on purpose
let shown = "";

// ---------------------------------------------------------------- what to say

function say(state, more = "", link = "") {
  // On a phone the line itself is far below: the bar at the bottom says it in short.
  if (echo) echo.textContent = `· ${state === "saved" ? status.dataset.shortSaved : status.dataset.shortNot}`;
  const words = [status.dataset[state] ?? "", more].filter(Boolean).join(" ");
  const now = state === "saved" ? ` ${new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}` : "";
  // Read out where something is the matter, not at every pause.
  status.setAttribute("aria-live", ["typed", "saving", "saved"].includes(state) ? "off" : "polite");
  status.dataset.state = state;
  if (shown === state + words && state !== "saved") return;
  shown = state + words;
  status.replaceChildren(words + now);
  if (link) {
    const anchor = document.createElement("a");
    anchor.href = `${link}?next=${encodeURIComponent(path)}`;
    anchor.target = "_blank";
    anchor.textContent = status.dataset.signIn;
    status.append(anchor);
  }
}

// ---------------------------------------------------------------- what is in the form

const PASSING = new Set(["csrfmiddlewaretoken", "confirm_remove"]);
function values() {
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !PASSING.has(name));
}
const written = () => values().filter(([name]) => name !== "version");
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function keepHere() {
  if (!keep(path, owner, version?.value ?? "", written())) say("unkept");
}

// Puts kept values back; rows that the page does not show yet go along unseen and are saved with the rest.
function fill(fields) {
  const more = document.querySelector("[data-add-row]");
  const rows = (name) => Number(name.match(/^panel-(\d+)-/)?.[1] ?? -1);
  const needed = Math.max(-1, ...fields.map(([name]) => rows(name)));
  while (more && form.querySelector("[name=panel-TOTAL_FORMS]") && form.elements["panel-TOTAL_FORMS"].value <= needed) more.click();
  for (const box of form.querySelectorAll("input[type=checkbox]")) box.checked = false;
  for (const [name, value] of fields) {
    let field = form.querySelector(`[name="${CSS.escape(name)}"]`);
    if (!field) {
      field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      form.append(field);
    }
    if (field.type === "checkbox") field.checked = true;
    else if (field.type !== "file") field.value = value;
    field.closest("details")?.setAttribute("open", "");
  }
}

function putBack(entry) {
  fill(entry.fields);
  // Saved over the version it was typed on: if that has moved on, both texts are shown.
  if (version && entry.version) version.value = entry.version;
  for (const field of form.querySelectorAll("input:not([type=hidden]), textarea, select")) {
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  if (!entry.isOwn) forget(path, entry.key);
  say("back");
}

function offer(entry) {
  const notice = document.createElement("div");
  notice.className = "notice notice-info";
  const button = (words, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn-outline-primary btn-sm";
    made.textContent = words;
    made.addEventListener("click", () => { act(); notice.remove(); });
    return made;
  };
  const text = document.createElement("p");
  text.className = "stored-text";
  text.textContent = entry.fields.filter(([name, value]) => value && !/(^|-)(id|TOTAL_FORMS|INITIAL_FORMS|MIN_NUM_FORMS|MAX_NUM_FORMS)$/.test(name))
    .map(([, value]) => value).join(" · ").slice(0, 400);
  const acts = document.createElement("p");
  acts.className = "undo";
  acts.append(
    button(status.dataset.put, () => putBack(entry)),
    button(status.dataset.forget, () => forget(path, entry.key)),
  );
  notice.append(status.dataset.offer, text, acts);
  place.append(notice);
}

function restore() {
  for (const entry of found(path, owner)) {
    if (same(entry.fields, written())) {
      forget(path, entry.key);
    } else if (typed === saved && (entry.isOwn || !version || entry.version === version.value)) {
      putBack(entry);
    } else {
      offer(entry);
    }
  }
}

// ---------------------------------------------------------------- saving

function schedule(wait = PAUSE) {
  clearTimeout(timer);
  if (stopped) return;
  const left = first ? Math.max(0, LONGEST - (Date.now() - first)) : LONGEST;
  timer = setTimeout(save, wait === PAUSE ? Math.min(wait, left) : wait);
}

function data() {
  const body = new FormData(form);
  for (const [name, value] of [...body]) if (typeof value !== "string") body.delete(name);
  return body;
}

// A tab on its way out finishes what it sends only if it is small.
function send(isLeaving) {
  const body = data();
  const keepalive = isLeaving && [...body].reduce((sum, [name, value]) => sum + name.length + value.length, 0) < 15_000;
  return fetch(location.href.split("#")[0], {
    method: "POST", body, headers: { "X-Autosave": "1" }, redirect: "manual", keepalive,
  });
}

function save() {
  if (stopped || typed === saved) return null;
  flight ??= attempt(document.visibilityState === "hidden").catch(away).finally(() => {
    flight = null;
    if (typed !== saved && !stopped && !timer) schedule();
  });
  return flight;
}

function away() {
  say(navigator.onLine ? "busy" : "offline");
  schedule(RETRY);
}

async function attempt(isLeaving, again = true) {
  timer = clearTimeout(timer) ?? 0;
  const upTo = typed;
  first = 0;
  say("saving");
  const answer = await send(isLeaving);
  if (answer.status === 204) return confirmed(upTo, answer);
  if (answer.status === 409) return conflict(answer);
  if (answer.status === 422) return notYet(await answer.text());
  if (answer.status === 403 || answer.status === 404) return outside(again);
  return away();
}

function confirmed(upTo, answer) {
  saved = upTo;
  if (version) version.value = answer.headers.get("X-Version");
  if (!owner) learnOwner();
  if (typed === saved) {
    forget(path);
    form.dispatchEvent(new Event("autosaved"));
    say("saved");
  } else {
    keepHere();
  }
}

async function conflict(answer) {
  stopped = true;
  place.innerHTML = await answer.text();
  // Whoever saves on purpose now has seen both.
  if (version) version.value = answer.headers.get("X-Version");
  keepHere();
  say("conflict");
}

function notYet(fault) {
  // Stays typed and kept; the next change tries again.
  say("notYet", fault);
}

async function ask() {
  const answer = await fetch(status.dataset.session, { cache: "no-store" });
  return answer.json();
}

async function learnOwner() {
  // The first save made a guest of whoever types.
  try {
    owner = (await ask()).owner;
  } catch {
    // Asked again at the next save.
  }
}

// Refused: signed out, somebody else, a token that signing in elsewhere renewed, or gone.
async function outside(again) {
  const now = await ask();
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = now.token;
  if (now.owner === owner) {
    if (again) return attempt(false, false);
    stopped = true;
    return say("gone");
  }
  say(now.owner ? "other" : "out", "", now.owner ? "" : status.dataset.signInUrl);
  return schedule(RETRY);
}

// ---------------------------------------------------------------- when

form.addEventListener("input", (event) => {
  if (event.target.type === "file") return;
  typed += 1;
  first ||= Date.now();
  keepHere();
  if (!stopped && !flight) say("typed");
  schedule();
});
for (const name of ["online", "focus"]) window.addEventListener(name, () => { if (typed !== saved) schedule(100); });
window.addEventListener("offline", () => { if (typed !== saved) say("offline"); });
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") save();
});

// Saving on purpose waits for the save under way, which makes the version that this one builds on.
window.addEventListener("submit", (event) => {
  if (event.target !== form) return;
  if (!navigator.onLine) {
    event.preventDefault();
    event.stopImmediatePropagation();
    keepHere();
    say("offline");
  } else if (flight) {
    event.preventDefault();
    event.stopImmediatePropagation();
    const submitter = event.submitter;
    stopped = true;
    flight.finally(() => {
      clearTimeout(timer);
      // What somebody else saved meanwhile is to be seen first.
      if (status.dataset.state !== "conflict") form.requestSubmit(submitter);
    });
  } else {
    stopped = true;
    clearTimeout(timer);
    keepHere();
    sending(path);
    // The answer may be a page that says nothing is lost; then it must be true.
    setTimeout(() => { stopped = false; }, RETRY);
  }
}, true);

if (lastSent === "back" && !stopped) {
  // This page came back with what was typed in it, and it is not stored.
  typed += 1;
  keepHere();
  schedule();
} else if (!stopped) {
  restore();
}
