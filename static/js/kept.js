// What was typed and not saved yet, kept in this browser: by page, by tab, and by who was signed in.
const PREFIX = "afterword:typed:";
const LONGEST = 30 * 24 * 60 * 60 * 1000;

function tabName() {
  const made = sessionStorage.getItem("afterword:tab") ?? `${Date.now()}-${crypto.getRandomValues(new Uint32Array(1))[0]}`;
  sessionStorage.setItem("afterword:tab", made);
  return made;
}

const own = (path) => `${PREFIX}${path}#${tabName()}`;

// False where the browser keeps nothing (private windows of some, a full disk).
export function keep(path, owner, version, fields) {
  try {
    localStorage.setItem(own(path), JSON.stringify({ owner, version, fields, at: Date.now() }));
    return true;
  } catch {
    return false;
  }
}

export function forget(path, key = null) {
  try {
    localStorage.removeItem(key ?? own(path));
  } catch {
    // Nothing was kept then.
  }
}

// ---------------------------------------------------------------- a form sent on purpose

const SENT = "afterword:sent";

export function sending(path) {
  sessionStorage.setItem(SENT, own(path));
}

// How the form sent last from this tab came out, asked once on every page: "saved" where the server led on to
// another page, "back" where this page is its answer with what was typed in it, "" where neither is known.
function outcome() {
  const key = sessionStorage.getItem(SENT);
  sessionStorage.removeItem(SENT);
  const [visit] = performance.getEntriesByType("navigation");
  if (!key || visit?.type !== "navigate") return "";
  if (visit.redirectCount > 0) {
    localStorage.removeItem(key);
    return "saved";
  }
  return key === own(location.pathname) ? "back" : "";
}

export const lastSent = (() => {
  try {
    return outcome();
  } catch {
    return "";
  }
})();

// What this page may show to whoever is signed in: of this tab first, then of others, the newest first.
export function found(path, owner) {
  const entries = [];
  try {
    for (const key of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX))) {
      const entry = JSON.parse(localStorage.getItem(key));
      if (!entry || Date.now() - entry.at > LONGEST) localStorage.removeItem(key);
      else if (key.startsWith(`${PREFIX}${path}#`) && (!entry.owner || entry.owner === owner)) {
        entries.push({ key, isOwn: key === own(path), ...entry });
      }
    }
  } catch {
    return [];
  }
  return entries.sort((one, other) => other.isOwn - one.isOwn || other.at - one.at);
}
