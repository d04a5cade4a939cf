// Text boxes that grow with their text, in browsers that cannot do it by themselves.
function grow(area) {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
}
function growAll() {
  for (const area of document.querySelectorAll("textarea")) if (area.offsetParent) grow(area);
}
growAll();
document.addEventListener("input", (event) => { if (event.target.matches("textarea")) grow(event.target); });
// A box that was folded away has no height before it is unfolded.
document.addEventListener("toggle", growAll, true);
for (const name of ["pageshow", "resize"]) window.addEventListener(name, growAll);
