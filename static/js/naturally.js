// Once the button is clicked, says that the language model is working, and ignores further clicks on this page.
for (const button of document.querySelectorAll("form[data-naturally] button, button[data-naturally]")) {
  button.addEventListener("click", (event) => {
    if (button.getAttribute("aria-busy") === "true") event.preventDefault();
  });
}
for (const form of document.forms) {
  form.addEventListener("submit", (event) => {
    const { submitter } = event;
    if (!submitter?.matches("form[data-naturally] button, [data-naturally]")) return;
    // Other scripts on the page may stop this click and repeat it later.
    setTimeout(() => {
      if (event.defaultPrevented) return;
      submitter.setAttribute("aria-busy", "true");
      const status = document.querySelector("[data-working]");
      status.textContent = status.dataset.working;
      status.hidden = false;
    });
  });
}
// After going back, the browser may show this page as it was.
window.addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  for (const status of document.querySelectorAll("[data-working]")) status.hidden = true;
});
