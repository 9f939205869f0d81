// One crosshair and one tooltip for all panels, and a drag that selects a stretch to zoom into.

import { reading } from './overlay.js';
import { targetAt } from './scene.js';
import { digitsFor, percent } from './figures.js';
import { moment, shortMoment, utc } from './time.js';

const NEAR = 10;

function part(parent, className) {
  const element = document.createElement('div');
  element.className = className;
  element.hidden = true;
  parent.append(element);
  return element;
}

export class Cursor {
  constructor(root, plot, zoom, zoomOut) {
    Object.assign(this, { root, plot, zoom, zoomOut, scene: null, t: null, anchor: null, event: null });
    this.line = part(root, 'story-cursor');
    this.brush = part(root, 'story-brush');
    this.dots = ['primary', 'text', 'info'].map(tone => {
      const dot = part(root, 'story-dot');
      dot.dataset.tone = tone;
      return dot;
    });
    this.tip = part(root, 'story-tip');
    this.tip.setAttribute('aria-hidden', 'true');
    this.stop = new AbortController();
    const on = (name, handler) => plot.addEventListener(name, handler, { signal: this.stop.signal });
    on('pointermove', e => this.move(e));
    on('pointerdown', e => this.press(e));
    on('pointerup', e => this.release(e));
    on('pointercancel', () => { this.anchor = null; this.show(null); });
    on('pointerleave', e => { if (this.anchor === null && document.activeElement !== plot) this.show(null); });
    on('dblclick', () => this.zoomOut());
    on('keydown', e => this.key(e));
    on('focus', () => { if (this.t === null && plot.matches(':focus-visible')) this.show(this.scene.points.at(-1)?.t ?? this.scene.from); });
    on('blur', () => { this.anchor = null; this.show(null); });
  }

  at(e) {
    const px = e.clientX - this.root.getBoundingClientRect().left;
    return Math.min(this.scene.to, Math.max(this.scene.from, this.scene.t(px)));
  }

  press(e) {
    if (e.button !== 0) return;
    this.anchor = this.at(e);
    this.moved = false;
    this.plot.setPointerCapture(e.pointerId);
  }

  move(e) {
    const t = this.at(e);
    if (this.anchor !== null && Math.abs(this.scene.x(t) - this.scene.x(this.anchor)) > 4) this.moved = true;
    this.event = null;
    this.show(t);
  }

  release(e) {
    const from = this.anchor, to = this.at(e);
    this.anchor = null;
    if (from !== null && this.moved) this.choose(from, to);
    this.show(to);
  }

  choose(a, b) {
    if (Math.abs(this.scene.x(a) - this.scene.x(b)) < 6) return;
    this.zoom(Math.round(Math.min(a, b)), Math.round(Math.max(a, b)));
  }

  key(e) {
    const { points, from, to } = this.scene;
    if (e.key === 'Escape') {
      e.preventDefault();
      if (this.anchor !== null) { this.anchor = null; this.show(this.t); } else this.zoomOut();
      return;
    }
    if (e.key === 'Enter' && this.anchor !== null) {
      e.preventDefault();
      const start = this.anchor;
      this.anchor = null;
      this.choose(start, this.t);
      return;
    }
    const steps = { ArrowLeft: -1, ArrowRight: 1, PageUp: 24, PageDown: -24, Home: -Infinity, End: Infinity }[e.key];
    if (!steps || !points.length) return;
    e.preventDefault();
    const index = nearest(points, this.t ?? from);
    const next = points[Math.min(points.length - 1, Math.max(0, index + steps))].t;
    if (e.shiftKey && this.anchor === null) this.anchor = this.t ?? next;
    if (!e.shiftKey) this.anchor = null;
    this.show(Math.min(to, Math.max(from, next)));
  }

  /** Points at an event of the lane, or at nothing. */
  point(t, event) {
    this.event = t === null ? null : event;
    this.show(t);
  }

  /** Follows new data without moving. */
  refresh(scene) {
    this.scene = scene;
    this.show(this.t);
  }

