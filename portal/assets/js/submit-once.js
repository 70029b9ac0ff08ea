// Forms marked data-once are sent once: a second press does nothing until the page is shown anew.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-once]")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  // Disabled only after the browser has gathered the fields: the pressed button's own value belongs to them.
  setTimeout(() => form.querySelectorAll('[type="submit"]').forEach((button) => (button.disabled = true)));
});

window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    form.querySelectorAll('[type="submit"]').forEach((button) => (button.disabled = false));
  });
});
