// Figures as people read them, in the reader's locale, with their units.

const plain = new Map();

function fixed(value, digits) {
  let f = plain.get(digits);
  if (!f) plain.set(digits, f = new Intl.NumberFormat('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits }));
  return f.format(value);
}

/** Digits after the point for a target: two, or as many as its nines need (99.9 → 2, 99.999 → 3). */
export function digitsFor(target) {
  if (!(target > 0 && target < 100)) return 2;
  return Math.min(6, Math.max(2, Math.ceil(-Math.log10((100 - target) / 100) - 1e-9) - 2));
}

export const percent = (value, digits) => `${fixed(value, digits)} %`;

/** A burn rate: 0.04×, 2.8×, 14.4×, 310×. */
export const times = value => `${fixed(value, value >= 100 ? 0 : value >= 1 || value === 0 ? 1 : 2)}×`;

/** An axis figure: as short as it can be said, and never "-0". */
export const number = value => (Math.abs(value) < 1e-9 ? 0 : value).toLocaleString('en-GB', { maximumSignificantDigits: 4 });

/** A step of 1, 2, 2.5 or 5 times a power of ten that divides `span` into at most `most` parts. */
export function niceStep(span, most) {
  const raw = span / most;
  const power = 10 ** Math.floor(Math.log10(raw));
  return power * [1, 2, 2.5, 5, 10].find(n => n * power >= raw - 1e-12 * power);
}
