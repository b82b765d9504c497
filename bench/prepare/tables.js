// What came out, in Markdown.
import { line, median } from "../report.js";

const seconds = (milliseconds) => (milliseconds / 1000).toFixed(1);
const megabytes = (bytes) => (bytes / 1e6).toFixed(1);
const table = (header, rule, rows) => [header, rule, ...rows].map(line).join("\n");

export function photoTable({ paths, bytes }, runs) {
  const times = Object.values(runs).map((all) => median(all.map(({ took }) => took)));
  const rows = Object.entries(runs).map(([name, all], place) => {
    const took = all.map((run) => run.took);
    const spread = `${seconds(Math.min(...took))}–${seconds(Math.max(...took))}`;
    const [{ bytes, edges, place: told }] = all;
    const ratio = (times[0] / times[place]).toFixed(2);
    return [name, all.length, seconds(times[place]), spread, megabytes(bytes), edges, told, ratio];
  });
  const what = `${paths.length} photographs, ${megabytes(bytes)} MB`;
  const header = [what, "runs", "median s", "min–max", "MB sent", "pixels", "tells where", "speed"];
  return table(header, ["---", ...Array(4).fill("---:"), "---", "---", "---:"], rows);
}

export function filmTable({ rows, size }) {
  const cells = Object.entries(rows).map(([name, { took, read, before, after }]) => [
    name,
    took.toFixed(1),
    ...[read, before, after].map((number) => number.toLocaleString("en")),
  ]);
  const what = `a film of ${megabytes(size)} MB`;
  const header = [what, "median ms", "bytes read", "the module's memory before", "after"];
  return table(header, ["---", "---:", "---:", "---:", "---:"], cells);
}
