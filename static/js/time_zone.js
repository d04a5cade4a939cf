// Cities suggested while a time zone is typed, and which zone it was read as. The cities are many, so their list comes
// when it is first needed, and once.
const field = document.getElementById("id_time_zone");
const datalist = document.getElementById("zones");
const language = document.documentElement.lang;

const load = () => import("./cities.js");

function named({ names }, city) {
  return names[city]?.[language] ?? names[city]?.en ?? city;
}

// A city's name in the language of the page; the English one where the list cannot be had.
export async function localName(city) {
  try {
    return named(await load(), city);
  } catch {
    return city;
  }
}

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

// The zone of a city, named in any language, or of a zone's own name; undefined where it is not known, or the list cannot
// be had. As the server reads it: what follows a comma or a bracket is not part of the city.
export async function zoneOf(text) {
  const name = folded(text.split(/[(,]/)[0].trim());
  try {
    if (text.includes("/")) return new Intl.DateTimeFormat("en", { timeZone: text.trim() }).resolvedOptions().timeZone;
    const { cities, names } = await load();
    const is = (city) => [city, ...Object.values(names[city] ?? {})].some((one) => folded(one) === name);
    return Object.entries(cities).find(([, some]) => some.some(is))?.[0];
  } catch {
    return undefined;
  }
}

// Says above the field which zone was read, and what time it is there; the hint is back where none is known.
const said = document.getElementById("id_time_zone_helptext");
const hint = said?.textContent;

function inWords(timeZone) {
  const part = (options) => new Intl.DateTimeFormat(document.body.dataset.times, { timeZone, ...options });
  const name = part({ timeZoneName: "longGeneric" }).formatToParts(new Date()).find(({ type }) => type === "timeZoneName").value;
  const time = part({ weekday: "long", hour: "numeric", minute: "2-digit" }).format(new Date());
  const zone = name[0].toLocaleUpperCase(language) + name.slice(1);
  return field.dataset.there.replace("{zone}", () => zone).replace("{time}", () => time);
}

async function confirm() {
  const typed = field.value;
  const zone = typed.trim() && (await zoneOf(typed));
  if (field.value !== typed) return;
  const words = zone ? inWords(zone) : hint;
  if (said.textContent !== words) said.textContent = words;
}

// Not at every key: a screen reader reads it out.
let pause = 0;
if (said) {
  said.setAttribute("aria-live", "polite");
  field.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(confirm, 400);
  });
}

async function suggest() {
  let list;
  try {
    list = await load();
  } catch {
    // The server knows the cities too, and names near ones.
    return;
  }
  // Two English names of a city may be one in another language: "Munich" and "München".
  const zones = new Map(Object.entries(list.cities).flatMap(
    ([zone, cities]) => cities.map((city) => [named(list, city), zone]),
  ));
  const options = Array.from(zones, ([city, zone]) => {
    const option = document.createElement("option");
    option.value = city;
    option.textContent = zone;
    return option;
  });
  options.sort((one, other) => one.value.localeCompare(other.value, language));
  datalist.replaceChildren(...options);
}

field?.addEventListener("focus", suggest, { once: true });
