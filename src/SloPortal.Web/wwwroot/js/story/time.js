// Instants in a reader's zone: where ticks fall and how moments read. Instants are milliseconds since the epoch, UTC.

const MINUTE = 60_000, HOUR = 60 * MINUTE, DAY = 24 * HOUR;
const formats = new Map();

function format(zone, options) {
  const key = zone + JSON.stringify(options);
  let found = formats.get(key);
  if (!found) {
    // An unknown zone must not take the chart down: the browser's own zone is the next best.
    try { found = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone || undefined }); }
    catch { found = new Intl.DateTimeFormat('en-GB', options); }
    formats.set(key, found);
  }
  return found;
}

/** Offset of the zone from UTC at an instant, in milliseconds. */
function offsetAt(t, zone) {
  const options = { hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' };
  const key = 'offset ' + zone;
  let parts = formats.get(key);
  if (!parts) {
    try { parts = new Intl.DateTimeFormat('en-US', { ...options, timeZone: zone || undefined }); }
    catch { parts = new Intl.DateTimeFormat('en-US', options); }
    formats.set(key, parts);
  }
  const p = {};
  for (const { type, value } of parts.formatToParts(t)) p[type] = Number(value);
  return Date.UTC(p.year, p.month - 1, p.day, p.hour, p.minute, p.second) - Math.floor(t / 1000) * 1000;
}

/** The instant at which a wall clock in the zone shows `wall` (a UTC-encoded local time). */
function fromWall(wall, zone) {
  const first = wall - offsetAt(wall, zone);
  return wall - offsetAt(first, zone);
}

const STEPS = [1, 2, 5, 10, 15, 30].map(n => n * MINUTE)
  .concat([1, 2, 3, 6, 12].map(n => n * HOUR), [1, 2, 4, 7, 14].map(n => n * DAY));
const MONTHS = [1, 2, 3, 6, 12];

/** Round instants of the zone between two instants, about as many as fit. Returns { step, ticks }. */
export function ticks(from, to, zone, fitting) {
  const wanted = (to - from) / Math.max(1, fitting);
  const step = STEPS.find(s => s >= wanted);
  const out = [];
  const first = from + offsetAt(from, zone);
  if (step) {
    // Whole days count from a fixed Monday so that weekly ticks do not wander with the range.
    const origin = step >= DAY ? Date.UTC(2024, 0, 1) : 0;
    for (let w = origin + Math.ceil((first - origin) / step) * step; ; w += step) {
      const t = fromWall(w, zone);
      if (t > to) break;
      if (t >= from && t !== out.at(-1)) out.push(t);
    }
    return { step, ticks: out };
  }
  const months = MONTHS.find(m => m * 30.4 * DAY >= wanted) ?? 12;
  const start = new Date(first);
  for (let m = start.getUTCFullYear() * 12 + Math.ceil(start.getUTCMonth() / months) * months; ; m += months) {
    const t = fromWall(Date.UTC(Math.floor(m / 12), m % 12, 1), zone);
    if (t > to) break;
    if (t >= from) out.push(t);
  }
  return { step: months * 30 * DAY, ticks: out };
}

/** A tick label: hours within a day, days within a season, months beyond. Midnight names its day. */
export function tickLabel(t, zone, step) {
  if (step >= 28 * DAY) return format(zone, { month: 'short', year: '2-digit' }).format(t);
  const midnight = (t + offsetAt(t, zone)) % DAY === 0;
  if (step >= DAY || midnight) return format(zone, { day: 'numeric', month: 'short' }).format(t);
  return format(zone, { hour: '2-digit', minute: '2-digit' }).format(t);
}

/** "Tue 4 Nov, 14:05 GMT+1" */
export function moment(t, zone) {
  return format(zone, { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' }).format(t);
}

/** "26 Nov, 04:00": where the zone is plain from beside it. */
export function shortMoment(t, zone) {
  return format(zone, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }).format(t);
}

/** "13:05 UTC", with the day when the reader's day differs. */
export function utc(t, zone) {
  const sameDay = new Date(t).getUTCDate() === new Date(t + offsetAt(t, zone)).getUTCDate();
  const options = sameDay ? {} : { day: 'numeric', month: 'short' };
  return format('UTC', { ...options, hour: '2-digit', minute: '2-digit' }).format(t) + ' UTC';
}
