// What the reader selected inside an element, so that a comment can quote it. The last selection counts, since pressing a button may end it.
let last = null;

document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  if (selection && !selection.isCollapsed)
    last = { text: selection.toString(), node: selection.anchorNode };
});

export function selection(id, most) {
  const now = document.getSelection();
  const chosen = now && !now.isCollapsed ? { text: now.toString(), node: now.anchorNode } : last;
  return chosen && document.getElementById(id)?.contains(chosen.node) ? chosen.text.trim().slice(0, most) || null : null;
}
