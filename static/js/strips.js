// Strips of steps and people: scroll the current one into view, and fade the edges where there are more.
const here = document.querySelector(".steps [aria-current], .panel-nav [aria-current]");
if (here) {
  const line = here.closest("nav");
  const item = here.closest("li");
  line.scrollLeft = item.offsetLeft - (line.clientWidth - item.offsetWidth) / 2;
}
// Over the letter beside the notes, the wheel moves the page as elsewhere; the letter once the page can go no further, or
// once somebody has clicked into it.
function scrollPageFirst(event) {
  const page = document.scrollingElement;
  const room = event.deltaY > 0 ? page.scrollHeight - page.clientHeight - page.scrollTop : page.scrollTop;
  if (event.ctrlKey || !event.deltaY || room < 1 || event.currentTarget.contains(document.activeElement)) return;
  event.preventDefault();
  window.scrollBy({ top: event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 20 : 1), behavior: "instant" });
}
// Mark the edges where a scrolling strip, or the letter beside the notes, hides more; the style sheet fades them.
for (const box of document.querySelectorAll(".steps, .panel-nav, .writing-letter")) {
  const markEdges = () => {
    const isVertical = box.matches(".writing-letter");
    const at = isVertical ? box.scrollTop : box.scrollLeft;
    const rest = isVertical ? box.scrollHeight - box.clientHeight - at : box.scrollWidth - box.clientWidth - at;
    const edges = [at > 2 && "before", rest > 2 && "after"].filter(Boolean);
    if (edges.length) box.dataset.edges = edges.length > 1 ? "both" : edges[0];
    else delete box.dataset.edges;
  };
  box.addEventListener("scroll", markEdges, { passive: true });
  if (box.matches(".writing-letter")) box.addEventListener("wheel", scrollPageFirst, { passive: false });
  const sizes = new ResizeObserver(markEdges);
  for (const part of [box, ...box.children]) sizes.observe(part);
}
