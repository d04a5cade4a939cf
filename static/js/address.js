// Asks "Did you mean ...?" under an email field when the address looks mistyped. Never changes the field itself.
addEventListener("change", async ({ target }) => {
  const hint = target.parentElement?.querySelector("[data-address-question]");
  const token = target.form?.elements.csrfmiddlewaretoken?.value;
  if (!hint || !token) return;
  hint.textContent = "";
  const body = new URLSearchParams({ email: target.value });
  try {
    const answer = await fetch(document.body.dataset.address, { method: "POST", body, headers: { "X-CSRFToken": token } });
    const { question } = answer.ok ? await answer.json() : {};
    if (question && body.get("email") === target.value) hint.textContent = question;
  } catch {
    // Offline: don't ask.
  }
});
