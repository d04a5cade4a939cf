// Beside the form: how long the letter is, on the bar that leads to it, and a word when it cannot be refreshed.
const letter = document.getElementById("letter");
const bar = document.querySelector(".letter-bar");
const trouble = document.getElementById("letter-trouble");

letter.addEventListener("htmx:afterSwap", () => {
  bar.querySelector("[data-words]").textContent = document.getElementById("letter-words").dataset.words;
  trouble.hidden = true;
});
for (const name of ["htmx:responseError", "htmx:sendError"]) {
  document.body.addEventListener(name, () => { trouble.hidden = false; });
}
// Where the letter itself can be seen, the bar would only cover it.
new IntersectionObserver(([entry]) => { bar.hidden = entry.isIntersecting; }).observe(letter);

// A usual strength goes into the field with one press.
for (const chip of document.querySelectorAll("[data-strength]")) {
  chip.addEventListener("click", (event) => {
    event.preventDefault();
    const field = document.getElementById("id_strengths");
    field.value = [field.value.trim().replace(/,$/, ""), chip.value].filter(Boolean).join(", ");
    chip.remove();
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
}
