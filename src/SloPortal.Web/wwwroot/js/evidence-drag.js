// Moves the target of an evidence chart with the pointer: where it goes, the range input under the chart is set, and its event is
// what the page hears. At most one event is on its way for each frame.
export function start(box, top, bottom) {
  const plot = box.querySelector('svg');
  const range = box.querySelector('input[type=range]');
  let wanted = null;

  const follow = event => {
    const { top: y, height } = plot.getBoundingClientRect();
    const share = (bottom - (event.clientY - y) / height * plot.viewBox.baseVal.height) / (bottom - top);
    const [min, max, step] = [range.min, range.max, range.step].map(Number);
    const first = wanted === null;
    wanted = Math.min(max, Math.max(min, min + Math.round(share * (max + step - min) / step) * step));
    if (first) requestAnimationFrame(send);
  };
  const send = () => {
    const next = String(wanted);
    wanted = null;
    if (next === range.value) return;
    range.value = next;
    range.dispatchEvent(new Event('input', { bubbles: true }));
  };
  plot.addEventListener('pointerdown', event => {
    if (event.button !== 0) return;
    event.preventDefault();
    plot.setPointerCapture(event.pointerId);
    range.focus({ preventScroll: true });
    follow(event);
  });
  plot.addEventListener('pointermove', event => {
    if (plot.hasPointerCapture(event.pointerId)) follow(event);
  });
}
