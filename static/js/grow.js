// Makes text boxes grow with their text, in browsers without field-sizing.
function grow(area) {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
}
function growAll() {
  for (const area of document.querySelectorAll("textarea")) if (area.offsetParent) grow(area);
}
growAll();
document.addEventListener("input", (event) => { if (event.target.matches("textarea")) grow(event.target); });
// A text box in a collapsed section has no height until the section is opened.
document.addEventListener("toggle", growAll, true);
for (const name of ["pageshow", "resize"]) window.addEventListener(name, growAll);
