// Registers the service worker that shows our offline page. If that fails, everything else still works.
const worker = document.body.dataset.worker;
if (worker && "serviceWorker" in navigator) {
  addEventListener("load", () => navigator.serviceWorker.register(worker).catch(() => {}));
}
