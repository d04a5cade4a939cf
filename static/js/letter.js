// The draft page: words counted, a subject chosen without saving.
const body = document.getElementById("id_body");
const count = document.getElementById("word-count");

function measure() {
  const words = body.value.split(/\s+/).filter(Boolean).length;
  count.textContent = `${words} ${words === 1 ? count.dataset.one : count.dataset.many}`;
}
body.addEventListener("input", measure);
measure();

for (const chip of document.querySelectorAll("[data-subject]")) {
  chip.addEventListener("click", (event) => {
    event.preventDefault();
    const subject = document.getElementById("id_subject");
    subject.value = chip.value;
    subject.dispatchEvent(new Event("input", { bubbles: true }));
    subject.focus();
  });
}
