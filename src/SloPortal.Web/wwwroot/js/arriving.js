// Coming to a page. A page is seen before it lives, and what lives replaces what is seen: what was typed and chosen in between is
// carried over, and the focus with it.
const patience = 10_000; // milliseconds for a form that is still being read

const busy = () => document.querySelector("main[aria-busy=true]");

function nameOf(element) {
  const name = element.id ? `#${CSS.escape(element.id)}`
    : element.name ? `[name="${CSS.escape(element.name)}"]`
    : element.matches("a[href]") ? `a[href="${CSS.escape(element.getAttribute("href"))}"]` : null;
  return name && element.type === "radio" ? `${name}[value="${CSS.escape(element.value)}"]` : name;
}

const isChoice = field => field.type === "checkbox" || field.type === "radio";

function isTouched(field) {
  if (field.type === "file" || field.type === "hidden" || !nameOf(field))
    return false;
  if (isChoice(field))
    return field.checked !== field.defaultChecked && (field.checked || field.type === "checkbox");
  if (!field.matches("select"))
    return field.value !== field.defaultValue;
  const byDefault = [...field.options].find(o => o.defaultSelected) ?? field.options[0];
  return field.value !== byDefault?.value;
}

function carry(from, to) {
  const what = isChoice(from) ? "checked" : "value";
  if (to[what] === from[what])
    return;
  to[what] = from[what];
  to.dispatchEvent(new Event("input", { bubbles: true }));
  to.dispatchEvent(new Event("change", { bubbles: true }));
}

function watch(seen) {
  let focused = seen.contains(document.activeElement) ? document.activeElement : null;
  seen.addEventListener("focusin", event => { focused = event.target; });
  // Without a target the element itself may be what goes.
  seen.addEventListener("focusout", event => { focused = event.relatedTarget ?? focused; });
  let left = null; // what is still to be carried over, once the page lives
  const observer = new MutationObserver(() => {
    if (busy())
      return;
    if (!left) {
      left = [...seen.querySelectorAll("input, textarea, select")].filter(isTouched);
      setTimeout(() => observer.disconnect(), patience);
    }
    const find = element => document.querySelector(`#main ${nameOf(element)}`);
    left = left.filter(field => {
      const live = find(field);
      if (live)
        carry(field, live);
      return !live;
    });
    const live = focused && nameOf(focused) && find(focused);
    if (live && document.activeElement === document.body) {
      live.focus({ preventScroll: true });
      if (live.setSelectionRange && focused.selectionStart != null)
        live.setSelectionRange(focused.selectionStart, focused.selectionEnd);
    }
    if (live)
      focused = null;
    if (!focused && left.length === 0)
      observer.disconnect();
  });
  observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ["aria-busy"] });
}

if (busy())
  watch(busy());

/** The heading takes the focus of a page that was come to without loading a document, unless the page has given it to a field. */
export function focusHeading() {
  const main = document.getElementById("main");
  const heading = document.querySelector("h1");
  if (!heading || (main !== document.activeElement && main?.contains(document.activeElement)))
    return;
  heading.tabIndex = -1;
  heading.focus();
}
