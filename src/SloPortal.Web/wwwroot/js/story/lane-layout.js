// Which event stands where in the lane: nothing overlaps; what finds no room for its words becomes a mark, or one "+n".

const ICON = 20, GAP = 4, SLOT = 44;

// What explains the most gets its words first.
const RANK = { incident: 0, version: 1, correction: 2, postmortem: 3, action: 4, alert: 5, deployment: 6 };

/**
 * Places events in at most three rows (two when narrow), the lowest row first.
 * Returns { rows, items }. An item is { event, x, row, side, width } with words, the same with `bare` for a mark alone,
 * or { cluster: [event], x, row, width }.
 */
export function placeEvents(events, x, box, measure, from, to) {
  const rows = box.narrow ? 2 : 3;
  const shown = events.filter(e => (e.end ?? e.t) >= from && e.t <= to)
    .map(event => ({ event, x: x(Math.max(event.t, from)) }))
    .sort((a, b) => (RANK[a.event.kind] ?? 9) - (RANK[b.event.kind] ?? 9) || a.x - b.x);
  let { items, rest } = withWords(shown, rows, box, measure);
  if (rest.length) {
    // Crowded: the top row is kept for marks and counts.
    ({ items, rest } = withWords(shown, rows - 1, box, measure));
    items.push(...withoutWords(rest, rows - 1, box));
  }
  items.sort((a, b) => a.x - b.x);
  return { rows: Math.max(1, ...items.map(i => i.row + 1)), items };
}

function withWords(shown, rows, box, measure) {
  const limit = box.narrow ? 130 : 240;
  const leftEdge = box.left - 12, rightEdge = box.left + box.width + box.right;
  const taken = Array.from({ length: rows }, () => []);
  const items = [], rest = [];
  for (const { event, x } of shown) {
    const width = Math.min(limit, Math.ceil(measure(event.label)) + ICON + 6);
    const place = sides(x, width)
      .flatMap(({ side, a, b }) => taken.map((row, i) => ({ side, a, b, row: i, free: a >= leftEdge && b <= rightEdge && row.every(([c, d]) => b + GAP <= c || a >= d + GAP) })))
      .filter(p => p.free)
      .sort((p, q) => p.row - q.row)[0];
    if (!place) { rest.push({ event, x }); continue; }
    taken[place.row].push([place.a, place.b]);
    items.push({ event, x, width, row: place.row, side: place.side });
  }
  return { items, rest };
}

const sides = (x, width) => [
  { side: 'right', a: x - ICON / 2, b: x - ICON / 2 + width },
  { side: 'left', a: x + ICON / 2 - width, b: x + ICON / 2 },
];

/** One slot of fixed width for each neighbourhood: a mark when it holds one event, a count when it holds more. */
function withoutWords(rest, row, box) {
  const slots = new Map();
  for (const item of rest) {
    const slot = Math.max(0, Math.min(Math.floor(box.width / SLOT) - 1, Math.floor((item.x - box.left) / SLOT)));
    slots.set(slot, [...slots.get(slot) ?? [], item]);
  }
  return [...slots].map(([slot, group]) => {
    const start = box.left + slot * SLOT;
    group.sort((a, b) => a.x - b.x);
    return group.length > 1
      ? { cluster: group.map(g => g.event), x: start + 2, row, width: SLOT - 4 }
      : { event: group[0].event, x: Math.min(Math.max(group[0].x, start + ICON / 2), start + SLOT - ICON / 2), row, side: 'right', width: ICON, bare: true };
  });
}
