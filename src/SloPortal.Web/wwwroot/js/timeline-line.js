// The line in which one writes into a timeline ([data-line]). What is typed and what is not yet sent stand in the browser's own
// storage, so that neither a lost connection nor a reload loses a word; each entry has a key of its own, so that it stands once
// however often it is sent. It speaks HTTP and not the page's connection, which may be the one that is lost.
const page = () => document.querySelector("[data-line]");
const input = () => page()?.querySelector("input");
const base = form => `/api/v1/incidents/${form.dataset.incident}`;
const place = (form, what) => `timeline/${what}/${form.dataset.me}/${form.dataset.incident}`;

let preview = null;      // what the portal said about the text that stands in the line
let chosen = -1;
let asking = null;
let sending = false;
let retryIn = 500;       // milliseconds; doubles up to five seconds

const waiting = form => JSON.parse(localStorage.getItem(place(form, "waiting")) ?? "[]");
const keep = (form, list) => list.length ? localStorage.setItem(place(form, "waiting"), JSON.stringify(list)) : localStorage.removeItem(place(form, "waiting"));
const change = (form, key, item) => keep(form, waiting(form).flatMap(w => w.key === key ? (item ? [item] : []) : [w]));

async function post(url, body) {
  const response = await fetch(url, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  const answer = response.headers.get("Content-Type")?.includes("json") ? await response.json() : null;
  return { status: response.status, ok: response.ok, answer };
}

function keepDraft(form) {
  const text = input().value;
  text ? localStorage.setItem(place(form, "draft"), text) : localStorage.removeItem(place(form, "draft"));
}

// ---- what it will become ----

async function ask(form) {
  const line = input().value;
  if (!line.trim()) {
    show(form, null);
    return;
  }
  asking?.abort();
  const mine = asking = new AbortController();
  try {
    const response = await fetch(`${base(form)}/timeline/lines/preview`, {
      method: "POST", headers: { "Content-Type": "application/json" }, signal: mine.signal, body: JSON.stringify({ line, zone: form.dataset.zone }) });
    const said = response.ok && await response.json();
    if (said && !mine.signal.aborted && input()?.value === line)
      show(form, { line, ...said });
  } catch {
    // Without a connection nothing is promised; Enter keeps it all the same.
  }
}

function show(form, said) {
  preview = said;
  chosen = -1;
  const becomes = form.querySelector(".line-becomes");
  becomes.textContent = said?.question ?? said?.becomes ?? (said?.candidates.length ? "" : said?.problem) ?? "";
  becomes.dataset.tone = said?.becomes ? (said.question ? "warn" : "") : "bad";
  drawList(form);
}

function drawList(form) {
  const list = form.querySelector("[role=listbox]");
  const candidates = preview?.candidates ?? [];
  list.replaceChildren(...candidates.map((candidate, i) => {
    const option = document.createElement("li");
    option.id = `line-option-${i}`;
    option.role = "option";
    option.setAttribute("aria-selected", String(i === chosen));
    const word = document.createElement("strong");
    word.textContent = candidate.word;
    const note = document.createElement("span");
    note.textContent = candidate.note;
    option.append(word, note);
    return option;
  }));
  list.hidden = candidates.length === 0;
  const box = input();
  box.setAttribute("aria-expanded", String(!list.hidden));
  chosen >= 0 ? box.setAttribute("aria-activedescendant", `line-option-${chosen}`) : box.removeAttribute("aria-activedescendant");
}

function take(form, candidate) {
  const box = input();
  box.value = candidate.line;
  keepDraft(form);
  show(form, null);
  ask(form);
  box.focus();
}

// ---- sending ----

function submit(form) {
  const box = input();
  const line = box.value.trim();
  if (!line)
    return;
  if (preview?.line === box.value && preview.problem) {
    const becomes = form.querySelector(".line-becomes");
    becomes.textContent = preview.problem;
    becomes.dataset.tone = "bad";
    return;
  }
  keep(form, [...waiting(form), { key: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`, line, at: Date.now() }]);
  box.value = "";
  keepDraft(form);
  asking?.abort();
  show(form, null);
  drawWaiting(form);
  send(form);
}

async function send(form) {
  if (sending)
    return;
  sending = true;
  try {
    for (let item; page() === form && (item = waiting(form).find(w => !w.problem && !w.question));) {
      const { status, ok, answer } = await post(`${base(form)}/timeline/lines`, {
        line: item.line, clientKey: item.key, typedSecondsAgo: (Date.now() - item.at) / 1000, zone: form.dataset.zone, confirmUnusualTime: item.confirmed === true });
      if (ok && answer?.question) {
        change(form, item.key, { ...item, question: answer.question });
      } else if (ok && answer) {
        change(form, item.key, null);
        leave(form, item);
      } else if (status === 401) {
        change(form, item.key, { ...item, problem: "You are signed out. Sign in again; this line is kept." });
      } else if (status >= 400 && status < 500 && status !== 408 && status !== 429) {
        refuse(form, item, answer?.detail ?? `The portal answered ${status}.`);
      } else {
        throw new Error(String(status));
      }
      retryIn = 500;
      drawWaiting(form);
    }
  } catch {
    drawWaiting(form, true);
    setTimeout(() => page() && send(page()), retryIn);
    retryIn = Math.min(5000, retryIn * 2);
  } finally {
    sending = false;
  }
}

// Back into the line where that is free; else it waits below for a decision.
function refuse(form, item, problem) {
  const box = input();
  if (box.value) {
    change(form, item.key, { ...item, problem });
    return;
  }
  change(form, item.key, null);
  box.value = item.line;
  keepDraft(form);
  const becomes = form.querySelector(".line-becomes");
  becomes.textContent = problem;
  becomes.dataset.tone = "bad";
}

// It stays in sight until the timeline shows it.
function leave(form, item) {
  const line = outbox()?.querySelector(`[data-sent="${CSS.escape(item.key)}"]`);
  if (!line)
    return;
  line.dataset.done = "";
  const gone = Date.now() + 3000;
  const look = () => document.querySelector(`[data-key="${CSS.escape(item.key)}"]`) || Date.now() > gone ? line.remove() : setTimeout(look, 50);
  look();
}

const outbox = () => document.querySelector("[data-outbox]");

function drawWaiting(form, offline = false) {
  const list = outbox();
  if (!list)
    return;
  const items = waiting(form);
  for (const line of [...list.children])
    if (!("done" in line.dataset) && !items.some(i => i.key === line.dataset.sent))
      line.remove();
  for (const item of items) {
    let line = list.querySelector(`[data-sent="${CSS.escape(item.key)}"]`);
    if (!line) {
      line = document.createElement("li");
      line.dataset.sent = item.key;
      list.append(line);
    }
    const text = document.createElement("span");
    text.textContent = item.line;
    const state = document.createElement("span");
    state.className = item.problem ? "is-bad" : "muted";
    state.textContent = item.problem ?? item.question ?? (offline ? "waits for the connection" : "sending");
    line.replaceChildren(text, state);
    if (item.question)
      line.append(button("Add it so", () => { change(form, item.key, { ...item, question: undefined, confirmed: true }); drawWaiting(form); input().focus(); send(form); }));
    if (item.question || item.problem) {
      line.append(button("Edit", () => { change(form, item.key, null); input().value = item.line; keepDraft(form); drawWaiting(form); ask(form); input().focus(); }));
      line.append(button("Drop", () => { change(form, item.key, null); drawWaiting(form); input().focus(); }));
    }
  }
}

function button(words, run) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-small";
  made.textContent = words;
  made.addEventListener("click", run);
  return made;
}

// ---- files ----

async function attachFiles(incident, files) {
  const problem = document.querySelector("[data-attach-problem]");
  for (const file of files) {
    problem.textContent = `Sending ${file.name} …`;
    try {
      const query = new URLSearchParams({ name: file.name || "screenshot.png", clientKey: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}` });
      const response = await fetch(`/api/v1/incidents/${incident}/attachments?${query}`, { method: "POST", headers: { "Content-Type": "application/octet-stream" }, body: file });
      if (!response.ok) {
        const answer = await response.json().catch(() => null);
        problem.textContent = `${file.name}: ${answer?.detail ?? (response.status === 413 ? "This file is too large; an attachment has at most 10 MB." : `the portal answered ${response.status}.`)}`;
        return;
      }
      problem.textContent = "";
    } catch {
      problem.textContent = `${file.name} was not sent: the portal does not answer. Attach it again.`;
      return;
    }
  }
}

