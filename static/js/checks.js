// The notes in the margin: words underlined in the letter, each note beside its line, a suggestion taken with one
// click. Checking is htmx's (the form's hx-post); an answer about a text that has changed since is dropped.
const form = document.getElementById("letter-form");
const body = document.getElementById("id_body");
const subject = document.getElementById("id_subject");
const checks = document.getElementById("checks");
const fold = document.getElementById("checks-fold");
const bar = document.querySelector("[data-checks-bar]");
const barText = bar.querySelector("[data-bar-text]");
const count = document.getElementById("check-count");
const trouble = document.getElementById("checks-trouble");
const undo = document.getElementById("checks-undo");
const wide = window.matchMedia("(min-width: 992px)");
const fields = { body, subject };

// ---------------------------------------------------------------- places

// The server counts characters, a text field half of some of them (an emoji is two).
function place(text, characters) {
  let at = 0;
  for (let n = 0; n < characters && at < text.length; n += 1) at += text.codePointAt(at) > 0xffff ? 2 : 1;
  return at;
}

// Where a note's words are now: at its place, else the nearest such words; null where they are gone.
function span(remark) {
  const field = fields[remark.dataset.part];
  if (!field) return null;
  const text = field.value;
  const words = remark.dataset.words;
  const start = place(text, +remark.dataset.start);
  if (!words) return { field, start, end: start };
  if (text.startsWith(words, start)) return { field, start, end: start + words.length };
  const before = text.lastIndexOf(words, start);
  const after = text.indexOf(words, start);
  if (before < 0 && after < 0) return null;
  const found = before < 0 || (after >= 0 && after - start < start - before) ? after : before;
  return { field, start: found, end: found + words.length };
}

const remarks = () => [...checks.querySelectorAll(".remark")];

// ---------------------------------------------------------------- underlines

const mirror = document.createElement("div");
mirror.className = "sheet-mirror";
mirror.setAttribute("aria-hidden", "true");
body.before(mirror);

const isFix = (remark) => remark.classList.contains("remark-fix");

// Of the notes on the same words the graver shows, then the one on fewer words.
function weigh(one, other) {
  return isFix(other.remark) - isFix(one.remark) || (one.place.end - one.place.start) - (other.place.end - other.place.start);
}

function underline() {
  const text = body.value;
  const marks = remarks()
    .map((remark) => ({ remark, place: span(remark) }))
    .filter(({ place: found }) => found && found.field === body && found.end > found.start)
    .sort(weigh);
  const edges = [...new Set([0, text.length, ...marks.flatMap((one) => [one.place.start, one.place.end])])];
  edges.sort((one, other) => one - other);
  mirror.replaceChildren();
  for (let n = 0; n + 1 < edges.length; n += 1) {
    const [start, end] = [edges[n], edges[n + 1]];
    const best = marks.find((one) => one.place.start <= start && end <= one.place.end);
    if (!best) {
      mirror.append(text.slice(start, end));
      continue;
    }
    const mark = document.createElement("span");
    mark.className = `slip slip-${isFix(best.remark) ? "fix" : "consider"}`;
    mark.dataset.for = best.remark.dataset.remark;
    mark.textContent = text.slice(start, end);
    mirror.append(mark);
  }
  // A last line break would have no height without something after it.
  mirror.append("\u200b");
}

// ---------------------------------------------------------------- notes beside their lines

function top(remark) {
  const mark = mirror.querySelector(`[data-for="${remark.dataset.remark}"]`);
  if (mark) return mark.getBoundingClientRect().top;
  const found = span(remark);
  if (!found) return 0;
  if (found.field === subject) return subject.getBoundingClientRect().top;
  // Without words of its own: the line at its place, found by measuring the text before it.
  const range = document.createRange();
  let left = found.start;
  const walker = document.createTreeWalker(mirror, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (left <= node.length) {
      range.setStart(node, left);
      range.collapse(true);
      const box = range.getBoundingClientRect();
      return box.top || mirror.getBoundingClientRect().top;
    }
    left -= node.length;
  }
  return mirror.getBoundingClientRect().top;
}

