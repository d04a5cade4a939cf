// Saves the form while one types. What the server has not confirmed stays in this browser, whatever happens to the
// connection, the session or the tab, and is saved once it can be.
import { forget, foundElsewhere, foundHere, keep, lastSent, onLeft, placeOf, sending } from "./kept.js";

const form = document.querySelector("form[data-autosave]");
const status = form.querySelector("[data-save-status]");
const echo = document.querySelector("[data-save-echo]");
const above = document.querySelector("[data-conflict-place]");
const version = form.querySelector("[name=version]");
const place = placeOf(form);
const PAUSE = 1200; // after the last key
const LONGEST = 5000; // while typing goes on
const RETRY = 8000;

let { owner } = document.body.dataset;
let base = version?.value ?? ""; // the version that the text builds on
let typed = 0; // counts changes,
let saved = 0; // up to this one they are stored
let first = 0; // when the oldest unsaved change was made
let timer = 0;
let flight = null;
let pending = null; // sent, and not answered yet
let stopped = Boolean(above.querySelector("[data-both]")); // until one saves on purpose
let keeps = true;
let shown = "";
let isSending = false; // on purpose
let isReached = false; // the server, although the browser thinks it has no network

// ---------------------------------------------------------------- what to say

// As the page writes times.
const { times } = document.body.dataset;

const KEPT = new Set(["typed", "notYet", "offline", "busy", "out", "other"]);
const SHORT = { saved: "shortSaved", saving: "saving", conflict: "shortConflict", out: "shortOut", gone: "shortGone" };

function say(state, more = "", link = "") {
  // On a phone the line itself is far below: the bar at the bottom says it in short.
  if (echo) echo.textContent = status.dataset[SHORT[state] ?? "shortNot"];
  const said = !keeps && KEPT.has(state) ? [status.dataset.unkept] : [status.dataset[state] ?? "", more];
  const words = said.filter(Boolean).join(" ");
  const now = state === "saved" ? ` ${new Date().toLocaleTimeString(times, { hour: times === "en-gb" ? "2-digit" : "numeric", minute: "2-digit" })}` : "";
  // Read out where something is the matter, not at every pause.
  status.setAttribute("aria-live", ["typed", "saving", "saved"].includes(state) ? "off" : "polite");
  status.dataset.state = keeps || !KEPT.has(state) ? state : "unkept";
  if (shown === state + words && state !== "saved") return;
  shown = state + words;
  status.replaceChildren(words + now);
  if (link) {
    const anchor = document.createElement("a");
    anchor.href = `${link}?next=${encodeURIComponent(location.pathname)}`;
    anchor.target = "_blank";
    anchor.textContent = status.dataset.signIn;
    status.append(anchor);
  }
}

// ---------------------------------------------------------------- what is in the form

const PASSING = new Set(["csrfmiddlewaretoken", "confirm_remove", "owner", "sent", "version"]);
function written() {
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !PASSING.has(name));
}
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const removals = () => form.querySelector("input[name$='-DELETE']:checked");

function keepHere() {
  keeps = keep(place, { owner, version: base, fields: written(), pending });
}

// Puts kept values back; rows that the page does not show yet go along unseen and are saved with the rest.
function fill(fields) {
  const more = document.querySelector("[data-add-row]");
  const total = form.querySelector("[name=panel-TOTAL_FORMS]");
  const needed = Math.max(-1, ...fields.map(([name]) => Number(name.match(/^panel-(\d+)-/)?.[1] ?? -1)));
  while (more && total && total.value <= needed) more.click();
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
    else if (field.type === "radio") field.form.elements[name].value = value;
    else if (field.type !== "file") field.value = value;
    if (value) field.closest("details")?.setAttribute("open", "");
  }
  // Back opens the interview that this becomes.
  const id = form.querySelector("#id_id")?.value;
  if (id && location.pathname.endsWith("/new/")) history.replaceState(history.state, "", `?id=${id}`);
}

function putBack(entry, onVersion) {
  fill(entry.fields);
  if (!entry.isOwn) forget(place, entry.key);
  // Saved over the version it was typed on: if that has moved on, both texts are shown.
  if (version && onVersion) version.value = base = onVersion;
  for (const field of form.querySelectorAll("input:not([type=hidden]), textarea, select")) {
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  say("back");
}

const COUNTS = /(^|-)(id|asked|TOTAL_FORMS|INITIAL_FORMS|MIN_NUM_FORMS|MAX_NUM_FORMS)$/;

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
  const now = new Map(written());
  const others = entry.fields.filter(([name, value]) => value && !COUNTS.test(name) && now.get(name) !== value);
  const text = document.createElement("div");
  text.className = "stored-text";
  text.textContent = others.map(([, value]) => value).join("\n\n");
  const acts = document.createElement("p");
  acts.className = "undo";
  acts.append(
    button(status.dataset.put, () => putBack(entry, entry.version)),
    button(status.dataset.forget, () => forget(place, entry.key)),
  );
  notice.append(status.dataset.offer, text, acts);
  above.append(notice);
}

function restore(entry) {
  // What was on its way when the tab went may have arrived.
  const isCurrent = !version || entry.version === base || same(entry.pending, written());
  if (same(entry.fields, written())) {
    forget(place, entry.key);
  } else if (typed === saved && (entry.isOwn || isCurrent)) {
    putBack(entry, isCurrent ? base : entry.version);
  } else {
    offer(entry);
  }
}

async function restoreAll() {
  const here = await foundHere(place);
  const [visit] = performance.getEntriesByType("navigation");
  const early = [...form.querySelectorAll("input:not([type=hidden], [type=checkbox], [type=file]), textarea")]
    .find((field) => field.value !== field.defaultValue && field.id !== "id_time_zone");
  // Typed before this script was there.
  if (early && visit?.type === "navigate") early.dispatchEvent(new Event("input", { bubbles: true }));
  if (here) restore(here);
  for (const entry of await foundElsewhere(place)) restore(entry);
}