// ---- the document's events ----

document.addEventListener("input", event => {
  const form = page();
  if (form && event.target === input()) {
    keepDraft(form);
    ask(form);
  }
});

document.addEventListener("submit", event => {
  if (event.target.matches?.("[data-line]")) {
    event.preventDefault();
    submit(event.target);
  }
}, true);

document.addEventListener("keydown", event => {
  const form = page();
  const box = input();
  if (!form)
    return;
  if (event.target !== box) {
    // Whatever one types where nothing else takes it goes into the line.
    if (event.key.length === 1 && event.key !== " " && event.key !== "?" && !event.ctrlKey && !event.metaKey && !event.altKey && (event.target === document.body || event.target.matches?.("h1, main")) && !document.querySelector("dialog:modal"))
      box.focus();
    return;
  }
  const candidates = preview?.candidates ?? [];
  if ((event.key === "ArrowDown" || event.key === "ArrowUp") && candidates.length) {
    event.preventDefault();
    chosen = (chosen + (event.key === "ArrowDown" ? 1 : candidates.length - (chosen < 0 ? 0 : 1))) % candidates.length;
    drawList(form);
  } else if ((event.key === "Tab" && !event.shiftKey && candidates.length) || (event.key === "Enter" && chosen >= 0)) {
    event.preventDefault();
    take(form, candidates[Math.max(0, chosen)]);
  } else if (event.key === "Escape" && candidates.length) {
    event.preventDefault();
    preview.candidates = [];
    chosen = -1;
    drawList(form);
  }
}, true);

