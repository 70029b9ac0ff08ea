// Suggestions under a search box: <form data-suggest="address">. An ARIA 1.2 combobox: the focus stays in the field, arrows
// choose, Enter opens what is chosen or else searches, Escape closes. Without this script the form is a plain one.
const PAUSE = 120;

document.querySelectorAll("form[data-suggest]").forEach((form) => {
  const field = form.querySelector("input[name=q]");
  const list = document.createElement("ul");
  const told = document.createElement("p");
  let pause, asking, chosen = -1;

  list.id = `${field.id}-suggestions`;
  list.className = "s-suggest";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.suggestions);
  told.className = "sr-only";
  told.setAttribute("role", "status");
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-controls", list.id);
  field.parentElement.append(list);
  form.append(told);

  const options = () => [...list.children];

  function choose(number) {
    chosen = number;
    options().forEach((option, at) => option.setAttribute("aria-selected", at === chosen));
    const option = options()[chosen];
    if (option) field.setAttribute("aria-activedescendant", option.id);
    else field.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  function close() {
    clearTimeout(pause);
    asking?.abort();
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    choose(-1);
  }

  function option(suggestion, number) {
    const item = document.createElement("li");
    const kind = document.createElement("span");
    const text = document.createElement("span");
    item.id = `${list.id}-${number}`;
    item.dataset.url = suggestion.url;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    text.textContent = suggestion.text;
    if (suggestion.lang !== document.documentElement.lang) text.lang = suggestion.lang;
    kind.className = "s-suggest__kind";
    kind.textContent = suggestion.kind_label;
    item.append(text, kind);
    return item;
  }

  function show(suggestions) {
    list.replaceChildren(...suggestions.map(option));
    list.hidden = !suggestions.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
    choose(-1);
    told.textContent = suggestions.length ? form.dataset.some.replace("{n}", suggestions.length) : form.dataset.none;
  }

  async function ask() {
    asking?.abort();
    asking = new AbortController();
    const typed = field.value.trim();
    if (typed.length < 2) return close();
    const address = `${form.dataset.suggest}?${new URLSearchParams({ q: typed, format: "json" })}`;
    try {
      const answer = await fetch(address, { signal: asking.signal });
      if (answer.ok) show((await answer.json()).suggestions);
    } catch {
      // A newer question took this one's place, or the network is away: the form still searches.
    }
  }

  field.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(ask, PAUSE);
  });
  field.addEventListener("keydown", (event) => {
    const count = options().length;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && !list.hidden && chosen >= 0) {
      event.preventDefault();
      window.location.assign(options()[chosen].dataset.url);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) return event.key === "ArrowDown" && ask();
      const step = event.key === "ArrowDown" ? 1 : -1;
      // One place before the first is the field itself, where nothing is chosen.
      choose(((chosen + 1 + step + count + 1) % (count + 1)) - 1);
    } else if (event.key === "Tab") close();
  });
  field.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const url = event.target.closest("[role=option]")?.dataset.url;
    if (url) window.location.assign(url);
  });
});
