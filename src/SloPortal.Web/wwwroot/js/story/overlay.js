// The words that stand on the canvas: panel titles and what each line is. Hidden from screen readers, who get the table.

import { digitsFor, percent, times } from './figures.js';
import { shortMoment } from './time.js';

export function drawLabels(host, scene) {
  const { box, until, words } = scene;
  const [budget, burn, good] = box.panels;
  const right = box.left + box.width;
  const out = [];
  const add = (text, kind, style) => {
    const label = document.createElement('span');
    label.className = `story-label ${kind}`;
    label.textContent = text;
    for (const [name, value] of Object.entries(style)) label.style[name] = `${value}px`;
    out.push(label);
  };

  add(words.budget, 'title', { left: 0, top: budget.title + 5 });
  add(words.burn, 'title', { left: 0, top: burn.title + 5 });
  add(words.good, 'title', { left: 0, top: good.title + 5 });
  add(words.exhausted, 'bad', { left: box.left + 5, top: scene.y.budget(0) + 2 });

  const width = host.clientWidth;
  const { lowest } = scene.budget;
  if (lowest) add(`${words.lowest} ${percent(lowest.budgetLeft, 0)}`, 'halo bad', { left: box.left + 5, top: budget.top + budget.height - 20 });

  const p = scene.model.projection;
  if (p && p.toT > p.fromT) {
    const inside = p.toT <= scene.to;
    const at = inside ? scene.x(p.toT) : right;
    add(`${words.gone} ${shortMoment(p.toT, scene.zone)}${inside ? '' : ' →'}`, 'warn strong', { right: width - Math.min(at + 8, right - 4), top: scene.y.budget(0) + 2 });
  }

  // Rules that lie close together would print over each other: the lower one moves left past the upper one.
  const rules = scene.thresholds.map(t => ({ text: t.label, at: t.burn, kind: t.severity === 'page' ? 'bad' : 'warn' }));
  if (rules.every(r => Math.abs(r.at - 1) > 0.05)) rules.push({ text: words.evenBurn, at: 1, kind: '' });
  rules.sort((a, b) => b.at - a.at);
  const side = freerSide(scene, rules);
  const edge = side === 'right' ? width - right + 4 : box.left + 4;
  let previous = null;
  for (const rule of rules) {
    const top = Math.max(burn.top, scene.y.burn(rule.at) - 18);
    const shift = previous && top - previous.top < 15 ? previous.shift + previous.text.length * 7 + 16 : 0;
    add(rule.text, `halo ${rule.kind}`, { [side]: edge + shift, top });
    previous = { top, shift, text: rule.text };
  }

  // What is attained and what was promised lie close together where it matters most, so each word stands on the outer side of its line.
  const target = scene.targets.at(-1)?.target;
  const last = scene.points.findLast(p => p.attained != null && p.t <= until);
  const isMet = target == null || last == null || last.attained >= target;
  const bottom = good.top + good.height - 18;
  const below = value => Math.min(scene.y.good(value) + 1, bottom);
  const above = value => Math.min(scene.y.good(value), bottom) - 18;
  const upper = isMet ? last?.attained : target;
  const lower = isMet ? target : last?.attained;
  const lowerTop = lower == null ? Infinity : below(lower);
  const upperTop = upper == null ? null : Math.max(good.title + 12, Math.min(above(upper), lowerTop - 18));
  if (target != null) add(`${words.target.toLowerCase()} ${percent(target, digitsFor(target))}`, 'halo good', { right: width - right + 4, top: isMet ? lowerTop : upperTop });
  if (last) add(words.attained.toLowerCase(), 'halo', { right: width - right + 4, top: isMet ? upperTop : lowerTop });
  host.replaceChildren(...out);
}

/** Where the labels of the burn rules cover less of the line: at the right end, unless only the left one is free. */
function freerSide(scene, rules) {
  const { box, until } = scene;
  const reach = 120;
  const ends = { right: box.left + box.width - reach, left: box.left + reach };
  const covered = inside => scene.points.filter(p => p.burn != null && p.t <= until && inside(scene.x(p.t)) && rules.some(rule => {
    const above = scene.y.burn(rule.at) - scene.y.burn(p.burn);
    return above > 0 && above < 18;
  })).length;
  return covered(x => x >= ends.right) > 2 * covered(x => x <= ends.left) + 2 ? 'left' : 'right';
}

/** A sentence for screen readers about the moment under the cursor, and the rows of the tooltip: [name, value, colour]. */
export function reading(scene, point) {
  const { words } = scene;
  const none = words.noData;
  return [
    [words.budgetShort, point.budgetLeft == null ? none : percent(point.budgetLeft, 1), 'primary'],
    [words.burnShort, point.burn == null ? none : times(point.burn), 'text'],
    [words.goodShort, point.good == null ? none : percent(floor(point.good, scene.digits + 1), scene.digits + 1), 'info'],
    [words.attained, point.attained == null ? none : percent(floor(point.attained, scene.digits + 1), scene.digits + 1), 'muted'],
  ];
}

// Never rounded up: 99.8996 is not the 99.90 that was promised.
const floor = (value, digits) => Math.floor(value * 10 ** digits + 1e-6) / 10 ** digits;