// ---------------------------------------------------------------- saving

function schedule(wait = PAUSE) {
  clearTimeout(timer);
  if (stopped) return;
  const left = first ? Math.max(0, LONGEST - (Date.now() - first)) : LONGEST;
  timer = setTimeout(save, wait === PAUSE ? Math.min(wait, left) : wait);
}

// A tab on its way out finishes what it sends only if it is small.
function send(isLeaving) {
  const body = new FormData(form);
  for (const [name, value] of [...body]) if (typeof value !== "string") body.delete(name);
  const keepalive = isLeaving && [...body].reduce((sum, [name, value]) => sum + name.length + value.length, 0) < 15_000;
  return fetch(location.href.split("#")[0], {
    method: "POST", body, headers: { "X-Autosave": "1", "X-Owner": owner }, redirect: "manual", keepalive,
  });
}

// Of tabs that nobody is known in yet, one after the other: the first save makes a guest of whoever types.
function inTurn(act) {
  return owner || !navigator.locks ? act() : navigator.locks.request("afterword:first", act);
}

function save() {
  timer = 0;
  if (stopped || typed === saved) return null;
  const isLeaving = document.visibilityState === "hidden";
  flight ??= inTurn(() => attempt(isLeaving)).catch(away).finally(() => {
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
  const upTo = typed;
  first = 0;
  say("saving");
  pending = written();
  keepHere();
  const answer = await send(isLeaving);
  if (answer.status === 204) return confirmed(upTo, answer);
  if (answer.status === 409) return conflict(answer);
  if (answer.status === 422) return notYet(await answer.text());
  if (answer.status === 403 || answer.status === 404) return outside(again);
  return away();
}

async function confirmed(upTo, answer) {
  saved = upTo;
  pending = null;
  base = answer.headers.get("X-Version");
  if (version) version.value = base;
  if (!owner) await learnOwner();
  if (typed !== saved) {
    keepHere();
  } else if (removals()) {
    // Ticked to be taken out, which is done on purpose alone: still to be lost.
    keepHere();
    say("removal");
  } else {
    forget(place);
    form.dispatchEvent(new Event("autosaved"));
    say("saved");
  }
}

async function conflict(answer) {
  stopped = true;
  pending = null;
  above.innerHTML = await answer.text();
  keepHere();
  // Whoever saves on purpose now has seen both.
  if (version) version.value = answer.headers.get("X-Version");
  say("conflict");
}

function notYet(fault) {
  // Stays typed and kept; the next change tries again.
  pending = null;
  saved = typed;
  keepHere();
  say("notYet", fault);
}

async function ask() {
  const answer = await fetch(document.body.dataset.session, { cache: "no-store" });
  return answer.json();
}

async function learnOwner() {
  try {
    ({ owner } = await ask());
    document.body.dataset.owner = owner;
    for (const field of document.querySelectorAll("[name=owner]")) field.value = owner;
  } catch {
    // Asked again at the next save.
  }
}

// Refused: signed out, somebody else, a token that signing in elsewhere renewed, or gone.
async function outside(again) {
  const now = await ask();
  if (now.owner === owner || now.brought.includes(owner)) {
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = now.token;
    if (again) return attempt(false, false);
    stopped = true;
    return say("gone");
  }
  say(now.owner ? "other" : "out", "", status.dataset.signInUrl);
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
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(); });

// Whoever left in another tab was asked about what is not saved: it goes from the page as well.
onLeft(() => owner, () => {
  if (typed === saved && [undefined, "saved"].includes(status.dataset.state)) return;
  stopped = true;
  clearTimeout(timer);
  forget(place);
  form.dispatchEvent(new Event("autosaved"));
  location.replace(location.pathname);
});

// What is typed after pressing Save would go with the page.
function readOnly(isOn) {
  for (const field of form.querySelectorAll("input:not([type=hidden]), textarea")) field.readOnly = isOn;
}

// Saving on purpose waits for the save under way, which makes the version that this one builds on.
window.addEventListener("submit", (event) => {
  if (event.target !== form) return;
  const { submitter } = event;
  if (isSending) {
    // A double click: the first is on its way.
    event.preventDefault();
    event.stopImmediatePropagation();
  } else if (!navigator.onLine && !isReached) {
    event.preventDefault();
    event.stopImmediatePropagation();
    keepHere();
    // The server may be on this very machine, where no network is needed.
    ask().then(() => { isReached = true; form.requestSubmit(submitter); }).catch(() => say("offline"));
  } else if (flight) {
    event.preventDefault();
    event.stopImmediatePropagation();
    stopped = true;
    flight.finally(() => {
      clearTimeout(timer);
      // What somebody else saved meanwhile is to be seen first.
      if (status.dataset.state !== "conflict") form.requestSubmit(submitter);
    });
  } else {
    stopped = isSending = true;
    clearTimeout(timer);
    keepHere();
    sending(form, place);
    say("saving");
    readOnly(true);
    // No answer: the page is still here, and so is what was typed.
    setTimeout(() => {
      readOnly(false);
      stopped = isSending = isReached = false;
      if (typed !== saved) schedule();
    }, RETRY);
  }
}, true);
window.addEventListener("pageshow", () => {
  readOnly(false);
  isSending = false;
});

if (lastSent === "back" && !stopped) {
  // This page came back with what was typed in it, and it is not stored.
  typed += 1;
  keepHere();
  schedule();
} else if (!stopped) {
  restoreAll();
}
