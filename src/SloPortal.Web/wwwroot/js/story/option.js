// The scene as an ECharts option: four grids on one time axis. Labels and marks that a reader may touch are HTML, not here.

import { gaps } from './frame.js';
import { decade } from './scene.js';
import { hatch } from './palette.js';
import { number } from './figures.js';
import { tickLabel } from './time.js';

const FONT = 13;

export function option(scene, colours) {
  const { box, budget, burn, good, from, to } = scene;
  const frames = [box.lane, ...box.panels];
  return {
    animation: false,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: colours.font },
    grid: frames.map((f, i) => ({ id: `g${i}`, left: box.left, top: f.top, width: box.width, height: f.height })),
    xAxis: frames.map((f, i) => xAxis(scene, colours, i, i === frames.length - 1)),
    yAxis: [
      { id: 'y0', gridIndex: 0, type: 'value', min: 0, max: 1, show: false },
      yAxis(colours, 1, budget.min, budget.max, budget.values, number),
      yAxis(colours, 2, decade(burn.min), decade(burn.max), burn.values.map(decade), v => number(10 ** v)),
      yAxis(colours, 3, good.min, good.max, good.values, v => v.toLocaleString('en-GB', { maximumFractionDigits: good.digits })),
    ],
    series: [
      budgetSeries(scene, colours), ...projection(scene, colours),
      ...targetSeries(scene, colours), line('attained', 3, scene, p => p.attained, colours.muted, 1.25),
      { ...line('good', 3, scene, p => p.good, colours.info, 1.25), markArea: areas(scene, colours, 'good') },
      burnSeries(scene, colours),
      { id: 'axis-lane', type: 'line', xAxisIndex: 0, yAxisIndex: 0, data: [[from, null], [to, null]], silent: true },
    ],
  };
}

function xAxis(scene, colours, index, last) {
  const { ticks, step } = scene.ticks;
  return {
    id: `x${index}`, gridIndex: index, type: 'value', min: scene.from, max: scene.to,
    axisLine: { show: index === 0, onZero: false, lineStyle: { color: colours.line } },
    axisTick: { show: false, customValues: ticks },
    splitLine: { show: true, showMinLine: true, showMaxLine: true, lineStyle: { color: colours.line, opacity: 0.75 } },
    axisLabel: {
      show: last, customValues: ticks, color: colours.muted, fontSize: FONT, margin: 10, hideOverlap: true,
      formatter: v => tickLabel(v, scene.zone, step),
    },
    axisPointer: { show: false },
  };
}

function yAxis(colours, index, min, max, values, formatter) {
  return {
    id: `y${index}`, gridIndex: index, type: 'value', min, max,
    axisLine: { show: false }, axisTick: { show: false, customValues: values },
    splitLine: { show: true, lineStyle: { color: colours.line, opacity: 0.75 } },
    axisLabel: { customValues: values, color: colours.muted, fontSize: FONT, margin: 8, formatter },
  };
}

/** A line with holes where nothing was measured; a point alone between two holes is a dot. */
function line(id, axis, scene, value, colour, width) {
  const values = scene.points.map(value);
  const data = scene.points.map((p, i) => {
    const v = values[i] ?? null;
    const alone = v !== null && (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null;
    return alone ? { value: [p.t, v], symbol: 'circle', symbolSize: 4 } : [p.t, v];
  });
  return {
    id, type: 'line', xAxisIndex: axis, yAxisIndex: axis, data, symbol: 'none', showSymbol: true, connectNulls: false, silent: true, clip: true,
    lineStyle: { color: colour, width, join: 'round' }, itemStyle: { color: colour }, emphasis: { disabled: true }, z: 3,
  };
}

function budgetSeries(scene, colours) {
  return {
    ...line('budget', 1, scene, p => p.budgetLeft == null ? null : Math.max(p.budgetLeft, scene.budget.min), colours.primary, 2),
    areaStyle: { color: colours.fade('primary', 0.09), origin: 0 },
    markArea: areas(scene, colours, 'budgetLeft', [[
      { xAxis: scene.from, yAxis: 0, itemStyle: { color: colours.fade('bad', 0.09) } }, { xAxis: scene.to, yAxis: scene.budget.min },
    ]]),
    markLine: lines([{ yAxis: 0, lineStyle: { color: colours.bad, type: 'solid', width: 1 } }]),
  };
}

function burnSeries(scene, colours) {
  const tone = severity => severity === 'page' ? colours.bad : severity === 'ticket' ? colours.warn : colours[severity] ?? colours.warn;
  const rules = scene.thresholds.map(t => ({ yAxis: decade(t.burn), lineStyle: { color: tone(t.severity), type: [4, 3], width: 1 } }));
  return {
    ...line('burn', 2, scene, p => p.burn == null ? null : decade(p.burn), colours.text, 1.25),
    markArea: areas(scene, colours, 'burn'),
    markLine: lines([...rules, { yAxis: 0, lineStyle: { color: colours.muted, type: [4, 3], width: 1 } }]),
  };
}

function targetSeries(scene, colours) {
  if (!scene.targets.length) return [];
  const data = scene.targets.filter(s => s.from < scene.to).map(s => [Math.max(s.from, scene.from), s.target]);
  // Of several steps before the range only the last is in force.
  while (data.length > 1 && data[1][0] <= scene.from) data.shift();
  data.push([scene.to, data.at(-1)?.[1] ?? null]);
  return [{
    id: 'target', type: 'line', step: 'end', xAxisIndex: 3, yAxisIndex: 3, data, symbol: 'none', silent: true, emphasis: { disabled: true }, z: 2,
    lineStyle: { color: colours.good, width: 1.25 }, areaStyle: { color: colours.fade('bad', 0.06), origin: 'start' },
  }];
}

function projection(scene, colours) {
  const p = scene.model.projection;
  if (!p || p.toT <= p.fromT) return [];
  const end = Math.min(p.toT, scene.to);
  const value = p.fromValue * (p.toT - end) / (p.toT - p.fromT);
  return [{
    id: 'projection', type: 'line', xAxisIndex: 1, yAxisIndex: 1, silent: true, emphasis: { disabled: true }, z: 4,
    data: [[p.fromT, p.fromValue], [end, value]], symbol: 'none', lineStyle: { color: colours.warn, width: 2, type: [6, 4] },
  }];
}

function areas(scene, colours, key, first = []) {
  const stripes = { color: hatch(colours.hatch), opacity: 1 };
  const bands = (scene.model.shaded ?? []).filter(s => s.to > scene.from && s.from < scene.to)
    .map(s => [{ xAxis: Math.max(s.from, scene.from), itemStyle: { color: colours.fade(colours[s.tone] ? s.tone : 'bad', 0.13) } }, { xAxis: Math.min(s.to, scene.to) }]);
  const holes = gaps(scene.points, key, scene.from, scene.until).map(([a, b]) => [{ xAxis: a, itemStyle: stripes }, { xAxis: b }]);
  return { silent: true, z: 1, data: [...first, ...bands, ...holes] };
}

function lines(data) {
  return { silent: true, symbol: 'none', label: { show: false }, animation: false, data };
}
