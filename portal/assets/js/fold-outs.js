// Filters stand open where there is room beside the list; Escape and a press elsewhere close the menu on small screens.
const wide = window.matchMedia("(min-width: 1024px)");
const menu = document.querySelector(".s-header__menu");

document.querySelectorAll("details.s-facets").forEach((filters) => {
  if (wide.matches) filters.open = true;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu?.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  if (menu?.open && !menu.contains(event.target)) menu.open = false;
});
