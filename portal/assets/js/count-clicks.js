// Tells the portal that a search led to something: <ul data-clicks="address" data-asked="signed words">. Once for a page,
// without saying which result. The links themselves are untouched, and without this script nothing is told.
const told = new WeakSet();

function tell(event) {
  const list = event.target.closest?.("a")?.closest("[data-clicks]");
  if (!list || told.has(list) || event.button > 1) return;
  told.add(list);
  navigator.sendBeacon(list.dataset.clicks, new URLSearchParams({ asked: list.dataset.asked }));
}

document.addEventListener("click", tell);
document.addEventListener("auxclick", tell);
