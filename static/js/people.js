// Who was there: whom a letter greets, where the order of the names leaves it open or no name is known, and the usual role of a phone screen.

// ---------------------------------------------------------------- which is the first name, and is it a name?

async function ask(person) {
  const details = person.querySelector("[data-greeted]");
  const field = person.querySelector("input[name$='full_name']");
  const name = field.value;
  let guess = "";
  let isUnnamed = false;
  try {
    const answer = await fetch(`${details.dataset.greeted}?${new URLSearchParams({ name })}`);
    if (answer.ok) ({ guess, is_unnamed: isUnnamed } = await answer.json());
  } catch {
    // Without an answer nothing is asked here; the next page says what the letter will write.
    return;
  }
  if (field.value !== name || person.querySelector("input[name$='greet_as']").value.trim()) return;
  details.querySelector("[data-guess]").textContent = guess;
  details.querySelector("[data-question]").hidden = !guess;
  details.querySelector("[data-unnamed]").hidden = !isUnnamed;
  details.querySelector("[data-asked]").value = guess || isUnnamed ? name : "";
  if (guess || isUnnamed) {
    details.hidden = false;
    details.open = true;
  }
}

document.addEventListener("change", (event) => {
  const person = event.target.closest(".person");
  if (person && event.target.name.endsWith("full_name")) ask(person);
});

// ---------------------------------------------------------------- the role

const stage = document.querySelector("select[name=stage]");
const allRoles = () => document.querySelectorAll("[data-roles]");

// Suggested for one person alone, and never over a choice; taken back where it does not fit any more.
function suggest() {
  const [roles] = allRoles();
  const hint = roles.querySelector("[data-suggested]");
  const recruiter = roles.querySelector("input[value=recruiter]");
  const isOurs = !hint.hidden && recruiter.checked;
  const fits = stage.value === "phone_screen" && allRoles().length === 1;
  if (fits && !roles.querySelector("input:checked")) {
    recruiter.checked = true;
    hint.hidden = false;
  } else if (!fits && isOurs) {
    recruiter.checked = false;
    hint.hidden = true;
  }
}

document.addEventListener("change", (event) => {
  const roles = event.target.closest("[data-roles]");
  // Chosen by hand: it stays, whatever the kind of interview becomes.
  if (roles) roles.querySelector("[data-suggested]").hidden = true;
});
if (stage && allRoles().length) {
  stage.addEventListener("change", suggest);
  window.addEventListener("pageshow", suggest);
}
