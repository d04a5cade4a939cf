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
// The wall time now in the chosen city, as datetime-local wants it; in the browser's own zone where it is not known.
async function wallTime() {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: await zoneOf(zone.value.trim()),
    year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  }).formatToParts(new Date());
  const part = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  return `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}`;
}

for (const button of document.querySelectorAll("[data-now]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.now);
    const focused = document.activeElement;
    field.value = await wallTime();
    field.dispatchEvent(new Event("input", { bubbles: true }));
    // Not for somebody who types elsewhere by now: the list of cities may have taken a moment.
    if (document.activeElement === focused) field.focus();
  });
}
