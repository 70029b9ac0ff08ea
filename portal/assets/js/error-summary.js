// A form sent back with errors: the list of errors is read first, and each of its links leads into the field itself.
const summary = document.querySelector('[data-module="error-summary"]');

summary?.focus();
summary?.addEventListener("click", (event) => {
  const field = document.getElementById(event.target.closest('a[href^="#"]')?.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  (field.labels?.[0] ?? field).scrollIntoView({ block: "center" });
  field.focus({ preventScroll: true });
});
