// Where everything stands: pixel boxes of the lane and the three panels, and the common time axis.

import { niceStep } from './figures.js';

const LANE_ROW = 22;

/** The extent of the axis: the range, and up to a quarter more where the forecast ends there; a little more shows where it heads. */
export function extent(model) {
  const span = model.rangeEnd - model.rangeStart;
  const live = model.now >= model.rangeEnd - span * 0.02;
  let to = model.rangeEnd;
  if (model.projection && live && model.projection.toT > to) {
    const ahead = model.projection.toT - to;
    to += ahead < span * 0.24 ? ahead + span * 0.01 : span * 0.06;
  }
  return { from: model.rangeStart, to };
}

/** Boxes in CSS pixels. On a narrow element the axis numbers move closer and the lane has fewer rows. */
export function layout(width, height, laneRows) {
  const narrow = width < 560;
  const left = narrow ? 44 : 56, right = narrow ? 10 : 24, title = 34, axis = 28;
  const lane = { top: 10, height: Math.max(1, laneRows) * LANE_ROW + 6 };
  const free = height - lane.top - lane.height - 3 * title - axis - 6;
  const parts = narrow ? [0.5, 0.27, 0.23] : [0.56, 0.25, 0.19];
  let top = lane.top + lane.height;
  const panels = parts.map(part => {
    const box = { title: top, top: top + title, height: Math.round(free * part) };
    top = box.top + box.height;
    return box;
  });
  return { narrow, left, right, width: Math.max(10, width - left - right), lane, panels, bottom: top, row: LANE_ROW };
}

/** Below this the axis ends: an outage can overspend a budget fifty times, and to show that would flatten all the rest. */
const DEEPEST = -100;

/**
 * The scale of the budget panel, in percent: 100 at the top unless more was given back, always some room below zero.
 * `lowest` is the point below the axis that is said in words, or null.
 */
export function budgetScale(points, most) {
  let low = 0, high = 100, lowest = null;
  for (const p of points) {
    if (p.budgetLeft == null) continue;
    if (p.budgetLeft < (lowest?.budgetLeft ?? DEEPEST)) lowest = p;
    low = Math.max(DEEPEST, Math.min(low, p.budgetLeft));
    high = Math.max(high, p.budgetLeft);
  }
  const step = Math.max(20, niceStep(high - low, most));
  const min = low < -step / 2 ? Math.floor(low / step) * step : -step / 2;
  const values = [];
  for (let v = Math.ceil(min / step) * step; v <= high + 1e-9; v += step) values.push(v);
  return { min, max: Math.max(high, values.at(-1)), values, lowest };
}

/** The scale of the burn panel: whole decades that hold the data and every threshold. */
export function burnScale(points, thresholds) {
  let high = Math.max(10, ...thresholds.map(t => t.burn * 1.4));
  for (const p of points) if (p.burn > high) high = p.burn;
  const top = Math.ceil(Math.log10(high) - 1e-9);
  const values = [];
  for (let d = -1; d <= top; d++) values.push(10 ** d);
  return { min: 0.1, max: 10 ** top, values };
}

/** The scale of the good-events panel, in percent: from a round number below the worst to 100. */
export function goodScale(points, targets) {
  let low = Math.min(100, ...targets);
  for (const p of points) {
    if (p.good != null) low = Math.min(low, p.good);
    if (p.attained != null) low = Math.min(low, p.attained);
  }
  const room = low === 100 ? 1 : Math.max(100 - low, 0.002);
  const step = niceStep(room * 1.02, 2);
  const min = Math.max(0, 100 - Math.ceil(room / step - 1e-9) * step);
  const values = [];
  for (let v = min; v <= 100 + 1e-9; v += step) values.push(Math.min(100, Number(v.toFixed(8))));
  return { min, max: 100, values, digits: Math.max(0, Math.min(6, Math.ceil(-Math.log10(step) - 1e-9) + (step / 10 ** Math.floor(Math.log10(step) + 1e-9) === 2.5 ? 1 : 0))) };
}

/** Stretches where a series has nothing, between the neighbours that have: [[from, to], …], up to `until`. */
export function gaps(points, key, from, until) {
  const out = [];
  let last = from, open = points.length === 0;
  for (const p of points) {
    if (p.t > until) break;
    if (p[key] == null) { open = true; continue; }
    if (open) out.push([last, p.t]);
    open = false;
    last = p.t;
  }
  if (open) out.push([last, until]);
  return out.filter(([a, b]) => b > a);
}
