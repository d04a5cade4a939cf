// Cities suggested while a time zone is typed. They are many, so their list comes when it is first needed, and once.
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

// The zone of a city, named in any language; undefined where it is not known, or the list cannot be had.
export async function zoneOf(name) {
  try {
    const { cities, names } = await load();
    const is = (city) => city === name || Object.values(names[city] ?? {}).includes(name);
    return Object.entries(cities).find(([, some]) => some.some(is))?.[0];
  } catch {
    return undefined;
  }
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
