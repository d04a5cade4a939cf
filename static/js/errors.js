// After a submit with errors: once a field is fixed, hides its mark, its message and its line in the summary.
const summary = document.querySelector("[data-error-summary]");
const SHAPES = { email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/, url: /^https?:\/\/[^\s.]+\.\S+$/i };

// The inputs that a line of the summary links to: one, or all radio buttons or checkboxes of a group.
function inputsOf(link) {
  const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!target) return [];
  return target.matches("input, select, textarea") ? [target] : [...target.querySelectorAll("input")];
}

function valueOf(inputs) {
  const isChoice = inputs[0].matches("[type=radio], [type=checkbox]");
  if (!isChoice) return inputs[0].value.trim();
  return inputs.filter((input) => input.checked).map((input) => input.value).join(" ");
}

// The value that the server rejected, even if something was typed before this script loaded.
function refusedValueOf(inputs) {
  const [first] = inputs;
  if (first.matches("[type=radio], [type=checkbox]")) {
    return inputs.filter((input) => input.defaultChecked).map((input) => input.value).join(" ");
  }
  return (first.matches("select") ? first.querySelector("[selected]")?.value ?? first.value : first.defaultValue).trim();
}

// The server decides; here, any valid value that differs from the rejected one counts as fixed.
function isFixed(inputs, refused) {
  const value = valueOf(inputs);
  if (value === "") return refused !== "" && !inputs[0].required;
  const [{ type, inputMode }] = inputs;
  const shape = SHAPES[type] ?? SHAPES[inputMode];
  return value !== refused && (!shape || shape.test(value));
}

// Hides or shows the mark and the message. A hidden message would still be read through aria-describedby.
function mark(input, message, isFaulty) {
  if (message) message.hidden = isFaulty === false;
  const described = (input.dataset.described ??= input.getAttribute("aria-describedby") ?? "");
  const kept = described.split(" ").filter((id) => isFaulty || id !== message?.id).join(" ");
  if (kept) input.setAttribute("aria-describedby", kept);
  else input.removeAttribute("aria-describedby");
  if (isFaulty) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
  if (input.matches(".form-control, .form-select, .form-check-input")) input.classList.toggle("is-invalid", isFaulty);
}

const links = [...summary.querySelectorAll("li a[href^='#']")];
for (const link of links) {
  const inputs = inputsOf(link);
  if (!inputs.length) continue;
  const refused = refusedValueOf(inputs);
  const message = document.getElementById(`${link.hash.slice(1)}_error`);
  const update = () => {
    const fixed = isFixed(inputs, refused);
    link.closest("li").hidden = fixed;
    for (const input of inputs) mark(input, message, !fixed);
    summary.hidden = [...summary.querySelectorAll("li")].every((line) => line.hidden);
  };
  for (const input of inputs) for (const name of ["input", "change"]) input.addEventListener(name, update);
  if (valueOf(inputs) !== refused) update();
}
