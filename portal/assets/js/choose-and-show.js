// A form marked data-autosubmit is sent as soon as something is chosen, and focus returns to what was chosen.
// A hint that says so (data-js-only) appears, and the button that is needed without a script (data-no-js) goes.
const KEY = "chosen";

document.querySelectorAll("[data-js-only]").forEach((part) => (part.hidden = false));
document.querySelectorAll("[data-no-js]").forEach((part) => (part.hidden = true));

document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (!form?.matches("[data-autosubmit]") || !event.target.matches("select, [type=checkbox], [type=radio]")) return;
  sessionStorage.setItem(KEY, event.target.id);
  form.requestSubmit();
});

const chosen = sessionStorage.getItem(KEY);
sessionStorage.removeItem(KEY);
if (chosen) document.getElementById(chosen)?.focus({ preventScroll: true });
