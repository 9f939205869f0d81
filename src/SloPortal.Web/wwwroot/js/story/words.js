// Every word the chart says. The page may replace any of them through model.texts.

export const words = {
  summary: 'Budget left, burn rate and good events over time. Press t for the same data as a table.',
  budget: 'Budget left, %',
  budgetShort: 'Budget left',
  burn: 'Burn rate, × (log)',
  burnShort: 'Burn rate',
  good: 'Good events, %',
  goodShort: 'Good events',
  attained: 'Attained',
  target: 'Target',
  evenBurn: 'even burn 1×',
  exhausted: 'exhausted',
  lowest: 'lowest',
  gone: 'gone',
  noData: 'No data',
  forecast: 'Forecast',
  events: 'Events',
  more: 'more',
};