  show(t) {
    this.t = t;
    const { scene } = this;
    const hidden = t === null || !scene;
    this.line.hidden = this.tip.hidden = hidden;
    for (const dot of this.dots) dot.hidden = true;
    this.brush.hidden = hidden || this.anchor === null;
    if (hidden) return;

    const point = t > scene.until ? null : scene.points[nearest(scene.points, t)] ?? null;
    const exact = this.event ? this.event.t : point ? point.t : t;
    const x = scene.x(Math.min(scene.to, Math.max(scene.from, exact)));
    const { box } = scene;
    Object.assign(this.line.style, { left: `${x}px`, top: `${box.lane.top}px`, height: `${box.bottom - box.lane.top}px` });
    if (this.anchor !== null) {
      const a = scene.x(this.anchor), b = scene.x(t);
      Object.assign(this.brush.style, { left: `${Math.min(a, b)}px`, width: `${Math.abs(a - b)}px`, top: `${box.panels[0].top}px`, height: `${box.bottom - box.panels[0].top}px` });
    }
    if (point) {
      [['budget', point.budgetLeft], ['burn', point.burn], ['good', point.good]].forEach(([name, value], i) => {
        if (value == null) return;
        Object.assign(this.dots[i].style, { left: `${scene.x(point.t)}px`, top: `${scene.y[name](value)}px` });
        this.dots[i].hidden = false;
      });
    }
    this.tell(exact, point, x);
  }

  tell(t, point, x) {
    const { scene } = this;
    const rows = point ? reading(scene, point) : this.forecast(t);
    const target = targetAt(scene, t);
    if (point && target !== null) rows.push([scene.words.target, percent(target, digitsFor(target)), 'good']);
    const near = this.event ? [this.event] : (scene.model.events ?? []).filter(e => Math.abs(scene.x(e.t) - x) < NEAR || (e.end && e.t <= t && t <= e.end)).slice(0, 4);

    const head = text('div', 'story-tip-head', moment(t, scene.zone));
    head.append(text('span', '', utc(t, scene.zone)));
    const list = rows.map(([name, value, tone]) => {
      const row = text('div', 'story-tip-row', '');
      row.dataset.tone = tone;
      row.append(text('span', 'story-tip-name', name), text('strong', value === scene.words.noData ? 'muted' : '', value));
      return row;
    });
    const events = near.map(e => {
      const row = text('div', 'story-tip-event', e.label);
      row.append(text('span', '', shortMoment(e.t, scene.zone)));
      return row;
    });
    this.tip.replaceChildren(head, ...list, ...events);

    const width = this.tip.offsetWidth, full = this.root.clientWidth;
    const left = x + 14 + width <= full ? x + 14 : Math.max(0, x - 14 - width);
    Object.assign(this.tip.style, { left: `${Math.min(left, Math.max(0, full - width))}px`, top: `${scene.box.panels[0].top + 4}px` });
    this.plot.setAttribute('aria-valuenow', String(Math.round(t)));
    this.plot.setAttribute('aria-valuetext', [moment(t, scene.zone), ...rows.map(([name, value]) => `${name} ${value}`), ...near.map(e => e.label)].join(', '));
  }

  /** Beyond now there is only the forecast. */
  forecast(t) {
    const { model, words } = this.scene;
    const p = model.projection;
    if (!p || t < p.fromT) return [];
    const left = p.fromValue * (p.toT - Math.min(t, p.toT)) / (p.toT - p.fromT);
    return [[`${words.forecast}: ${words.budgetShort.toLowerCase()}`, percent(left, 1), 'warn']];
  }

  dispose() {
    this.stop.abort();
  }
}

function text(tag, className, content) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.textContent = content;
  return element;
}

/** Index of the point closest to an instant; points are in order. */
export function nearest(points, t) {
  let low = 0, high = points.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (points[middle].t < t) low = middle + 1; else high = middle;
  }
  return low > 0 && t - points[low - 1].t < points[low].t - t ? low - 1 : low;
}