function arrange() {
  const list = checks.querySelector(".remarks");
  if (!list) return;
  for (const remark of remarks()) remark.style.top = "";
  list.style.height = "";
  list.classList.toggle("remarks-placed", wide.matches);
  if (!wide.matches) return;
  const origin = list.getBoundingClientRect().top;
  let free = 0;
  const inOrder = remarks().map((remark) => ({ remark, y: top(remark) - origin }));
  inOrder.sort((one, other) => one.y - other.y);
  for (const { remark, y } of inOrder) {
    const at = Math.max(free, y);
    remark.style.top = `${at}px`;
    free = at + remark.offsetHeight + 10;
  }
  list.style.height = `${free}px`;
}

const LONGEST_IN_BAR = 60; // characters: two lines of a phone
function draw() {
  underline();
  arrange();
  const [said, short] = ["count", "countShort"].map((name) => checks.querySelector("[data-count]").dataset[name].trim());
  // Only a change is read out.
  if (count.textContent !== said) count.textContent = said;
  barText.textContent = (said.length > LONGEST_IN_BAR ? short : said) || bar.dataset.label;
}

// ---------------------------------------------------------------- checking

const sent = new WeakMap();
// Which note had the focus when its answer came; none: -1.
let left = -1;
// Notes whose reason is being read.
let opened = new Set();
const typed = () => `${subject.value}\u0000${body.value}`;

document.body.addEventListener("htmx:beforeSend", (event) => {
  if (event.detail.target === checks) sent.set(event.detail.xhr, typed());
});
document.body.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target !== checks) return;
  if (sent.get(event.detail.xhr) !== typed()) {
    event.detail.shouldSwap = false;
    // A note was answered while one typed: what was done stands, the notes come with the next check.
    htmx.trigger(form, "checknow");
    return;
  }
  opened = new Set(remarks().filter((one) => one.querySelector(".remark-why").open).map((one) => one.dataset.key));
  left = remarks().indexOf(document.activeElement?.closest(".remark"));
  if (left < 0 && checks.contains(document.activeElement)) left = 0;
});
document.body.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target !== checks) return;
  trouble.hidden = true;
  clearTimeout(retry);
  checks.classList.remove("is-old");
  for (const remark of remarks()) {
    if (opened.has(remark.dataset.key)) remark.querySelector(".remark-why").open = true;
  }
  draw();
  if (left < 0) return;
  // Whoever works through the notes by keyboard stays among them.
  const next = remarks()[left] ?? remarks().at(-1);
  (next?.querySelector("button, a, summary") ?? checks.querySelector("button") ?? body).focus({ preventScroll: true });
  left = -1;
});
let retry = 0;
for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.body.addEventListener(name, (event) => {
    if (event.detail.target !== checks) return;
    const gone = [403, 404].includes(event.detail.xhr.status);
    trouble.textContent = gone ? trouble.dataset.gone : trouble.dataset.away;
    trouble.hidden = false;
    barText.textContent = gone ? trouble.dataset.goneShort : trouble.dataset.awayShort;
    arrange();
    clearTimeout(retry);
    if (!gone) retry = setTimeout(() => htmx.trigger(form, "checknow"), 5000);
  });
}
form.addEventListener("input", () => checks.classList.add("is-old"));

// While the answer is awaited the old places move with what is typed, or go where it is typed into.

for (const [part, field] of Object.entries(fields)) {
  let old = field.value;
  field.addEventListener("input", () => {
    shift(part, field, old, field.value);
    old = field.value;
    underline();
  });
}

function shift(part, field, old, now) {
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < old.length - head && tail < now.length - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  if (last && last.field === field && !applying) {
    if (head <= last.start && old.length - tail <= last.start) last.start += now.length - old.length;
    else if (head < last.start + last.words.length || !last.words) forget();
  }
  const characters = (text) => [...text].length;
  const to = characters(old.slice(0, old.length - tail));
  const by = characters(now) - characters(old);
  for (const remark of remarks()) {
    if (remark.dataset.part === part && +remark.dataset.start >= to) {
      remark.dataset.start = +remark.dataset.start + by;
    }
  }
}

