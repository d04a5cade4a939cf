// Rows added without asking the server; each gets an id of its own, so that sending twice makes one person.
const rows = document.querySelector("[data-rows]");
const template = document.querySelector("[data-empty-row]");
const total = document.getElementById("id_panel-TOTAL_FORMS");

function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function watch(row) {
  const box = row.querySelector("input[name$='-DELETE']");
  if (box) box.addEventListener("change", () => row.classList.toggle("person-removed", box.checked));
}

document.querySelector("[data-add-row]").addEventListener("click", (event) => {
  event.preventDefault();
  const holder = document.createElement("div");
  holder.append(template.content.cloneNode(true));
  for (const element of holder.querySelectorAll("*")) {
    for (const attribute of element.attributes) {
      if (attribute.value.includes("__prefix__")) attribute.value = attribute.value.replaceAll("__prefix__", total.value);
    }
  }
  const row = holder.querySelector("[data-row]");
  row.querySelector("input[name$='-id']").value = uuid();
  total.value = Number(total.value) + 1;
  rows.append(row);
  watch(row);
  row.querySelector("input[name$='-full_name']").focus();
});
for (const row of rows.querySelectorAll("[data-row]")) watch(row);

// When a name is chosen from the list of people met before, fill the row's empty fields with what we know about them.
rows.addEventListener("input", (event) => {
  if (!event.target.name.endsWith("-full_name")) return;
  const known = [...document.querySelectorAll("[data-met] option")].find((option) => option.value === event.target.value);
  if (!known) return;
  const row = event.target.closest("[data-row]");
  for (const key of ["greet_as", "email", "job_title"]) {
    const box = row.querySelector(`input[name$='-${key}']`);
    if (box && !box.value) box.value = known.dataset[key];
  }
  const role = row.querySelector(`input[name$='-role'][value='${known.dataset.role}']`);
  if (role && !row.querySelector("input[name$='-role']:checked")) role.checked = true;
});
