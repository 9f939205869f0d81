// The event lane: real links over the canvas, so that Tab reaches them and a screen reader reads them.

import { shortMoment } from './time.js';

const SHAPES = {
  version: 'M2 3h10L7 12z',
  alert: 'M7 2l5.5 10h-11z',
  deployment: 'M7 1l6 6-6 6-6-6z',
  incident: 'M7 2a5 5 0 1 0 0 10A5 5 0 0 0 7 2z',
  postmortem: 'M3 1.5h8v11H3z',
  correction: 'M2 2h4v10H2zM8 2h4v10H8z',
  action: 'M1.5 7.5 4 5l2 2 4.5-4.5L13 5l-7 7z',
};
const TONES = { version: 'primary', alert: 'warn', deployment: 'info', incident: 'bad', postmortem: 'primary', correction: 'muted', action: 'good' };

/** Rebuilds the lane. `point(t | null)` is told which event the reader points at. */
export function drawLane(list, scene, point) {
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.id : null;
  list.replaceChildren(...scene.lane.items.map(item => item.cluster ? more(item, scene, point) : single(item, scene, point)), ...spans(scene));
  if (focused) list.querySelector(`[data-id="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

function top(item, scene) {
  return scene.box.lane.top + scene.box.lane.height - (item.row + 1) * scene.box.row - 2;
}

function single(item, scene, point) {
  const li = document.createElement('li');
  li.style.top = `${top(item, scene)}px`;
  if (item.side === 'right') li.style.left = `${item.x - 10}px`;
  else li.style.right = `${scene.width - item.x - 10}px`;
  li.style.maxWidth = `${item.width}px`;
  const link = eventLink(item.event, scene, point);
  link.dataset.side = item.side;
  if (item.bare) {
    link.dataset.bare = '';
    link.querySelector('.story-event-text').className = 'sr-only';
  }
  li.append(link);
  return li;
}

function eventLink(event, scene, point) {
  const link = document.createElement(event.href ? 'a' : 'span');
  if (event.href) link.href = event.href;
  else link.tabIndex = 0;
  link.className = 'story-event';
  link.dataset.id = event.id;
  link.dataset.tone = event.tone ?? TONES[event.kind] ?? 'muted';
  const when = shortMoment(event.t, scene.zone) + (event.end ? ` – ${shortMoment(event.end, scene.zone)}` : '');
  const text = document.createElement('span');
  text.className = 'story-event-text';
  text.textContent = event.label;
  const hidden = document.createElement('span');
  hidden.className = 'sr-only';
  hidden.textContent = `, ${when}`;
  link.append(icon(event.kind), text, hidden);
  for (const [name, t] of [['pointerenter', event.t], ['focus', event.t], ['pointerleave', null], ['blur', null]]) link.addEventListener(name, () => point(t, event));
  return link;
}

function icon(kind) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 14 14');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', SHAPES[kind] ?? SHAPES.action);
  svg.append(path);
  return svg;
}

/** "+3": a disclosure with the same links inside. */
function more(item, scene, point) {
  const li = document.createElement('li');
  li.style.top = `${top(item, scene)}px`;
  li.style.left = `${item.x}px`;
  const details = document.createElement('details');
  details.className = 'story-more';
  const summary = document.createElement('summary');
  summary.dataset.id = `more-${item.cluster[0].id}`;
  summary.textContent = `+${item.cluster.length}`;
  summary.setAttribute('aria-label', `${item.cluster.length} ${scene.words.more}`);
  const inner = document.createElement('ul');
  inner.className = 'story-more-list';
  inner.dataset.side = item.x > scene.width / 2 ? 'left' : 'right';
  for (const event of item.cluster) {
    const entry = document.createElement('li');
    const at = document.createElement('span');
    at.className = 'story-more-at';
    at.setAttribute('aria-hidden', 'true');
    at.textContent = shortMoment(event.t, scene.zone);
    entry.append(eventLink(event, scene, point), at);
    inner.append(entry);
  }
  details.append(summary, inner);
  details.addEventListener('keydown', e => {
    if (e.key !== 'Escape' || !details.open) return;
    e.stopPropagation();
    details.open = false;
    summary.focus();
  });
  details.addEventListener('focusout', e => { if (!details.contains(e.relatedTarget)) details.open = false; });
  li.append(details);
  return li;
}

/** What lasted: a bar on the floor of the lane from its start to its end. */
function spans(scene) {
  return (scene.model.events ?? []).filter(e => e.end > scene.from && e.t < scene.to).map(e => {
    const bar = document.createElement('li');
    const a = scene.x(Math.max(e.t, scene.from)), b = scene.x(Math.min(e.end, scene.to));
    bar.className = 'story-span';
    bar.dataset.tone = e.tone ?? TONES[e.kind] ?? 'muted';
    bar.setAttribute('aria-hidden', 'true');
    bar.style.left = `${a}px`;
    bar.style.width = `${Math.max(2, b - a)}px`;
    bar.style.top = `${scene.box.lane.top + scene.box.lane.height - 2}px`;
    return bar;
  });
}
