// The package beside raw fetch and the usual libraries, in headless Chromium.
// Run by `cargo xtask bench`.
import { isDeepStrictEqual, parseArgs } from "node:util";
import { chromiumVersion, closeBrowser, openPage } from "./browser.js";
import { openSpace } from "./emulator.js";
import { removeFiles, workloads, write } from "./files.js";
import { circumstances, memoryLine, table } from "./report.js";

const { values } = parseArgs({ options: { rounds: { type: "string", default: "14" } } });
const rounds = Number(values.rounds);
const types = Object.keys(workloads);

const perType = (make) => Object.fromEntries(types.map((type) => [type, make(type)]));
const seconds = (from) => `${((performance.now() - from) / 1000).toFixed(1)} s`;

/** One contender's uploads; with `hashes`, they are looked up in the emulator afterwards. */
async function once(page, name, type, { count, hashes } = {}) {
  const space = openSpace(type);
  // What the contender before has left is not to be this one's work.
  await page.requestGC();
  const run = ([name, target, count]) => globalThis.bench.run(name, target, count);
  const took = await page.evaluate(run, [name, space.target, count]);
  if (hashes && !isDeepStrictEqual(await space.arrived(), hashes)) {
    throw new Error(`what ${name} sent as ${type} is not what arrived`);
  }
  await space.forget();
  return took;
}

/** The module's memory around its first 50 MB, in a page that has sent one small file before. */
async function memoryAround(paths) {
  const page = await openPage(paths);
  const measure = () => page.evaluate(() => globalThis.bench.linearMemory());
  await once(page, "divar-chat-media", "image", { count: 1 });
  const before = await measure();
  await once(page, "divar-chat-media", "video");
  const after = await measure();
  await page.close();
  return { before, after };
}

/** Another contender begins each round, so that none has the better place. */
const rotated = (names, round) => names.map((_, index) => names[(index + round) % names.length]);

async function compare(files, paths) {
  const page = await openPage(paths);
  const names = await page.evaluate(() => globalThis.bench.contenders);
  const times = perType(() => Object.fromEntries(names.map((name) => [name, []])));
  let begun = performance.now();
  const everyone = async (round, take) => {
    for (const type of types) {
      for (const name of rotated(names, round)) await take(name, type);
    }
  };
  await everyone(0, (name, type) => once(page, name, type, files[type]));
  console.log(`  warm-up: every file of every contender arrived whole, ${seconds(begun)}`);
  for (let round = 1; round <= rounds; round += 1) {
    begun = performance.now();
    await everyone(round, async (name, type) => {
      times[type][name].push(await once(page, name, type));
    });
    console.log(`  round ${round} of ${rounds}, ${seconds(begun)}`);
  }
  return times;
}

async function bench() {
  const files = perType((type) => write(workloads[type]));
  const paths = perType((type) => files[type].paths);
  const memory = await memoryAround(paths);
  const times = await compare(files, paths);
  console.log(`\n${table(times)}\n`);
  console.log(memoryLine(memory));
  console.log(circumstances(chromiumVersion, rounds));
  if (memory.after > memory.before) throw new Error("the wasm memory has grown");
}

try {
  await bench();
} catch (error) {
  console.error(`The benchmark failed: ${error.message}`);
  process.exitCode = 1;
} finally {
  await closeBrowser();
  removeFiles();
}
