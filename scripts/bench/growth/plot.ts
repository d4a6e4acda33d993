import { median } from '../figures.js';
import type { Grown } from './main.js';

const [width, height] = [900, 460];
const [left, right, top, bottom] = [64, 610, 56, 404];
const colours = ['#2f6fde', '#c2410c', '#0f8a5f', '#a21caf', '#b8860b', '#0e7490', '#dc2626', '#6d5bd0'];

/** A plot of p50 against size, both by powers of ten, each line named at its end; for light and dark pages. */
export function growthPlot(grown: readonly Grown[]): string {
  const sizes = [...new Set(grown.map(({ articles }) => articles))];
  const lines = [...new Set(grown.map(({ question }) => question))].map((question) => ({
    question,
    points: sizes.map((size) => median(grown.find((one) => one.articles === size && one.question === question)!.p50)),
  }));
  const all = lines.flatMap(({ points }) => points);
  const steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000];
  const low = steps.findLast((step) => step <= Math.min(...all)) ?? steps[0]!;
  const high = steps.find((step) => step >= Math.max(...all)) ?? steps.at(-1)!;
  const ticks = steps.filter((step) => step >= low && step <= high);
  const x = (size: number) =>
    scaled(Math.log10(size), [Math.log10(sizes[0]!), Math.log10(sizes.at(-1)!)], [left, right]);
  const y = (ms: number) => scaled(Math.log10(ms), [Math.log10(low), Math.log10(high)], [bottom, top]);
  const places = spread(lines.map(({ points }) => y(points.at(-1)!)));
  const drawn = lines.map(({ question, points }, i) => {
    const [colour, dash] = [colours[i % colours.length]!, i < colours.length ? '' : ' stroke-dasharray="5 4"'];
    const path = points.map((ms, p) => `${x(sizes[p]!).toFixed(1)},${y(ms).toFixed(1)}`);
    const [end, label] = [y(points.at(-1)!), places[i]!];
    return [
      `<polyline points="${path.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"${dash}/>`,
      ...path.map((at) => `<circle cx="${at.split(',')[0]}" cy="${at.split(',')[1]}" r="3" fill="${colour}"/>`),
      `<path d="M${right + 6} ${end.toFixed(1)} L${right + 22} ${label.toFixed(1)}" stroke="${colour}" opacity=".6"/>`,
      `<text x="${right + 27}" y="${(label + 4).toFixed(1)}" fill="${colour}">${question} · ${points.at(-1)!.toFixed(1)} ms</text>`,
    ].join('\n');
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="Time of an answer against the number of articles" font-family="system-ui, sans-serif" font-size="12">
<style>
.page { fill: #ffffff } .ink { fill: #24292f } .faint { fill: #57606a } .rule { stroke: #d0d7de }
@media (prefers-color-scheme: dark) { .page { fill: #0d1117 } .ink { fill: #e6edf3 } .faint { fill: #9198a1 } .rule { stroke: #30363d } }
</style>
<rect class="page" width="${width}" height="${height}" rx="8"/>
<text class="ink" x="20" y="30" font-size="15" font-weight="600">Time of an answer that is made, as the newsroom grows</text>
${ticks
  .map(
    (ms) =>
      `<line class="rule" x1="${left}" x2="${right}" y1="${y(ms).toFixed(1)}" y2="${y(ms).toFixed(1)}"/><text class="faint" x="${left - 8}" y="${(y(ms) + 4).toFixed(1)}" text-anchor="end">${ms} ms</text>`,
  )
  .join('\n')}
${sizes
  .map(
    (size) =>
      `<text class="faint" x="${x(size).toFixed(1)}" y="${bottom + 20}" text-anchor="middle">${size.toLocaleString('en')}</text>`,
  )
  .join('\n')}
<text class="faint" x="${(left + right) / 2}" y="${bottom + 42}" text-anchor="middle">articles</text>
${drawn.join('\n')}
</svg>
`;
}

const scaled = (
  value: number,
  [low, high]: readonly [number, number],
  [from, to]: readonly [number, number],
): number => (high === low ? (from + to) / 2 : from + ((value - low) / (high - low)) * (to - from));

/** Where names stand so that none covers another, each as near as may be to its line. */
function spread(wanted: readonly number[]): number[] {
  const gap = 16;
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]!);
  const placed = [...wanted];
  const most = bottom - (order.length - 1) * gap;
  let next = Math.min(Math.max(top, placed[order[0]!]!), most);
  for (const [rank, i] of order.entries()) {
    placed[i] = Math.min(Math.max(placed[i]!, next), bottom + 24 - (order.length - 1 - rank) * gap);
    next = placed[i] + gap;
  }
  return placed;
}
