// The table runtimes × cases.
import { names } from "../cases.js";

const MARKS = { passed: "✓", failed: "✗", "not here": "–" };
const pad = (text = "?") => `${text}`.padStart(2);

/**
 * Prints it.
 *
 * @param {{ label: string, outcomes?: { result: keyof MARKS, reason?: string }[] }[]} columns the runtimes,
 *   with the outcomes in the order of the cases
 */
export function printTable(columns) {
  for (const [index, { label }] of columns.entries()) console.log(`${pad(index + 1)}  ${label}`);
  console.log(`\n${columns.map((_, index) => pad(index + 1)).join(" ")}`);
  for (const [at, name] of names.entries()) {
    const marks = columns.map(({ outcomes }) => pad(MARKS[outcomes?.[at].result]));
    console.log(`${marks.join(" ")}  ${name}`);
  }
  console.log("\n✓ passed, ✗ failed, ? not run, – not for this runtime:");
  const all = columns.flatMap(({ outcomes = [] }) => outcomes);
  const reasons = all.filter(({ result }) => result === "not here").map(({ reason }) => reason);
  for (const reason of new Set(reasons)) console.log(`  ${reason}`);
}
