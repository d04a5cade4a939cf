// A page of ours is shown when there is no connection. Where that isn't possible, everything else works as it is.
const worker = document.body.dataset.worker;
if (worker && "serviceWorker" in navigator) {
  addEventListener("load", () => navigator.serviceWorker.register(worker).catch(() => {}));
}
