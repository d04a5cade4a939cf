// Cities suggested while a time zone is typed. They are many, so their list comes when it is first needed, and once.
const field = document.getElementById("id_time_zone");
const datalist = document.getElementById("zones");

const load = async () => (await import("./cities.js")).default;

// The zone of a city; undefined where it is not known, or the list cannot be had.
export async function zoneOf(city) {
  try {
    return Object.entries(await load()).find(([, cities]) => cities.includes(city))?.[0];
  } catch {
    return undefined;
  }
}

async function suggest() {
  let zones;
  try {
    zones = await load();
  } catch {
    // The server knows the cities too, and names near ones.
    return;
  }
  const options = Object.entries(zones).flatMap(([zone, cities]) => cities.map((city) => {
    const option = document.createElement("option");
    option.value = city;
    option.textContent = zone;
    return option;
  }));
  options.sort((one, other) => one.value.localeCompare(other.value, "en"));
  datalist.replaceChildren(...options);
}

field?.addEventListener("focus", suggest, { once: true });
