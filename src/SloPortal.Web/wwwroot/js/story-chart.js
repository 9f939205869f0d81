// The story of an objective: events, budget left, burn rate and good events on one time axis.
//
//   const handle = await create(element, model, dotnetRef);   update(handle, model);   dispose(handle);
//
// model (instants in ms since the epoch, shares in percent, null where nothing was measured):
//   { rangeStart, rangeEnd, now, timeZone,
//     points: [{ t, budgetLeft, burn, good, attained }],  in order
//     projection: { fromT, fromValue, toT } | null,        a straight line to an empty budget
//     target: [{ from, target }],                          steps, in order
//     thresholds: [{ label, burn, severity: 'page'|'ticket' }],
//     events: [{ id, kind: 'version'|'alert'|'deployment'|'incident'|'postmortem'|'correction'|'action', t, end?, label, href?, tone? }],
//     shaded: [{ from, to, tone }], texts: { … story/words.js } }
// dotnetRef gets OnZoom(fromMs, toMs) and OnZoomOut().

import { Cursor } from './story/cursor.js';
import { drawLane } from './story/lane.js';
import { drawLabels } from './story/overlay.js';
import { library } from './story/library.js';
import { onThemeChange, palette } from './story/palette.js';
import { option } from './story/option.js';
import { scene } from './story/scene.js';

class StoryChart {
  constructor(echarts, element, model, dotnetRef) {
    this.element = element;
    this.model = model;
    const add = (tag, className) => element.appendChild(Object.assign(document.createElement(tag), { className }));
    this.canvas = add('div', 'story-canvas');
    this.canvas.setAttribute('aria-hidden', 'true');
    this.labels = add('div', 'story-labels');
    this.labels.setAttribute('aria-hidden', 'true');
    this.lane = add('ul', 'story-lane');
    this.plot = add('div', 'story-plot');
    this.plot.tabIndex = 0;
    this.plot.setAttribute('role', 'slider');
    this.ruler = document.createElement('canvas').getContext('2d');
    this.chart = echarts.init(this.canvas, null, { renderer: 'canvas' });
    const call = (name, ...args) => dotnetRef?.invokeMethodAsync(name, ...args).catch(() => { /* The circuit is gone; so is this page. */ });
    this.cursor = new Cursor(element, this.plot, (from, to) => call('OnZoom', from, to), () => call('OnZoomOut'));
    this.colours = palette(element);
    this.draw();
    this.resize = new ResizeObserver(() => {
      if (element.clientWidth === this.scene.width && element.clientHeight === this.scene.height) return;
      this.chart.resize();
      this.draw();
    });
    this.resize.observe(element);
    this.stopTheme = onThemeChange(() => { this.colours = palette(element); this.draw(); });
  }

  measure(label) {
    this.ruler.font = `600 13px ${this.colours.font}`;
    return this.ruler.measureText(label).width;
  }

  draw() {
    const { element } = this;
    // Hidden (a closed tab): there is nothing to lay out; the resize observer draws when it shows.
    if (!element.clientWidth || !element.clientHeight) { this.scene = { width: 0, height: 0, points: [] }; return; }
    const next = scene(this.model, element.clientWidth, element.clientHeight, label => this.measure(label));
    Object.assign(next, { width: element.clientWidth, height: element.clientHeight });
    this.scene = next;
    this.chart.setOption(option(next, this.colours), { replaceMerge: ['series'], lazyUpdate: false });
    drawLabels(this.labels, next);
    const lane = JSON.stringify([next.lane, next.from, next.to, next.width]);
    if (lane !== this.laneDrawn) drawLane(this.lane, next, (t, event) => this.cursor.point(t, event));
    this.laneDrawn = lane;
    this.lane.setAttribute('aria-label', next.words.events);
    Object.assign(this.plot.style, { left: `${next.box.left}px`, width: `${next.box.width}px`, top: `${next.box.panels[0].title}px`, height: `${next.box.bottom - next.box.panels[0].title}px` });
    this.plot.setAttribute('aria-label', next.words.summary);
    this.plot.setAttribute('aria-valuemin', String(next.from));
    this.plot.setAttribute('aria-valuemax', String(next.to));
    if (!this.plot.hasAttribute('aria-valuenow')) this.plot.setAttribute('aria-valuenow', String(next.until));
    this.cursor.refresh(next);
  }

  dispose() {
    this.resize.disconnect();
    this.stopTheme();
    this.cursor.dispose();
    this.chart.dispose();
    this.element.replaceChildren();
  }
}

export async function create(element, model, dotnetRef) {
  return new StoryChart(await library(), element, model, dotnetRef);
}

export function update(handle, model) {
  handle.model = model;
  handle.draw();
}

export function dispose(handle) {
  handle.dispose();
}
