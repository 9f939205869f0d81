// The model, measured: extent, boxes, scales and the functions from values to pixels. Everything that draws reads this.

import { extent, layout, budgetScale, burnScale, goodScale } from './frame.js';
import { placeEvents } from './lane-layout.js';
import { digitsFor } from './figures.js';
import { ticks } from './time.js';
import { words } from './words.js';

/** The burn panel is drawn on a plain axis of exponents: a rate of zero stands on its floor, 0.1×. */
export const decade = burn => Math.log10(Math.max(burn, 0.1));

export function scene(model, width, height, measure) {
  const points = (model.points ?? []).filter(Boolean);
  const targets = (model.target ?? []).filter(step => step.target != null);
  const thresholds = model.thresholds ?? [];
  const { from, to } = extent(model);
  const flat = layout(width, height, 1);
  const x = t => flat.left + (t - from) / (to - from) * flat.width;
  const lane = placeEvents(model.events ?? [], x, flat, measure, from, to);
  const box = layout(width, height, lane.rows);
  const [budgetBox, burnBox, goodBox] = box.panels;
  const budget = budgetScale(points, Math.max(2, Math.floor(budgetBox.height / 44)));
  const burn = burnScale(points, thresholds);
  const good = goodScale(points, targets.map(step => step.target));
  const scale = (panel, min, max) => v => panel.top + (max - v) / (max - min) * panel.height;
  return {
    model, points, targets, thresholds, from, to, box, lane, budget, burn, good, x,
    words: { ...words, ...model.texts },
    zone: model.timeZone,
    until: Math.min(model.now ?? to, model.rangeEnd),
    digits: digitsFor(targets.at(-1)?.target),
    ticks: ticks(from, to, model.timeZone, box.width / (box.narrow ? 58 : 118)),
    t: px => from + (px - box.left) / box.width * (to - from),
    y: {
      budget: scale(budgetBox, budget.min, budget.max),
      burn: v => scale(burnBox, decade(burn.min), decade(burn.max))(decade(v)),
      good: scale(goodBox, good.min, good.max),
    },
  };
}

/** The target in force at an instant, in percent, or null before the first. */
export function targetAt(scene, t) {
  let found = null;
  for (const step of scene.targets) if (step.from <= t) found = step.target;
  return found;
}
