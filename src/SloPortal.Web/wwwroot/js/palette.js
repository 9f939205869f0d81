// The command palette: a combobox over /api/v1/find, which answers with what the reader may open.
const quiet = 60; // milliseconds without a key before the server is asked

let dialog, input, list, status, timer, request, chosen = -1;

/** Opens an address the way a link does: inside the circuit where the page lives, as a document before. */
export function goTo(address) {
  if (globalThis.Blazor?.navigateTo && !document.querySelector("main[aria-busy=true]"))
    Blazor.navigateTo(address);
  else
    location.assign(address);
}

/** @param {HTMLDialogElement} element the dialog of CommandPalette.razor */
export function openPalette(element) {
  if (!dialog)
    attach(element);
  if (dialog.open)
    return;
  input.value = "";
  dialog.showModal();
  input.focus();
  find();
}

function attach(element) {
  dialog = element;
  input = dialog.querySelector("input");
  list = dialog.querySelector("[role=listbox]");
  status = dialog.querySelector("[role=status]");

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(find, quiet);
  });
  input.addEventListener("keydown", event => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step) {
      event.preventDefault();
      choose(chosen + step, Math.abs(step) === 1);
    } else if (event.key === "Enter") {
      event.preventDefault();
      open(list.querySelectorAll("[role=option]")[chosen], event.ctrlKey || event.metaKey);
    }
  });
  list.addEventListener("click", event => open(event.target.closest("[role=option]"), event.ctrlKey || event.metaKey));
  dialog.addEventListener("click", event => {
    if (event.target === dialog)
      dialog.close();
  });
}

async function find() {
  request?.abort();
  request = new AbortController();
  const { signal } = request;
  try {
    const answer = await fetch(`/api/v1/find?q=${encodeURIComponent(input.value)}`, { signal, headers: { Accept: "application/json" } });
    if (!answer.ok)
      throw new Error(answer.status);
    show(await answer.json());
  } catch {
    if (signal.aborted)
      return;
    show([]);
    status.textContent = "The search did not answer. Check your connection and type again.";
  }
}

function show(entries) {
  list.replaceChildren();
  let group;
  entries.forEach((entry, i) => {
    if (entry.group !== group?.title)
      group = { title: entry.group, element: addGroup(entry.group, i) };
    group.element.append(optionFor(entry, i));
  });
  const about = input.value.trim();
  status.textContent = entries.length ? "" : about ? `Nothing is called “${about}”.` : "";
  choose(entries.length ? 0 : -1);
}

function addGroup(title, i) {
  const group = make("div", { role: "group", "aria-labelledby": `palette-group-${i}` });
  group.append(make("div", { id: `palette-group-${i}`, class: "palette-group", role: "presentation" }, title));
  list.append(group);
  return group;
}

function optionFor(entry, i) {
  const option = make("div", { role: "option", id: `palette-option-${i}`, "aria-selected": "false" });
  option.dataset.address = entry.address;
  option.append(make("span", {}, entry.title));
  if (entry.detail)
    option.append(make("span", { class: "palette-detail" }, entry.detail));
  return option;
}

function make(tag, attributes, text = "") {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    element.setAttribute(name, value);
  element.textContent = text;
  return element;
}

function choose(index, wraps = false) {
  const options = [...list.querySelectorAll("[role=option]")];
  if (options.length === 0) {
    chosen = -1;
    input.removeAttribute("aria-activedescendant");
    return;
  }
  chosen = wraps ? (index + options.length) % options.length : Math.min(Math.max(index, 0), options.length - 1);
  options.forEach((option, i) => option.setAttribute("aria-selected", i === chosen));
  input.setAttribute("aria-activedescendant", options[chosen].id);
  options[chosen].scrollIntoView({ block: "nearest" });
}

function open(option, elsewhere) {
  if (!option)
    return;
  dialog.close();
  if (elsewhere)
    globalThis.open(option.dataset.address, "_blank", "noopener");
  else
    goTo(option.dataset.address);
}
