// The way that was taken is offered first the next time; the share sheet is offered where the device has one.
const form = document.querySelector("[data-channel-form]");

function remember(channel) {
  if (!form) return;
  const data = new FormData(form);
  data.set("channel", channel);
  // The page may be left at once; what it remembers is a convenience, so a failure is no one's business.
  fetch(form.action, { method: "POST", body: data, keepalive: true, redirect: "manual" }).catch(() => {});
}

for (const way of document.querySelectorAll("[data-channel]")) {
  way.addEventListener("click", () => remember(way.dataset.channel));
}

const text = (id) => document.getElementById(id)?.textContent ?? "";
for (const button of document.querySelectorAll("[data-share]")) {
  const letter = { title: text("copy-subject"), text: text("copy-body") };
  if (!navigator.share || (navigator.canShare && !navigator.canShare(letter))) continue;
  button.hidden = false;
  const item = button.closest("[data-share-item]");
  if (item) item.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.share(letter);
    } catch (error) {
      const status = document.getElementById("copy-status");
      if (error.name !== "AbortError") status.textContent = status.dataset.press;
    }
  });
}
