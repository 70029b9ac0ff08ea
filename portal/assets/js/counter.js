// Under a text area with a limit: <p class="form-hint" data-count-for="its-id" data-text="{n} characters left" hidden>.
// It is read aloud when one pauses, not at every key.
document.querySelectorAll("[data-count-for]").forEach((note) => {
  const area = document.getElementById(note.dataset.countFor);
  if (!area || area.maxLength < 0) return;
  let pause;
  const tell = () => (note.textContent = note.dataset.text.replace("{n}", area.maxLength - area.value.length));
  note.hidden = false;
  note.setAttribute("role", "status");
  area.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(tell, 400);
  });
  tell();
});
