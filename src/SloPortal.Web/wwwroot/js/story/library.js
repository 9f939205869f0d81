// Loads Apache ECharts once, on the first chart: no other page pays for it.

const SOURCE = '_content/Vizor.ECharts/js/vizor-echarts-bundle-min.js';
let loading;

export function library() {
  if (globalThis.echarts) return Promise.resolve(globalThis.echarts);
  return loading ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = new URL(SOURCE, document.baseURI).href;
    script.onload = () => resolve(globalThis.echarts);
    script.onerror = () => { loading = undefined; script.remove(); reject(new Error('The chart library did not load. Reload the page.')); };
    document.head.append(script);
  });
}
