// Runs all cases in one runtime: `node run.js RUNTIME`, from the package that is
// installed in the folder DIVAR_PACKAGE. `cargo xtask test runtimes` calls it.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { emulatorAddress } from "../../support/emulator.js";
import { names } from "../cases.js";
import { collect } from "./collector.js";
import { runtimes } from "./runtimes.js";

/** For all cases together, in milliseconds. */
const LIMIT = 240_000;

const id = process.argv[2];
const folder = process.env.DIVAR_PACKAGE;

const { startApp } = await import(pathToFileURL(join(folder, "app.js")));
const outcomes = new Map();
const collector = await collect({
  settings: { ...emulatorAddress(), app: await startApp() },
  onOutcome: (outcome) => outcomes.set(outcome.name, outcome),
});
const label = await run();
const all = names.map((name) => outcomes.get(name) ?? notReached(name));
await save({ label, outcomes: all });
report(all);
process.exit(all.some(({ result }) => result === "failed") ? 1 : 0);

/** Runs the cases, and resolves with the runtime's name and version. */
async function run() {
  const { label, start } = await runtimes[id]();
  console.log(label);
  const { ended, stop } = await start({ folder, collector });
  const late = new Promise((resolve) => setTimeout(resolve, LIMIT).unref());
  await Promise.race([ended, late]);
  await stop();
  collector.close();
  return label;
}

function notReached(name) {
  return { name, result: "failed", reason: "the runtime ended before this case", ms: 0 };
}

async function save(result) {
  const results = join(folder, "results");
  await mkdir(results, { recursive: true });
  await writeFile(join(results, `${id}.json`), JSON.stringify(result));
}

/** What failed, and the sums, as xtask reads them. */
function report(all) {
  const having = (wanted) => all.filter(({ result }) => result === wanted);
  const failed = having("failed");
  for (const { name, reason, place } of failed) console.log(`✗ ${name}\n  ${place ?? reason}`);
  console.log(`${having("not here").length} not for this runtime`);
  console.log(`${having("passed").length} passed, ${failed.length} failed`);
}
