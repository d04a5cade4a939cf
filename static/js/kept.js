// What was typed and not saved yet, kept in this browser: by page, by tab, and by who was signed in. Each tab holds a
// lock for as long as it lives, so that the others know what is still being typed in it.
const TYPED = "afterword:typed:";
const TAB = "afterword:tab";
const SENT = "afterword:sent";
const LONGEST = 30 * 24 * 60 * 60 * 1000;
const MINUTE = 60_000;

const { owner = "", brought = "", guest, sent = "" } = document.body.dataset;

// ---------------------------------------------------------------- this tab

function newName() {
  return `${Date.now().toString(36)}-${crypto.getRandomValues(new Uint32Array(1))[0].toString(36)}`;
}

function held(name) {
  return new Promise((resolve) => {
    navigator.locks.request(TAB + name, { ifAvailable: true }, (lock) => {
      resolve(Boolean(lock));
      return lock ? new Promise(() => {}) : undefined;
    });
  });
}

function remembered() {
  try {
    return sessionStorage.getItem(TAB);
  } catch {
    return null;
  }
}

let tab = remembered() ?? newName();

// A tab that was duplicated has the name of the one it was made from, which holds the lock.
async function named() {
  while (navigator.locks && !await held(tab)) tab = newName();
  try {
    sessionStorage.setItem(TAB, tab);
  } catch {
    // Then the next page of this tab goes by another name.
  }
}

const ready = named();

async function living() {
  if (!navigator.locks) return null;
  return new Set((await navigator.locks.query()).held.map((lock) => lock.name));
}

// ---------------------------------------------------------------- keeping

// A page by its path; a new interview by its id as well, since several may be begun.
export function placeOf(form) {
  const id = form.querySelector("#id_id")?.value;
  return location.pathname + (location.pathname.endsWith("/new/") && id ? `:${id}` : "");
}

const own = (place) => `${TYPED}${place}#${tab}`;

// False where the browser keeps nothing (private windows of some, a full disk).
export function keep(place, entry) {
  try {
    localStorage.setItem(own(place), JSON.stringify({ ...entry, at: Date.now() }));
    return true;
  } catch {
    return false;
  }
}

export function forget(place, key = null) {
  try {
    localStorage.removeItem(key ?? own(place));
  } catch {
    // Nothing was kept then.
  }
}

// What was typed before anyone was known is for a visitor or guest alone.
function isMine(entry) {
  if (!entry.owner) return !owner || guest !== undefined;
  return entry.owner === owner || brought.split(" ").includes(entry.owner);
}

// The entry under a key, where it may be shown to whoever is signed in here.
function read(key) {
  const entry = JSON.parse(localStorage.getItem(key));
  if (!entry) return null;
  if (Date.now() - entry.at > LONGEST) {
    localStorage.removeItem(key);
    return null;
  }
  return isMine(entry) ? { ...entry, key, isOwn: false } : null;
}

// What this tab kept of this page. At once: the first key typed would be kept over it.
export async function foundHere(place) {
  try {
    await ready;
    const entry = read(own(place));
    return entry && { ...entry, isOwn: true };
  } catch {
    return null;
  }
}

// What tabs that are gone kept of it, the newest first.
export async function foundElsewhere(place) {
  try {
    await ready;
    // A tab that was closed this very moment may still hold its lock.
    await new Promise((resolve) => { setTimeout(resolve, 500); });
    const tabs = await living();
    const isGone = (name, entry) => name === tab || !(tabs ? tabs.has(TAB + name) : Date.now() - entry.at < MINUTE);
    return Object.keys(localStorage).filter((key) => key.startsWith(TYPED) && key !== own(place)).map((key) => {
      const [path, name] = [key.slice(TYPED.length, key.lastIndexOf("#")), key.slice(key.lastIndexOf("#") + 1)];
      const isHere = path === place || (place.includes(":") && path.split(":")[0] === place.split(":")[0]);
      const entry = read(key);
      return isHere && entry && isGone(name, entry) ? entry : null;
    }).filter(Boolean).sort((one, other) => other.at - one.at);
  } catch {
    return [];
  }
}

// ---------------------------------------------------------------- leaving

// Whether something is kept here that whoever is signed in typed.
export function keepsMine() {
  try {
    return Object.keys(localStorage).some((key) => key.startsWith(TYPED) && read(key));
  } catch {
    return false;
  }
}

const leaving = "BroadcastChannel" in window ? new BroadcastChannel("afterword:left") : null;
const isOf = (owners, name) => owners.includes(name || "visitor");

// The server says in a cookie who signed out or deleted everything: what they typed goes, in the other tabs as well.
function forgetWhoLeft() {
  const left = document.cookie.split("; ").find((cookie) => cookie.startsWith("left="))?.slice("left=".length);
  if (!left) return;
  const owners = left.split(".");
  for (const key of Object.keys(localStorage).filter((one) => one.startsWith(TYPED))) {
    if (isOf(owners, JSON.parse(localStorage.getItem(key))?.owner)) localStorage.removeItem(key);
  }
  leaving?.postMessage(owners);
  document.cookie = "left=; path=/; max-age=0";
}

try {
  forgetWhoLeft();
} catch {
  // Nothing can be kept here then.
}

// Calls `act` once whoever typed as `name()` has left in another tab.
export function onLeft(name, act) {
  leaving?.addEventListener("message", ({ data }) => { if (isOf(data, name())) act(); });
}

// ---------------------------------------------------------------- a form sent on purpose

// Marks the form, so that the page which follows can tell whether it was stored.
export function sending(form, place) {
  try {
    const mark = newName();
    sessionStorage.setItem(SENT, JSON.stringify({ key: own(place), mark }));
    const field = form.querySelector("[name=sent]") ?? document.createElement("input");
    Object.assign(field, { type: "hidden", name: "sent", value: mark });
    form.append(field);
  } catch {
    // Without it, what was kept is offered once more.
  }
}

// How the form sent last from this tab came out: "back" where this page is its answer with what was typed in it.
function outcome() {
  const last = JSON.parse(sessionStorage.getItem(SENT));
  if (!last) return "";
  if (document.cookie.split("; ").includes(`stored-${last.mark}=1`)) {
    document.cookie = `stored-${last.mark}=; path=/; max-age=0`;
    sessionStorage.removeItem(SENT);
    localStorage.removeItem(last.key);
    return "stored";
  }
  return sent === last.mark ? "back" : "";
}

export const lastSent = (() => {
  try {
    return outcome();
  } catch {
    return "";
  }
})();
