// Fault injection: many small uploads, about a third of which meet a fault. The same in Node and in a
// page.
import { openSpace } from "../support/emulator.js";
import { startInstrumentation } from "./instrumentation.js";
import { randomFrom } from "./random.js";
import { noFault, schedule } from "./scenarios.js";
import { upload } from "./upload.js";

/** After this part of the uploads the module has the memory that concurrent uploads need. */
const WARM = 0.25;
/**
 * Bytes that linear memory may grow by after that, one page: how many uploads have pieces of files in it
 * at the same time is random. memory.js measures what is kept of each upload.
 */
const GROWTH = 65_536;
/** Progress is printed after this many uploads. */
const REPORT_EVERY = 200;

/**
 * @param {object} plan
 * @param {{url: string, key: string}} plan.emulator
 * @param {number} plan.uploads
 * @param {number} plan.seed
 * @param {number} plan.concurrency
 * @param {{name: string, reportsProgress: boolean}[]} plan.transports with an `onProgress` or without
 * @returns the outcome, all of it plain data
 */
export async function runScenarios({ emulator, uploads, seed, concurrency, transports }) {
  const instrumentation = startInstrumentation();
  const start = performance.now();
  const results = [];
  let warm = 0;
  const one = ({ scenario, transport }, number) => {
    const space = openSpace(emulator, `fault-injection-${seed}-${number}`);
    const random = randomFrom(seed * 1_000_003 + number);
    return upload({ scenario, transport, emulator: space, watch: instrumentation.watch, random });
  };

  const problems = await checkInstrumentation(transports, instrumentation, one);
  const scheduled = schedule(uploads, transports, randomFrom(seed)).entries();
  const worker = async () => {
    // All workers take from the one iterator.
    for (const [index, next] of scheduled) {
      const wrong = await one(next, index + 1);
      results.push({ number: index + 1, ...summary(next), wrong });
      if (results.length === Math.ceil(uploads * WARM)) warm = instrumentation.memory();
      if (results.length % REPORT_EVERY === 0) console.log(`  ${results.length} of ${uploads} …`);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  const ms = performance.now() - start;

  const { made, left, problems: leaks } = await instrumentation.finish();
  problems.push(...leaks);
  const memory = instrumentation.memory();
  if (memory > warm + GROWTH) problems.push(`linear memory grew from ${warm} to ${memory} bytes`);
  return { results, problems, made, left, ms, memory };
}

/**
 * One upload without a fault by each transport, numbered below 1. A counter that does not count it
 * could not show a leak.
 */
async function checkInstrumentation(transports, instrumentation, one) {
  const problems = [];
  for (const [index, transport] of transports.entries()) {
    const before = instrumentation.made();
    const wrong = await one({ scenario: noFault, transport }, -index);
    problems.push(...wrong.map((what) => `${transport.name}, alone: ${what}`));
    for (const [name, count] of Object.entries(instrumentation.made())) {
      if (count === before[name]) problems.push(`${transport.name}: no ${name} were counted`);
    }
  }
  return problems;
}

const summary = ({ scenario, transport }) => ({
  scenario: scenario.name,
  transport: transport.name,
  expected: expected(scenario, transport),
});

function expected({ fails, codeWithProgress }, { reportsProgress }) {
  if (!fails) return "sent";
  const codes =
    reportsProgress && codeWithProgress ? `${fails.code} or ${codeWithProgress}` : fails.code;
  return `${fails.stage} ${codes}`;
}
