// An invitation dropped anywhere on the page, or chosen, is read at once.
const box = document.querySelector("[data-drop]");
const form = box.querySelector("form");
const input = form.querySelector("input[type=file]");
const area = form.querySelector(".drop-zone");

form.querySelector("[data-zone]").value = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
for (const hint of form.querySelectorAll("[data-drop-hint]")) hint.hidden = false;

const carriesFile = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");

document.addEventListener("dragover", (event) => {
  if (!carriesFile(event)) return;
  event.preventDefault();
  box.open = true;
  area.classList.add("drop-over");
});
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) area.classList.remove("drop-over");
});
document.addEventListener("drop", (event) => {
  if (!carriesFile(event)) return;
  // Without this the browser would leave the page to show the file.
  event.preventDefault();
  area.classList.remove("drop-over");
  if (!event.dataTransfer.files.length) return;
  input.files = event.dataTransfer.files;
  form.requestSubmit();
});
input.addEventListener("change", () => { if (input.files.length) form.requestSubmit(); });
