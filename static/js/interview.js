// The browser knows its time zone and what time it is.
const zone = document.getElementById("id_time_zone");
if (zone && !zone.value) {
  const name = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
  zone.value = name.split("/").pop().replaceAll("_", " ");
}
for (const button of document.querySelectorAll("[data-now]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const now = new Date();
    const field = document.getElementById(button.dataset.now);
    field.value = new Date(now.getTime() - now.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
}
