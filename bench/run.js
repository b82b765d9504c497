// The package beside raw fetch and the usual libraries, in headless Chromium.
// Run by `cargo xtask bench`.
import { isDeepStrictEqual, parseArgs } from "node:util";
import { openSpace } from "../tests/support/emulator.js";
import { startBrowser } from "./browser.js";
import { removeFiles, workloads, write } from "./files.js";
import { order } from "./order.js";
import { cells, inShort, keep, table, version } from "./report.js";

const { values } = parseArgs({ options: { rounds: { type: "string", default: "12" } } });
const rounds = Number(values.rounds);
const types = Object.keys(workloads);
const browser = await startBrowser(types, [new URL("page.js", import.meta.url).href]);

const perType = (make) => Object.fromEntries(types.map((type) => [type, make(type)]));
const PEERS = ["axios", "ky", "@uppy/core", "@uppy/xhr-upload"];
/** In the report at a glance. */
const COLUMNS = {
  "divar-chat-media": "divar-chat-media",
  "raw fetch": "by hand",
  axios: "axios",
  ky: "ky",
  "@uppy/xhr-upload": "Uppy",
};

const seconds = (from) => `${((performance.now() - from) / 1000).toFixed(1)} s`;

/** One contender's uploads; with `hashes`, they are looked up in the emulator afterwards. */
async function once(page, name, type, { count, hashes } = {}) {
  const { base, key, ...space } = openSpace();
  // What the contender before has left is not to be this one's work.
  await page.requestGC();
  const run = ([name, target, count]) => globalThis.bench.run(name, target, count);
  const took = await page.evaluate(run, [name, { base, key, type }, count]);
  if (hashes && !isDeepStrictEqual(await received(space), hashes)) {
    throw new Error(`what ${name} sent as ${type} is not what arrived`);
  }
  await space.clear();
  return took;
}

/** SHA-256 of each file that the emulator took, sorted. */
async function received(space) {
  const taken = (await space.requests("upload")).filter(({ outcome }) => outcome === 200);
  return taken.map(({ upload }) => upload.sha256).sort();
}

/** The module's memory around its first 50 MB, in a page that has sent one small file before. */
async function memoryAround(paths) {
  const page = await browser.openPage(paths);
  const measure = () => page.evaluate(() => globalThis.bench.linearMemory());
  await once(page, "divar-chat-media", "image", { count: 1 });
  const before = await measure();
  await once(page, "divar-chat-media", "video");
  const after = await measure();
  await page.close();
  return { before, after };
}

async function turns(names, round, count, take) {
  for (let turn = 0; turn < count; turn += 1) {
    for (const name of order(names, round * count + turn)) await take(name);
  }
}

async function warmUp(page, names, files) {
  const begun = performance.now();
  for (const type of types) {
    await turns(names, 0, 1, (name) => once(page, name, type, files[type]));
  }
  console.log(`  warm-up: every file of every contender arrived whole, ${seconds(begun)}`);
}

async function compare(files, paths) {
  const page = await browser.openPage(paths);
  const names = await page.evaluate(() => globalThis.bench.contenders);
  await warmUp(page, names, files);
  const times = perType(() => Object.fromEntries(names.map((name) => [name, []])));
  for (let round = 1; round <= rounds; round += 1) {
    const begun = performance.now();
    for (const type of types) {
      await turns(names, round, workloads[type].turns, async (name) => {
        times[type][name].push(await once(page, name, type));
      });
    }
    console.log(`  round ${round} of ${rounds}, ${seconds(begun)}`);
  }
  return times;
}

/** A row for each workload and contender; the ratios are to the first contender. */
function tableOf(times) {
  const speed = (mine, its) => its / mine;
  const rows = Object.entries(times).flatMap(([type, contenders]) => {
    const [reference] = Object.values(contenders);
    return Object.entries(contenders).map(([name, all]) => {
      return [workloads[type].what, name, all.length, ...cells(all, reference, 0, speed)];
    });
  });
  const columns = ["workload", "by", ">runs", ">median ms", ">min–max", ">speed, raw fetch = 1"];
  return table(columns, rows);
}

const bytes = (number) => number.toLocaleString("en");

const memoryLine = ({ before, after }) =>
  `The module's memory: ${bytes(before)} bytes before its first 50 MB, ${bytes(after)} after.`;

async function bench() {
  console.log("  writing the files, and watching the module's memory during its first 50 MB");
  const files = {};
  for (const type of types) files[type] = await write(workloads[type]);
  const paths = perType((type) => files[type].paths);
  const memory = await memoryAround(paths);
  const times = await compare(files, paths);
  keep("uploads", {
    title: "Uploads as fast as they go",
    text: `${tableOf(times)}\n\n${memoryLine(memory)}`,
    circumstances: [`Chromium ${browser.version}`, PEERS.map(version).join(", ")],
    glance: Object.entries(times).map(([type, contenders]) => ({
      what: `${workloads[type].what}, ms`,
      by: inShort(COLUMNS, contenders, 0),
    })),
  });
  if (memory.after > memory.before) throw new Error("the wasm memory has grown");
}

try {
  await bench();
} catch (error) {
  console.error(`The benchmark failed: ${error.message}`);
  process.exitCode = 1;
} finally {
  await browser.close();
  removeFiles();
}
