// The draft page: words counted, or characters where those are limited; a subject chosen without saving.
const body = document.getElementById("id_body");
const count = document.getElementById("word-count");
const plurals = new Intl.PluralRules(document.documentElement.lang);

function measure() {
  const { characters, limit } = count.dataset;
  if (limit) {
    const { length } = body.value.trimEnd();
    count.textContent = characters.replace("{count}", length).replace("{limit}", limit);
    count.classList.toggle("count-fix", length > limit);
    return;
  }
  const words = body.value.split(/\s+/).filter(Boolean).length;
  count.textContent = `${words} ${plurals.select(words) === "one" ? count.dataset.one : count.dataset.many}`;
}
body.addEventListener("input", measure);
measure();

for (const chip of document.querySelectorAll("[data-subject]")) {
  chip.addEventListener("click", (event) => {
    event.preventDefault();
    subject.value = chip.value;
    subject.dispatchEvent(new Event("input", { bubbles: true }));
    subject.focus();
  });
}

// The subject is a textarea so that a long one wraps on a phone, but it acts like a one-line field: Enter saves, and
// line breaks become spaces.
const subject = document.getElementById("id_subject");
subject.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing) return;
  event.preventDefault();
  subject.form.requestSubmit(subject.form.querySelector("[name=save]"));
});
subject.addEventListener("input", () => {
  if (/[\r\n]/.test(subject.value)) subject.value = subject.value.replace(/\s*[\r\n]+\s*/g, " ");
});
