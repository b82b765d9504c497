// The results, in Markdown.
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
  const path = new URL(`../../node_modules/${name}/package.json`, import.meta.url);
  return `${name} ${JSON.parse(readFileSync(path, "utf8")).version}`;
};

export const machine = `${availableParallelism()} × ${cpus()[0].model}`;

/** A table. A column whose title begins with `>` is aligned to the right. */
export function table(columns, rows) {
  const titles = columns.map((title) => title.replace(/^>/, ""));
  const rule = columns.map((title) => (title.startsWith(">") ? "---:" : "---"));
  return [titles, rule, ...rows].map(line).join("\n");
}

/** The median, the range, and the ratio of the median to that of the reference. */
function cells(all, reference, digits = 1, ratio = (mine, its) => mine / its) {
  const range = [Math.min(...all), Math.max(...all)].map((number) => number.toFixed(digits));
  const mine = median(all);
  return [mine.toFixed(digits), range.join("–"), ratio(mine, median(reference)).toFixed(2)];
}

/**
 * A table with a row for each case and contender.
 *
 * @param {object} comparison
 * @param {string} comparison.of the title of the cases
 * @param {Record<string, Record<string, number[]>>} comparison.times by case and contender
 * @param {string} comparison.unit
 * @param {string} comparison.ratio the title of the ratio
 * @param {number} [comparison.digits] after the decimal point
 * @param {string} [comparison.reference] whose median is 1; the first contender where it is not given
 * @param {boolean} [comparison.isSpeed] whether the ratio is of speeds and not of times
 */
export function comparison({ of, times, unit, ratio, digits = 1, reference, isSpeed = false }) {
  const ratioOf = isSpeed ? (mine, its) => its / mine : (mine, its) => mine / its;
  const rows = Object.entries(times).flatMap(([name, contenders]) => {
    const its = contenders[reference] ?? Object.values(contenders)[0];
    return Object.entries(contenders).map(([contender, all]) => {
      return [name, contender, all.length, ...cells(all, its, digits, ratioOf)];
    });
  });
  return table([of, "by", ">runs", `>median ${unit}`, ">min–max", `>${ratio}`], rows);
}

/**
 * The medians of each case for the summary.
 *
 * @param {Record<string, Record<string, number[]>>} times by case and contender
 * @param {Record<string, string>} columns the columns of contenders
 */
export const summary = (times, columns, { unit, digits = 1 }) =>
  Object.entries(times).map(([name, contenders]) => ({
    what: `${name}, ${unit}`,
    by: Object.fromEntries(
      Object.entries(columns).map(([contender, column]) => [
        column,
        median(contenders[contender]).toFixed(digits),
      ]),
    ),
  }));

/**
 * Prints the results of a part of the benchmark, and writes them for the report.
 *
 * @param {string} part
 * @param {object} measured
 * @param {string} measured.title
 * @param {string} measured.text tables
 * @param {string[]} measured.conditions versions and settings
 * @param {{ what: string, by: Record<string, string | number> }[]} measured.summary for the summary
 */
export function saveResults(part, measured) {
  console.log(`\n${measured.text}\n\n${[...measured.conditions, machine].join("; ")}.`);
  const folder = process.env.DIVAR_BENCH_PARTS;
  if (folder) writeFileSync(join(folder, `${part}.json`), JSON.stringify(measured));
}
