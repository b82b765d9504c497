// The package beside raw fetch and the usual libraries, in headless Chromium. Run by
// `cargo xtask bench uploads`.
import { isDeepStrictEqual } from "node:util";
import { openSpace } from "../../tests/support/emulator.js";
import { startBrowser } from "../harness/browser.js";
import { compare, rounds } from "../harness/compare.js";
import { comparison, saveResults, summary, version } from "../harness/report.js";
import { removeFiles, workloads, write } from "./files.js";

const PEERS = ["axios", "ky", "@uppy/core", "@uppy/xhr-upload"];
/** The columns in the summary. */
const COLUMNS = {
  "divar-chat-media": "divar-chat-media",
  "raw fetch": "by hand",
  axios: "axios",
  ky: "ky",
  "@uppy/xhr-upload": "Uppy",
};

const types = Object.keys(workloads);
const browser = await startBrowser(types, [new URL("page.js", import.meta.url).href]);

/** The milliseconds of one contender's uploads; with `hashes`, they are compared with what arrived. */
async function upload(page, name, type, { count, hashes } = {}) {
  const space = openSpace();
  const { base, key } = space;
  // The garbage of the contender before is not to be this one's work.
  await page.requestGC();
  const run = ([name, target, count]) => globalThis.bench.run(name, target, count);
  const ms = await page.evaluate(run, [name, { base, key, type }, count]);
  if (hashes && !isDeepStrictEqual(await received(space), hashes)) {
    throw new Error(`what ${name} sent as ${type} is not what arrived`);
  }
  await space.clear();
  return ms;
}

/** SHA-256 of each file that the emulator took, sorted. */
async function received(space) {
  const taken = (await space.requests("upload")).filter(({ outcome }) => outcome === 200);
  return taken.map(({ upload }) => upload.sha256).sort();
}

/** The module's memory before and after its first 50 MB, in a page that has sent one small file. */
async function memoryAround(paths) {
  const page = await browser.openPage(paths);
  const measure = () => page.evaluate(() => globalThis.bench.linearMemory());
  await upload(page, "divar-chat-media", "image", { count: 1 });
  const before = await measure();
  await upload(page, "divar-chat-media", "video");
  const after = await measure();
  await page.close();
  return { before, after };
}

const bytes = (number) => number.toLocaleString("en");

async function bench() {
  const files = {};
  for (const type of types) files[type] = await write(workloads[type]);
  const paths = Object.fromEntries(types.map((type) => [type, files[type].paths]));
  const memory = await memoryAround(paths);
  const page = await browser.openPage(paths);
  const measured = await compare({
    cases: types,
    contenders: await page.evaluate(() => globalThis.bench.contenders),
    rounds: rounds(),
    turns: (type) => workloads[type].turns,
    measure: (type, name) => upload(page, name, type),
    warmUp: (type, name) => upload(page, name, type, files[type]),
  });
  const times = Object.fromEntries(types.map((type) => [workloads[type].what, measured[type]]));
  const table = comparison({
    of: "workload",
    times,
    unit: "ms",
    digits: 0,
    ratio: "speed, raw fetch = 1",
    isSpeed: true,
  });
  const { before, after } = memory;
  saveResults("uploads", {
    title: "Uploads as fast as they go",
    text: `${table}\n\nThe module's memory: ${bytes(before)} bytes before its first 50 MB, ${bytes(after)} after.`,
    conditions: [`Chromium ${browser.version}`, PEERS.map(version).join(", ")],
    summary: summary(times, COLUMNS, { unit: "ms", digits: 0 }),
  });
  if (after > before) throw new Error("the module's memory has grown");
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
