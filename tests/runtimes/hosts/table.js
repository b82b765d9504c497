// The table runtimes × cases, from what `run.js` has kept in DIVAR_PACKAGE.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { names } from "../cases.js";
import { runtimes } from "./runtimes.js";

const MARKS = { passed: "✓", failed: "✗", "not here": "–", missing: "?" };

const columns = Object.keys(runtimes).map(reportOf);
const numbers = columns.map((_, index) => `${index + 1}`);

for (const [index, { label }] of columns.entries()) console.log(`${pad(numbers[index])}  ${label}`);
console.log(`\n${numbers.map(pad).join(" ")}`);
for (const [at, name] of names.entries()) {
  const marks = columns.map(({ outcomes }) => pad(MARKS[outcomes[at].result]));
  console.log(`${marks.join(" ")}  ${name}`);
}
console.log("\n✓ passed, ✗ failed, ? not run, – not for this runtime:");
for (const reason of reasons()) console.log(`  ${reason}`);
if (columns.some(({ isMissing }) => isMissing)) process.exitCode = 1;

function reportOf(id) {
  const file = join(process.env.DIVAR_PACKAGE, "results", `${id}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8"));
  const outcomes = names.map(() => ({ result: "missing" }));
  return { label: `${id}, which did not start`, outcomes, isMissing: true };
}

function reasons() {
  const all = columns.flatMap(({ outcomes }) => outcomes);
  return new Set(all.filter(({ result }) => result === "not here").map(({ reason }) => reason));
}

function pad(text) {
  return text.padStart(2);
}
