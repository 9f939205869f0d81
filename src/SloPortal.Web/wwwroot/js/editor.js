// The writing part of a postmortem's editor. The text lives here, in the fields, so that a lost connection takes nothing of it; the page
// asks for it when it needs it, as a stream of small pieces. What is not saved is also kept in this browser, against a reload.
const fields = ["title", "summary", "body"];
const patience = 400;

/// The page's `owner` is told: OnTyped(bytes that are too many, or 0), OnSave().
export function start(root, owner, key, most) {
  const inputs = fields.map(name => root.querySelector(`[data-field=${name}]`));
  const handle = { root, inputs, key, most, owner, timer: 0, base: 0 };
  handle.saved = read(handle);
  handle.typed = () => {
    keep(handle);
    measure(handle);
    clearTimeout(handle.timer);
    handle.timer = setTimeout(() => tell(handle), patience);
  };
  handle.keys = event => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      owner.invokeMethodAsync("OnSave").catch(e => console.warn(e));
    }
  };
  inputs.forEach(input => input.addEventListener("input", handle.typed));
  root.addEventListener("keydown", handle.keys);
  root.dataset.ready = "";
  return handle;
}

export function dispose(handle) {
  clearTimeout(handle.timer);
  handle.inputs.forEach(input => input.removeEventListener("input", handle.typed));
  handle.root.removeEventListener("keydown", handle.keys);
}

/// What was typed earlier and not saved: put into the fields. Gives the revision on which it was written and when; null where nothing waits.
export function restore(handle, base) {
  handle.base = base;
  try {
    const draft = JSON.parse(localStorage.getItem(handle.key) ?? "null");
    if (!draft || same(draft.text, handle.saved)) {
      localStorage.removeItem(handle.key);
      return null;
    }
    handle.base = draft.base;
    write(handle, draft.text);
    measure(handle);
    return { base: draft.base, at: draft.at };
  } catch {
    return null;
  }
}

/// The text as JSON in UTF-8, which the page reads as a stream; empty where it is longer than may be saved.
export function text(handle) {
  if (measure(handle) > handle.most)
    return new Uint8Array();
  handle.given = read(handle);
  return new TextEncoder().encode(JSON.stringify(handle.given));
}

/// Puts a text in the place of the one that was given last, which then stands on revision `base`. False where somebody typed
/// meanwhile: nothing is touched then.
export function put(handle, next, base, isSaved) {
  const current = read(handle);
  const untouched = same(current, handle.given);
  if (!untouched && !same(next, handle.given))
    return false;
  if (untouched)
    write(handle, next);
  handle.base = base;
  if (isSaved)
    handle.saved = next;
  keep(handle);
  measure(handle);
  return true;
}

/// What stands here now may be replaced, however long it is.
export function discard(handle) {
  handle.given = read(handle);
}

function tell(handle) {
  const bytes = measure(handle);
  // While the connection is lost there is nobody to tell; the fields and the browser keep the text.
  handle.owner.invokeMethodAsync("OnTyped", bytes > handle.most ? bytes : 0).catch(e => console.warn(e));
}

function keep(handle) {
  const note = handle.root.querySelector("[data-unkept]");
  try {
    const now = read(handle);
    if (same(now, handle.saved))
      localStorage.removeItem(handle.key);
    else
      localStorage.setItem(handle.key, JSON.stringify({ base: handle.base, at: new Date().toISOString(), text: now }));
    note.hidden = true;
  } catch {
    note.hidden = false;
  }
}

function measure(handle) {
  const body = handle.inputs[2].value;
  // Up to three bytes a character: short ones need not be counted.
  const bytes = body.length * 3 <= handle.most ? body.length : new TextEncoder().encode(body).length;
  const note = handle.root.querySelector("[data-too-long]");
  note.hidden = bytes <= handle.most;
  note.querySelector("[data-size]").textContent = (bytes / 1e6).toFixed(1);
  return bytes;
}

const read = handle => Object.fromEntries(fields.map((name, i) => [name, handle.inputs[i].value]));
const same = (a, b) => fields.every(name => a?.[name] === b?.[name]);

function write(handle, next) {
  fields.forEach((name, i) => {
    const input = handle.inputs[i];
    const old = input.value;
    if (old === next[name])
      return;
    const { selectionStart: from, selectionEnd: to, scrollTop } = input;
    const now = next[name];
    let head = 0;
    while (head < old.length && old[head] === now[head]) head++;
    let tail = 0;
    while (tail < old.length - head && tail < now.length - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
    // What stood before the change stays where it was, what stood after it moves along.
    const moved = place => place <= head ? place : place >= old.length - tail ? place + now.length - old.length : Math.min(place, now.length - tail);
    input.value = now;
    input.setSelectionRange(moved(from), moved(to));
    input.scrollTop = scrollTop;
  });
}
