// On every page: no double submit, a warning before leaving unsaved text, errors brought into view.
for (const element of document.querySelectorAll("[data-nojs]")) element.hidden = true;

const summary = document.querySelector("[data-error-summary]");
if (summary) summary.focus();

let dirty = false;
let leaving = false;
for (const form of document.querySelectorAll("form[data-guard]")) {
  form.addEventListener("input", () => { dirty = true; });
  form.addEventListener("submit", (event) => {
    if (leaving) { event.preventDefault(); return; }
    leaving = true;
  });
}
window.addEventListener("beforeunload", (event) => {
  if (dirty && !leaving) event.preventDefault();
});
// Back brings the page as it was: it can be sent again.
window.addEventListener("pageshow", () => { leaving = false; });
