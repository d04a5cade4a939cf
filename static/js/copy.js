// Copying, and saying in words whether it worked. The clipboard is closed to pages on plain HTTP: then the old
// command is tried, and if that fails the text is selected for the user to copy.
const status = document.getElementById("copy-status");

function oldWay(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "visually-hidden";
  document.body.append(area);
  area.select();
  let worked = false;
  try { worked = document.execCommand("copy"); } catch { worked = false; }
  area.remove();
  return worked;
}

function select(sources) {
  if ("value" in sources[0]) {
    sources[0].focus();
    sources[0].select();
    return;
  }
  const selection = window.getSelection();
  const range = document.createRange();
  range.setStartBefore(sources[0].firstChild);
  range.setEndAfter(sources.at(-1).lastChild);
  selection.removeAllRanges();
  selection.addRange(range);
}

async function copy(button) {
  const sources = button.dataset.copy.split(" ").map((id) => document.getElementById(id));
  // A field is copied as it reads now, saved or not.
  const text = sources.map((source) => source.value ?? source.textContent).join("\n\n");
  let worked = false;
  try {
    await navigator.clipboard.writeText(text);
    worked = true;
  } catch {
    worked = oldWay(text);
  }
  // On a phone, only a message that asks for something stays in view.
  status.classList.toggle("is-done", worked);
  if (worked) {
    status.textContent = status.dataset.done.replace("{part}", () => button.dataset.name);
    button.focus();
    return;
  }
  select(sources);
  status.textContent = status.dataset.press;
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}
