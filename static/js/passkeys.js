// Passkeys: offered where the browser has them, and what went wrong said in words. The talking with the browser's
// keeper of passkeys is done by django-allauth's scripts, which report failures as an event.
const able = Boolean(window.PublicKeyCredential);
const forms = document.querySelectorAll("form[data-passkey]");
let pressed;

for (const form of forms) {
  const button = form.querySelector("[data-passkey-button]");
  if (able) {
    button.hidden = false;
  } else {
    form.querySelector(window.isSecureContext ? "[data-passkey-missing]" : "[data-passkey-plain]").hidden = false;
  }
  button.addEventListener("click", () => {
    pressed = form;
    form.querySelector("[data-passkey-said]").hidden = true;
  });
  // Enter in a text field: there is nothing to send before the passkey is there.
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (able) button.click();
  });
}

const WORDS = { NotAllowedError: "stopped", AbortError: "stopped", InvalidStateError: "known", SecurityError: "place" };

document.addEventListener("allauth.error", (event) => {
  if (!pressed) return;
  event.preventDefault();
  const said = pressed.querySelector("[data-passkey-said]");
  said.textContent = said.dataset[WORDS[event.detail.exception.name] ?? "broken"];
  said.hidden = false;
});
