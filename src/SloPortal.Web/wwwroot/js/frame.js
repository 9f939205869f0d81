// The frame's small manners, by delegation on the document so that no element needs a handler of its own:
//   [data-nav-toggle]   opens and closes the navigation drawer of .app
//   [data-copy]         copies its value, or the text of the element that data-copy-from names; says so for two seconds
//   .skip               moves the focus to the content
//   details.menu        closes on Escape, on a click outside and after a choice

function setNav(open) {
  const app = document.querySelector('.app');
  if (!app || (app.dataset.nav === 'open') === open) return;
  app.dataset.nav = open ? 'open' : '';
  for (const toggle of document.querySelectorAll('[data-nav-toggle]')) toggle.setAttribute('aria-expanded', String(open));
  (open ? app.querySelector('.nav a') : app.querySelector('[data-nav-toggle]'))?.focus();
}

async function copy(button) {
  const source = button.dataset.copyFrom ? document.getElementById(button.dataset.copyFrom)?.textContent : button.dataset.copy;
  const word = button.querySelector('.copy-word');
  const before = word?.textContent;
  let done = true;
  // Without a secure context there is no clipboard: the text is selected, and the reader presses Ctrl+C.
  try { await navigator.clipboard.writeText(source ?? ''); } catch { done = select(button.dataset.copyFrom); }
  button.dataset.copied = String(done);
  if (!word) return;
  word.textContent = done ? button.dataset.copiedWord ?? 'Copied' : 'Press Ctrl+C';
  clearTimeout(button.copyTimer);
  button.copyTimer = setTimeout(() => { word.textContent = button.dataset.copyWord ?? before; delete button.dataset.copied; }, 2000);
}

function select(id) {
  const element = id && document.getElementById(id);
  if (element) getSelection().selectAllChildren(element);
  return false;
}

document.addEventListener('click', e => {
  const target = e.target;
  if (!(target instanceof Element)) return;
  const button = target.closest('[data-copy], [data-copy-from]');
  if (button) copy(button);
  if (target.closest('[data-nav-toggle]')) setNav(document.querySelector('.app')?.dataset.nav !== 'open');
  else if (target.closest('.nav-shade, .nav a')) setNav(false);
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    if (!menu.contains(target) || target.closest('.menu-list :is(a, button)')) menu.open = false;
  }
});

// Before the router, which would scroll to the content and leave the focus where it was.
document.addEventListener('click', e => {
  if (!(e.target instanceof Element && e.target.closest('.skip'))) return;
  e.preventDefault();
  document.getElementById('main')?.focus();
}, true);

document.addEventListener('keydown', e => {
  if (e.key !== 'Escape') return;
  const menu = document.querySelector('details.menu[open]');
  if (menu) { menu.open = false; menu.querySelector('summary').focus(); } else setNav(false);
});
