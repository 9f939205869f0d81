// Classic script, first in <head>: the reader's theme and the width of the navigation are set before anything is painted, and
// the browser's time zone is told to the portal with the next request.
// Elements with data-theme-set="light|dark|auto" change it; the choice stays on this device.
(function () {
  const root = document.documentElement;

  function chosen() {
    try { return localStorage.getItem('theme'); } catch { return null; }
  }

  function apply() {
    const theme = chosen();
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
    else delete root.dataset.theme;
    for (const button of document.querySelectorAll('[data-theme-set]')) {
      button.setAttribute('aria-pressed', String(button.dataset.themeSet === (theme ?? 'auto')));
    }
  }

  // html[data-nav=folded] shows the navigation as icons: as the reader left it, or by itself where there is little room.
  const narrow = matchMedia('(max-width: 1100px)');

  function fold() {
    let choice = null;
    try { choice = localStorage.getItem('nav'); } catch { /* Storage is blocked. */ }
    if ((choice ?? (narrow.matches ? 'folded' : 'open')) === 'folded') root.dataset.nav = 'folded';
    else delete root.dataset.nav;
  }

  narrow.addEventListener('change', fold);
  document.addEventListener('portal:fold', () => {
    try { localStorage.setItem('nav', root.dataset.nav === 'folded' ? 'open' : 'folded'); } catch { /* Storage is blocked. */ }
    fold();
  });

  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  if (timeZone) document.cookie = `zone=${timeZone}; path=/; max-age=31536000; samesite=lax`;

  fold();
  apply();
  document.addEventListener('DOMContentLoaded', () => {
    apply();
    // Enhanced navigation merges the new document's <html> over ours.
    globalThis.Blazor?.addEventListener?.('enhancedload', () => { fold(); apply(); });
  });
  // Blazor draws the menu again when a page comes alive, so the mark is set when it opens.
  document.addEventListener('toggle', apply, true);
  document.addEventListener('click', e => {
    const button = e.target.closest?.('[data-theme-set]');
    if (!button) return;
    try {
      if (button.dataset.themeSet === 'auto') localStorage.removeItem('theme');
      else localStorage.setItem('theme', button.dataset.themeSet);
    } catch { /* Storage is blocked: the choice lasts until the next page. */ }
    apply();
  });
})();
