// Keys that work everywhere; KeyboardHelp.razor lists them and holds the pages of the g-keys.
import { goTo } from "./palette.js";

const goWindow = 1200; // milliseconds that a "g" waits for its letter

const isTyping = element =>
  element instanceof HTMLElement && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName));

export function watchKeys({ search, showKeys }) {
  let wentAt = 0;

  document.addEventListener("keydown", event => {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      search();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target) || document.querySelector("dialog[open]"))
      return;

    const going = event.timeStamp - wentAt < goWindow && wentAt > 0;
    wentAt = 0;
    const run = going ? goKey(event.key) : { "/": search, "?": showKeys, f: focusFilter, g: () => { wentAt = event.timeStamp; } }[event.key] ?? press(event.key);
    if (run) {
      event.preventDefault();
      run();
    }
  });
}

function goKey(key) {
  const entry = [...document.querySelectorAll("#keys [data-go]")].find(e => e.textContent.trim() === key);
  return entry && (() => goTo(entry.dataset.go));
}

// A button may claim a letter: data-press="t".
function press(key) {
  const button = /^[a-z]$/.test(key) && document.querySelector(`[data-press="${key}"]`);
  return button && (() => button.click());
}

function focusFilter() {
  const filter = document.querySelector("[data-filter]");
  filter?.focus();
  filter?.select();
}
