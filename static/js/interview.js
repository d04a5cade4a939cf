import { localName, zoneOf } from "./time_zone.js";

// The address names the interview to be, so that Back after the first save opens what was saved.
const key = document.getElementById("id_id");
if (key && key.value && location.pathname.endsWith("/new/") && !location.search) {
  history.replaceState(history.state, "", `?id=${key.value}`);
}

// The browser knows its time zone and what time it is. Someone who is in the field already is about to type another.
const zone = document.getElementById("id_time_zone");
if (zone && !zone.value && document.activeElement !== zone) {
  const name = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
  const city = name.split("/").pop().replaceAll("_", " ");
  zone.value = city;
  if (document.documentElement.lang !== "en") {
    localName(city).then((local) => {
      if (zone.value === city && document.activeElement !== zone) zone.value = local;
    });
  }
}
// The wall time of a moment in a time zone, as datetime-local wants it; in the browser's own zone where none is known.
function wallTime(moment, timeZone) {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  }).formatToParts(moment);
  const part = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  return `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}`;
}

function fill(field, moment, timeZone) {
  field.value = wallTime(moment, timeZone);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

// The moment that "It just ended" stands for. Until somebody types another time, it is shown as in the time zone typed.
let ended = null;
async function showEnd() {
  const typed = zone.value;
  const timeZone = await zoneOf(typed);
  // Another city was typed meanwhile: its own event shows the moment there.
  if (zone.value !== typed) return;
  if (ended.shown !== null && (!timeZone || ended.field.value !== ended.shown)) return;
  fill(ended.field, ended.moment, timeZone);
  ended.shown = ended.field.value;
}
zone?.addEventListener("input", () => { if (ended) showEnd(); });

for (const button of document.querySelectorAll("[data-now]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.now);
    const focused = document.activeElement;
    ended = { field, moment: new Date(), shown: null };
    await showEnd();
    // Not for somebody who types elsewhere by now: the list of cities may have taken a moment.
    if (document.activeElement === focused) field.focus();
  });
}
