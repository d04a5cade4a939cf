// Says that the language model is at work once its button is pressed, and ignores a second press until the page goes.
for (const button of document.querySelectorAll("form[data-naturally] button, button[data-naturally]")) {
  button.addEventListener("click", (event) => {
    if (button.getAttribute("aria-busy") === "true") event.preventDefault();
  });
}
for (const form of document.forms) {
  form.addEventListener("submit", (event) => {
    const { submitter } = event;
    if (!submitter?.matches("form[data-naturally] button, [data-naturally]")) return;
    // Other scripts of the page may stop this press and repeat it later.
    setTimeout(() => {
      if (event.defaultPrevented) return;
      submitter.setAttribute("aria-busy", "true");
      const status = document.querySelector("[data-working]");
      status.textContent = status.dataset.working;
      status.hidden = false;
    });
  });
}
// Back from the next page: the browser may show this one as it was.
window.addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  for (const status of document.querySelectorAll("[data-working]")) status.hidden = true;
});
