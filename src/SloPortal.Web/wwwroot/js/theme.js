// Classic script, first in <head>: the reader's theme is set before anything is painted.
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

  apply();
  document.addEventListener('DOMContentLoaded', () => {
    apply();
    // Enhanced navigation merges the new document's <html> over ours.
    globalThis.Blazor?.addEventListener?.('enhancedload', apply);
  });
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
