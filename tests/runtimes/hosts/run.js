// Runs all cases in each runtime of a group, from the package that is installed in the folder DIVAR_PACKAGE.
// `cargo xtask test runtimes` sets it.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { emulatorAddress } from "../../support/emulator.js";
import { names } from "../cases.js";
import { collect } from "./collector.js";
import { printTable } from "./table.js";

/** For all cases together, in milliseconds. */
const LIMIT = 240_000;
/** For a runtime to start and to stop besides. */
const START = 60_000;

const folder = process.env.DIVAR_PACKAGE;

/**
 * A test for each runtime, and at the end the table of all.
 *
 * @param {Record<string, () => object>} runtimes what starts each, by its name
 */
export async function testEach(runtimes) {
  const { startApp } = await import(pathToFileURL(join(folder, "app.js")));
  const settings = { ...emulatorAddress(), app: await startApp() };
  const columns = [];
  for (const [name, open] of Object.entries(runtimes)) {
    test(name, { timeout: LIMIT + START }, async () => {
      const column = { label: `${name}, which did not start` };
      columns.push(column);
      await run(open, settings, column);
      const having = (wanted) => column.outcomes.filter(({ result }) => result === wanted);
      const failed = having("failed").map(
        ({ name, reason, place }) => `${name}\n${place ?? reason}`,
      );
      console.log(`${column.label}: ${having("passed").length} passed, ${failed.length} failed`);
      assert.equal(failed.length, 0, failed.join("\n\n"));
    });
  }
  after(() => printTable(columns));
}

/** Runs the cases, and fills the runtime's column of the table: its label, and the outcomes. */
async function run(open, settings, column) {
  const outcomes = new Map();
  const onOutcome = (outcome) => outcomes.set(outcome.name, outcome);
  const collector = await collect({ settings, onOutcome });
  try {
    const { label, start } = await open();
    column.label = label;
    const { ended, stop } = await start({ folder, collector });
    await Promise.race([ended, pause(LIMIT, undefined, { ref: false })]);
    await stop();
    column.outcomes = names.map((name) => outcomes.get(name) ?? notReached(name));
  } finally {
    collector.close();
  }
}

const notReached = (name) => ({
  name,
  result: "failed",
  reason: "the runtime ended before this case",
});