document.addEventListener("mousedown", event => {
  const option = event.target.closest?.("[data-line] [role=option]");
  if (!option)
    return;
  event.preventDefault();
  take(page(), preview.candidates[[...option.parentElement.children].indexOf(option)]);
});

document.addEventListener("paste", event => {
  const files = [...event.clipboardData?.files ?? []];
  if (page() && event.target === input() && files.length) {
    event.preventDefault();
    attachFiles(page().dataset.incident, files);
    return;
  }
  // The browser would cut it where the line is full, and say nothing.
  const length = event.clipboardData?.getData("text").length ?? 0;
  if (page() && event.target === input() && length > input().maxLength) {
    event.preventDefault();
    // What is still asked about the line would take the place of the reason.
    asking?.abort();
    const becomes = page().querySelector(".line-becomes");
    becomes.textContent = `An entry has at most ${input().maxLength.toLocaleString("en")} characters; what you pasted has ${length.toLocaleString("en")}. Attach it as a file, or choose Paste a chat under More.`;
    becomes.dataset.tone = "bad";
  }
});

document.addEventListener("change", event => {
  if (event.target.dataset?.attach) {
    attachFiles(event.target.dataset.attach, [...event.target.files]).finally(() => { event.target.value = ""; });
  }
});

addEventListener("online", () => page() && send(page()));

/** Begins with what the browser kept. */
export function attach(form) {
  const box = form.querySelector("input");
  box.value ||= localStorage.getItem(place(form, "draft")) ?? "";
  // Whoever signed in again means to send it.
  keep(form, waiting(form).map(w => w.problem?.startsWith("You are signed out") ? { ...w, problem: undefined } : w));
  drawWaiting(form);
  send(form);
  if (box.value)
    ask(form);
  if (matchMedia("(pointer: fine)").matches && (document.activeElement === document.body || document.activeElement?.matches("h1")))
    box.focus({ preventScroll: true });
}

export const textOf = area => new Blob([area.value]);

export function setText(area, text) {
  area.value = text;
}
