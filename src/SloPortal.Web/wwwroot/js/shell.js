// How a page arrives, and what opens over it: the search, the list of keys, the lost connection; and folding the navigation.
import "./arriving.js";
import "./reconnect.js";
import "./timeline-line.js";
import { openPalette } from "./palette.js";
import { watchKeys } from "./keys.js";

function search() {
  // A page without the frame, such as signing in, has nothing to search.
  if (document.querySelector("[data-palette-open]"))
    openPalette(document.getElementById("palette"));
}

function showKeys() {
  document.getElementById("keys")?.showModal();
}

const actions = [
  ["[data-palette-open]", search],
  ["[data-keys-open]", showKeys],
  ["[data-nav-fold]", () => document.dispatchEvent(new Event("portal:fold"))],
  ["dialog.dialog[open]", (dialog, event) => { if (event.target === dialog && dialog.id !== "components-reconnect-modal") dialog.close(); }],
];

document.addEventListener("click", event => {
  for (const [selector, run] of actions) {
    const hit = event.target instanceof Element ? event.target.closest(selector) : null;
    if (hit)
      run(hit, event);
  }
});

watchKeys({ search, showKeys });