// ---------------------------------------------------------------- suggestions

let last = null;
let applying = false;
let acted = -Infinity;

function forget() {
  last = null;
  undo.hidden = true;
}

// Notes move up when one is answered: the second click of a pair must not land on the next one's buttons.
checks.addEventListener("click", (event) => {
  if (!event.target.closest("button")) return;
  const now = performance.now();
  if (now - acted < 500) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  acted = now;
}, true);

function write(field, start, end, words) {
  applying = true;
  field.focus();
  field.setSelectionRange(start, end);
  // Unlike a change of the value, this stays in the field's own undo history.
  const command = words ? "insertText" : "delete";
  if (!document.execCommand(command, false, words) || field.value.slice(start, start + words.length) !== words) {
    field.setRangeText(words, start, end, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  applying = false;
}

checks.addEventListener("click", (event) => {
  const button = event.target.closest("[data-apply]");
  if (!button) return;
  event.preventDefault();
  const remark = button.closest(".remark");
  const found = span(remark);
  if (!found || found.start === found.end) return;
  const old = found.field.value.slice(found.start, found.end);
  write(found.field, found.start, found.end, button.dataset.apply);
  last = { field: found.field, start: found.start, words: button.dataset.apply, old };
  undo.hidden = false;
  undo.querySelector("[data-changed]").textContent =
    button.dataset.apply ? undo.dataset.said.replace("{word}", () => button.dataset.apply) : undo.dataset.out;
  remark.remove();
  underline();
  arrange();
  htmx.trigger(form, "checknow");
});

undo.querySelector("[data-undo]").addEventListener("click", () => {
  if (!last) return;
  if (last.field.value.slice(last.start, last.start + last.words.length) === last.words) {
    write(last.field, last.start, last.start + last.words.length, last.old);
  }
  forget();
  htmx.trigger(form, "checknow");
});

// ---------------------------------------------------------------- from a note to its words, and back

function point(remark) {
  for (const other of remarks()) other.classList.toggle("remark-here", other === remark);
  for (const mark of mirror.querySelectorAll(".slip")) mark.classList.toggle("slip-here", mark.dataset.for === remark?.dataset.remark);
}

checks.addEventListener("click", (event) => {
  if (event.target.closest("button, a, summary")) return;
  const remark = event.target.closest(".remark");
  const found = remark && span(remark);
  if (!found) return;
  found.field.focus();
  found.field.setSelectionRange(found.start, found.end);
  point(remark);
});
for (const name of ["mouseover", "focusin"]) {
  checks.addEventListener(name, (event) => point(event.target.closest(".remark")));
}
body.addEventListener("click", () => {
  const at = body.selectionStart;
  point(remarks().find((remark) => {
    const found = span(remark);
    return found && found.field === body && found.start <= at && at <= found.end && found.start < found.end;
  }));
});

// ---------------------------------------------------------------- on a phone

bar.dataset.label = barText.textContent;
function fit() {
  fold.open = wide.matches;
  arrange();
}
bar.addEventListener("click", () => { fold.open = true; });
fold.addEventListener("toggle", () => {
  // Beside the letter there is no need to fold, and no arrow to unfold with.
  if (wide.matches) fold.open = true;
  arrange();
});
checks.addEventListener("toggle", arrange, true);
wide.addEventListener("change", fit);
window.addEventListener("resize", arrange);
// The whole sheet: what opens above the letter moves its lines as well.
new ResizeObserver(arrange).observe(form);
new IntersectionObserver(([entry]) => { bar.hidden = entry.isIntersecting; }).observe(fold);
document.fonts?.ready.then(arrange);

// A browser that brings back what was typed (Back, a tab restored) does not say so to the page.
window.addEventListener("pageshow", () => {
  for (const field of [subject, body]) {
    if (field.value !== field.defaultValue) field.dispatchEvent(new Event("input", { bubbles: true }));
  }
});

fit();
draw();
