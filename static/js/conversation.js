// The conversation: what becomes of each note beside it, words put in with one press, and the letter one tap away.
const form = document.getElementById("write");
const letter = document.getElementById("letter");
const trouble = document.getElementById("letter-trouble");
const changed = (field) => field.dispatchEvent(new Event("input", { bubbles: true }));

// ---------------------------------------------------------------- the letter so far

letter.addEventListener("htmx:afterSwap", () => {
  const { words } = document.getElementById("letter-words").dataset;
  for (const place of document.querySelectorAll(".letter-bar [data-words]")) place.textContent = words;
  trouble.hidden = true;
});
for (const name of ["htmx:responseError", "htmx:sendError"]) {
  document.body.addEventListener(name, () => { trouble.hidden = false; });
}

// ---------------------------------------------------------------- what became of each note

// The words are swapped; the box for one's own sentence stays, with what is being typed in it.
function show(fate) {
  const { use, missing } = fate.querySelector("[data-use]").dataset;
  const { suggestion } = fate.querySelector("[data-suggestion]").dataset;
  const say = fate.querySelector(".say");
  for (const words of fate.querySelectorAll("[data-nojs]")) words.hidden = true;
  // As with the other button, htmx would send it with every later preview.
  for (const fix of fate.querySelectorAll("[data-fix]")) fix.removeAttribute("name");
  if (!say) return;
  const box = say.querySelector("textarea");
  const take = say.querySelector("[data-take]");
  box.placeholder = suggestion || box.dataset.stem || " ";
  take.value = suggestion;
  take.hidden = !suggestion || Boolean(box.value);
  if (box.value || say.contains(document.activeElement)) return;
  say.hidden = use !== "ask" && use !== "set_aside" && missing === undefined;
  if (use === "ask") say.open = true;
}

// Half a word would be asked about at every key: what became of the notes is shown once one pauses.
const PAUSE = 1000;
const news = new Map();
let pause = 0;

// What reads as before is left alone, so that nothing is read out twice.
const gist = (element) => {
  const { use } = element.querySelector("[data-use]")?.dataset ?? {};
  const { suggestion } = element.querySelector("[data-suggestion]")?.dataset ?? {};
  return JSON.stringify([use, suggestion, element.textContent.replace(/\s+/g, " ").trim()]);
};
function tell() {
  pause = 0;
  for (const [place, words] of news) if (gist(place) !== gist(words)) place.replaceChildren(...words.childNodes);
  news.clear();
  for (const fate of document.querySelectorAll("[data-fate]")) show(fate);
}
form.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(tell, PAUSE);
});
document.body.addEventListener("htmx:oobBeforeSwap", (event) => {
  event.detail.shouldSwap = false;
  news.set(event.detail.target, event.detail.fragment);
});
letter.addEventListener("htmx:afterSwap", () => { if (!pause) tell(); });

for (const fate of document.querySelectorAll("[data-fate]")) {
  show(fate);
  const box = fate.querySelector(".say textarea");
  box.addEventListener("input", () => show(fate));
  const take = fate.querySelector("[data-take]");
  // htmx sends the button pressed last with every later preview, which would put its sentence in again, or take it out.
  take.removeAttribute("name");
  take.addEventListener("click", (event) => {
    event.preventDefault();
    box.value = event.currentTarget.value;
    box.focus();
    changed(box);
  });
}

// The button is swapped with the words around it.
document.getElementById("unsure").addEventListener("click", (event) => {
  const all = event.target.closest("[data-use-all]");
  if (!all) return;
  event.preventDefault();
  all.removeAttribute("name");
  for (const take of document.querySelectorAll("[data-fate] [data-take]")) {
    const say = take.closest(".say");
    const box = say.querySelector("textarea");
    if (!take.value || box.value || say.hidden || !say.open) continue;
    box.value = take.value;
    changed(box);
  }
});

// Its chips, and the room for what becomes of it, stay from now on.
for (const box of form.querySelectorAll(".blank textarea")) {
  box.addEventListener("focus", () => { box.closest(".blank").dataset.met = ""; });
}

// What was typed without its mistakes goes into the field. Buttons come and go with each preview, so the form listens.
form.addEventListener("click", (event) => {
  const fix = event.target.closest("[data-fix]");
  if (!fix) return;
  event.preventDefault();
  const box = form.elements[fix.dataset.fix];
  box.value = fix.value;
  fix.parentElement.replaceChildren();
  box.focus();
  changed(box);
});

// ---------------------------------------------------------------- words put in with one press

// A usual strength goes into the field.
for (const chip of document.querySelectorAll("[data-strength]")) {
  chip.addEventListener("click", (event) => {
    event.preventDefault();
    const field = document.getElementById("id_strengths");
    field.value = [field.value.trim().replace(/,$/, ""), chip.value].filter(Boolean).join(", ");
    chip.remove();
    changed(field);
    field.focus();
  });
}

// "that", "about" or "how" goes to the beginning of the box; the first of them is meant where none is typed.
function connect(blank) {
  const words = blank.dataset.connectors.split(" ");
  const box = blank.querySelector("textarea");
  const label = blank.querySelector("label");
  const typed = () => box.value.match(new RegExp(`^\\s*(${words.join("|")})\\b\\s*`, "i"));
  const group = document.createElement("span");
  group.className = "connectors";
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", label.textContent.trim());
  const radios = words.map((word) => {
    const pill = document.createElement("label");
    pill.className = "connector";
    const radio = document.createElement("input");
    // Of no form: the word is sent as it stands in the box.
    Object.assign(radio, { type: "radio", name: `connector-${box.name}`, value: word });
    radio.setAttribute("form", "");
    radio.addEventListener("change", () => {
      box.value = `${word} ${box.value.replace(typed()?.[0] ?? "", "").trimStart()}`;
      changed(box);
      // Only a pointer is done with it; the arrow keys go on to the next word.
      if (!radio.matches(":focus-visible")) box.focus();
    });
    pill.append(radio, word);
    group.append(pill);
    return radio;
  });
  const refresh = () => {
    const word = typed()?.[1].toLowerCase() ?? words[0];
    for (const radio of radios) radio.checked = radio.value === word;
    // The name of the box says it where it is not typed.
    blank.querySelector("[data-usual]").hidden = Boolean(typed());
  };
  blank.querySelector("[data-usual]").className = "visually-hidden";
  label.after(group);
  box.addEventListener("input", refresh);
  refresh();
}
for (const blank of document.querySelectorAll("[data-connectors]")) connect(blank);

// ---------------------------------------------------------------- on a phone

// Writing and reading, one tap apart; where there is room for both, the style sheet shows both.
const choice = document.querySelector("[data-write-read]");
if (choice) {
  const writing = document.querySelector("[data-writing]");
  const reading = document.getElementById("read");
  const links = [...choice.querySelectorAll("a")];
  let place = 0;
  const turn = (to) => {
    writing.dataset.writing = to;
    for (const link of links) {
      if (link.hash === `#${to}`) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  links[0].addEventListener("click", (event) => {
    event.preventDefault();
    turn("write");
    window.scrollTo({ top: place, behavior: "instant" });
  });
  links[1].addEventListener("click", (event) => {
    event.preventDefault();
    if (writing.dataset.writing === "write") place = window.scrollY;
    turn("read");
    window.scrollTo({ top: writing.offsetTop, behavior: "instant" });
    reading.focus({ preventScroll: true });
  });
  turn(["#read", "#letter"].includes(location.hash) ? "read" : "write");
}
