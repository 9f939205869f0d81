// The stylesheet's tokens as colours a canvas understands. A probe resolves light-dark() for the theme in force.

const NAMES = ['surface', 'sunken', 'line', 'line-strong', 'text', 'muted', 'primary', 'good', 'warn', 'bad', 'info', 'hatch'];

/** Colours as "rgb(r, g, b)" by token name, the font, and `fade(name, alpha)`. */
export function palette(element) {
  const probe = document.createElement('span');
  probe.hidden = true;
  element.append(probe);
  const colours = {};
  for (const name of NAMES) {
    probe.style.color = `var(--${name})`;
    colours[name] = getComputedStyle(probe).color;
  }
  probe.remove();
  colours.font = getComputedStyle(element).fontFamily;
  colours.fade = (name, alpha) => colours[name].replace(/^rgba?\(([^,]+),([^,]+),([^,)]+).*$/, `rgba($1,$2,$3,${alpha})`);
  return colours;
}

/** A diagonal hatch for stretches without data. */
export function hatch(colour) {
  const size = 6, scale = window.devicePixelRatio || 1;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size * scale;
  const c = canvas.getContext('2d');
  c.scale(scale, scale);
  c.strokeStyle = colour;
  c.lineWidth = 1;
  c.beginPath();
  for (const shift of [-size, 0, size]) { c.moveTo(shift - 1, size + 1); c.lineTo(shift + size + 1, -1); }
  c.stroke();
  return { image: canvas, repeat: 'repeat', scaleX: 1 / scale, scaleY: 1 / scale };
}

/** Calls back when the theme changes, by the page or by the system. Returns a function that stops it. */
export function onThemeChange(callback) {
  const observer = new MutationObserver(callback);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const media = window.matchMedia('(prefers-color-scheme: dark)');
  media.addEventListener('change', callback);
  return () => { observer.disconnect(); media.removeEventListener('change', callback); };
}
