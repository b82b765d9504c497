// What came out, in Markdown.
import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { join } from "node:path";

export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
}

/** A row of a table. */
const line = (cells) => `| ${cells.join(" | ")} |`;

export const version = (name) => {
  const path = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  return `${name} ${JSON.parse(readFileSync(path, "utf8")).version}`;
};

export const machine = `${availableParallelism()} × ${cpus()[0].model}`;

/** A table; `columns` are its titles, those that begin with `>` of numbers. */
export function table(columns, rows) {
  const titles = columns.map((title) => title.replace(/^>/, ""));
  const rule = columns.map((title) => (title.startsWith(">") ? "---:" : "---"));
  return [titles, rule, ...rows].map(line).join("\n");
}

/** The median of what was measured, its range, and what its ratio to the reference's median is. */
export function cells(all, reference, digits = 1, ratio = (mine, its) => mine / its) {
  const spread = [Math.min(...all), Math.max(...all)].map((number) => number.toFixed(digits));
  const mine = median(all);
  return [mine.toFixed(digits), spread.join("–"), ratio(mine, median(reference)).toFixed(2)];
}

/** Medians by the columns that contenders have in the report at a glance. */
export const inShort = (columns, contenders, digits = 1) =>
  Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [
      column,
      median(contenders[name]).toFixed(digits),
    ]),
  );

/**
 * Prints what a part of the benchmark has measured, and keeps it for the report.
 *
 * @param {string} part
 * @param {object} measured
 * @param {string} measured.title
 * @param {string} measured.text tables
 * @param {string[]} measured.circumstances what the figures depend on, beside the machine
 * @param {{ what: string, by: Record<string, string | number> }[]} measured.glance the medians in
 *   short, and by whom
 */
export function keep(part, measured) {
  console.log(`\n${measured.text}\n\n${[...measured.circumstances, machine].join("; ")}.`);
  const folder = process.env.DIVAR_BENCH_PARTS;
  if (folder) writeFileSync(join(folder, `${part}.json`), JSON.stringify(measured));
}
