// What came out, in Markdown.
import { readFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { workloads } from "./files.js";

const PEERS = ["axios", "ky", "@uppy/core", "@uppy/xhr-upload"];

export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
}

/** A row of a table. */
export const line = (cells) => `| ${cells.join(" | ")} |`;

/** A row for each workload and contender; the ratios are to the first contender. */
export function table(times) {
  const rows = Object.entries(times).flatMap(([type, contenders]) => {
    const [reference] = Object.values(contenders).map(median);
    return Object.entries(contenders).map(([name, all]) => {
      const spread = `${Math.min(...all).toFixed(0)}–${Math.max(...all).toFixed(0)}`;
      const ratio = (reference / median(all)).toFixed(2);
      return [workloads[type].what, name, all.length, median(all).toFixed(0), spread, ratio];
    });
  });
  const header = ["workload", "by", "runs", "median ms", "min–max", "speed, raw fetch = 1"];
  const rule = ["---", "---", "---:", "---:", "---:", "---:"];
  return [header, rule, ...rows].map(line).join("\n");
}

const bytes = (number) => number.toLocaleString("en");

export const memoryLine = ({ before, after }) =>
  `The module's memory: ${bytes(before)} bytes before its first 50 MB, ${bytes(after)} after.`;

export const version = (name) => {
  const path = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  return `${name} ${JSON.parse(readFileSync(path, "utf8")).version}`;
};

export const machine = `${availableParallelism()} × ${cpus()[0].model}`;

/** What the figures depend on. */
export const circumstances = (chromium) =>
  `Chromium ${chromium}; ${PEERS.map(version).join(", ")}; ${machine}.`;
