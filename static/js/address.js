// Asks beside the box of an address that looks mistyped; what was typed stays as it is.
addEventListener("change", async ({ target }) => {
  const said = target.parentElement?.querySelector("[data-address-question]");
  const token = target.form?.elements.csrfmiddlewaretoken?.value;
  if (!said || !token) return;
  said.textContent = "";
  const body = new URLSearchParams({ email: target.value });
  try {
    const answer = await fetch(document.body.dataset.address, { method: "POST", body, headers: { "X-CSRFToken": token } });
    const { question } = answer.ok ? await answer.json() : {};
    if (question && body.get("email") === target.value) said.textContent = question;
  } catch {
    // Without a connection nothing is asked.
  }
});
