// The notes in the margin: words underlined in the letter, each note beside its line, a suggestion taken with one
// click. Checking is htmx's (the form's hx-post); an answer about a text that has changed since is dropped.
const form = document.getElementById("letter-form");
const body = document.getElementById("id_body");
const subject = document.getElementById("id_subject");
const checks = document.getElementById("checks");
const fold = document.getElementById("checks-fold");
const bar = document.querySelector("[data-checks-bar]");
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

function span(remark) {
  const field = fields[remark.dataset.part];
  if (!field) return null;
  return { field, start: place(field.value, +remark.dataset.start), end: place(field.value, +remark.dataset.end) };
}

const remarks = () => [...checks.querySelectorAll(".remark")];

// ---------------------------------------------------------------- underlines

const mirror = document.createElement("div");
mirror.className = "sheet-mirror";
mirror.setAttribute("aria-hidden", "true");
body.before(mirror);

function underline() {
  const text = body.value;
  const marks = remarks()
    .map((remark) => ({ remark, place: span(remark) }))
    .filter(({ place: found }) => found && found.field === body && found.end > found.start)
    .sort((one, other) => one.place.start - other.place.start || other.place.end - one.place.end);
  mirror.replaceChildren();
  let at = 0;
  for (const { remark, place: found } of marks) {
    if (found.start < at) continue;
    mirror.append(text.slice(at, found.start));
    const mark = document.createElement("span");
    mark.className = `slip slip-${remark.classList.contains("remark-fix") ? "fix" : "consider"}`;
    mark.dataset.for = remark.dataset.remark;
    mark.textContent = text.slice(found.start, found.end);
    mirror.append(mark);
    at = found.end;
  }
  // A last line break would have no height without something after it.
  mirror.append(text.slice(at), "\u200b");
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

function draw() {
  underline();
  arrange();
  const said = checks.querySelector("[data-count]").dataset.count;
  // Only a change is read out.
  if (count.textContent !== said) count.textContent = said;
  bar.textContent = `${bar.dataset.label}: ${said}`;
}

// ---------------------------------------------------------------- checking

const sent = new WeakMap();
// Which note had the focus when its answer came; none: -1.
let left = -1;
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
  left = remarks().indexOf(document.activeElement?.closest(".remark"));
  if (left < 0 && checks.contains(document.activeElement)) left = 0;
});
document.body.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target !== checks) return;
  trouble.hidden = true;
  draw();
  if (left < 0) return;
  // Whoever works through the notes by keyboard stays among them.
  const next = remarks()[left] ?? remarks().at(-1);
  (next?.querySelector("button, a, summary") ?? checks.querySelector("button") ?? body).focus({ preventScroll: true });
  left = -1;
});
for (const name of ["htmx:responseError", "htmx:sendError"]) {
  document.body.addEventListener(name, (event) => {
    if (event.detail.target !== checks) return;
    trouble.textContent = [403, 404].includes(event.detail.xhr.status) ? trouble.dataset.gone : trouble.dataset.away;
    trouble.hidden = false;
  });
}

// While the answer is awaited the old places move with what is typed, or go where it is typed into.

let beforeBody = body.value;
body.addEventListener("input", () => {
  shift(beforeBody, body.value);
  beforeBody = body.value;

  underline();
});

function shift(old, now) {
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < old.length - head && tail < now.length - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  const characters = (text) => [...text].length;
  const from = characters(old.slice(0, head));
  const to = from + characters(old.slice(head, old.length - tail));
  const by = characters(now) - characters(old);
  for (const remark of remarks()) {
    if (remark.dataset.part !== "body") continue;
    const start = +remark.dataset.start;
    const end = +remark.dataset.end;
    if (start >= to) {
      remark.dataset.start = start + by;
      remark.dataset.end = end + by;
    } else if (end > from) {
      remark.dataset.end = remark.dataset.start;
    }
  }
}

// ---------------------------------------------------------------- suggestions

let last = null;

function write(field, start, end, words) {
  field.focus();
  field.setSelectionRange(start, end);
  // Unlike a change of the value, this stays in the field's own undo history.
  const command = words ? "insertText" : "delete";
  if (!document.execCommand(command, false, words) || field.value.slice(start, start + words.length) !== words) {
    field.setRangeText(words, start, end, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

checks.addEventListener("click", (event) => {
  const button = event.target.closest("[data-apply]");
  if (!button) return;
  event.preventDefault();
  const remark = button.closest(".remark");
  const found = span(remark);
  if (!found || (remark.dataset.part === "body" && found.start === found.end)) return;
  const old = found.field.value.slice(found.start, found.end);
  write(found.field, found.start, found.end, button.dataset.apply);
  last = { field: found.field, start: found.start, words: button.dataset.apply, old };
  undo.hidden = false;
  undo.querySelector("[data-changed]").textContent = `${undo.dataset.said} “${button.dataset.apply}”.`;
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
  last = null;
  undo.hidden = true;
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

bar.dataset.label = bar.textContent;
function fit() {
  fold.open = wide.matches;
  arrange();
}
bar.addEventListener("click", () => { fold.open = true; });
fold.addEventListener("toggle", arrange);
checks.addEventListener("toggle", arrange, true);
wide.addEventListener("change", fit);
window.addEventListener("resize", arrange);
new ResizeObserver(arrange).observe(body);
new IntersectionObserver(([entry]) => { bar.hidden = entry.isIntersecting; }).observe(fold);
document.fonts?.ready.then(arrange);

fit();
draw();
