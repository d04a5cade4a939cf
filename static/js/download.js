// A download that shows how far it is. Very large ones are left to the browser, which keeps them on disk.
const link = document.querySelector("[data-download]");
const status = document.querySelector("[data-download-status]");
const bar = document.querySelector("[data-download-progress]");
const LARGEST = 200 * 1024 * 1024; // bytes held in memory
const megabytes = new Intl.NumberFormat(document.documentElement.lang, {
  style: "unit", unit: "megabyte", minimumFractionDigits: 1, maximumFractionDigits: 1,
});
let busy = false;

async function download() {
  const answer = await fetch(link.href, { redirect: "error" });
  if (!answer.ok) throw new Error(String(answer.status));
  const expected = Number(answer.headers.get("X-Expected-Size")) || 1;
  if (expected > LARGEST) {
    await answer.body.cancel();
    location.assign(link.href);
    return;
  }
  bar.hidden = false;
  const pieces = [];
  let size = 0;
  const reader = answer.body.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    pieces.push(read.value);
    size += read.value.length;
    bar.value = Math.min(99, (100 * size) / expected);
    status.textContent = `${link.dataset.working} ${megabytes.format(size / 1024 / 1024)}`;
  }
  bar.value = 100;
  const file = document.createElement("a");
  file.href = URL.createObjectURL(new Blob(pieces, { type: "application/zip" }));
  file.download = answer.headers.get("Content-Disposition").match(/filename="([^"]+)"/)[1];
  file.click();
  setTimeout(() => URL.revokeObjectURL(file.href), 60_000);
  status.textContent = link.dataset.done;
}

link.addEventListener("click", async (event) => {
  event.preventDefault();
  if (busy) return;
  busy = true;
  try {
    await download();
  } catch {
    status.textContent = link.dataset.failed;
  } finally {
    busy = false;
    bar.hidden = true;
  }
});
