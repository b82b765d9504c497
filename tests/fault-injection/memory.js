// A thousand uploads in one page of Chromium, none of which meets a fault: what a page that stays open for
// a day keeps of them. Run by `cargo xtask storm`.
import { launchByDriver } from "../support/chromium.js";
import { servePage } from "./server.js";
import { announce, IN_A_PAGE, settings } from "./terminal.js";

/** By then all code has run, and the module has the memory that concurrent uploads need. */
const WARM = 250;
const UPLOADS = 1000;
/** Bytes of JavaScript that the page may keep of each upload: it keeps 2. */
const MAX_KEPT = 16;
/** How many more uploads leave a listener each, which the limit must show. */
const LEAKING = 250;
/** For one part of the uploads, in milliseconds. */
const LIMIT = 120_000;
/** Compiled code grows the heap, too: so the engine neither compiles nor drops any. */
const JS_FLAGS =
  "--no-opt --no-maglev --no-sparkplug --no-lazy-feedback-allocation --no-flush-bytecode";

const plan = { ...settings(), ...IN_A_PAGE };
const server = await servePage();
const driver = await launchByDriver(`--js-flags=${JS_FLAGS}`);
try {
  await driver.manage().setTimeouts({ script: LIMIT });
  const version = (await driver.getCapabilities()).getBrowserVersion();
  announce(`Chromium ${version}`, { ...plan, uploads: UPLOADS });
  await driver.get(server.url);
  await driver.executeScript("withoutFaults.start(arguments[0])", plan);
  show(await measure());
} finally {
  await driver.quit();
  server.close();
}

/** The bytes that the page holds after `uploads` more. */
async function memoryAfter(uploads) {
  const script = "return withoutFaults.send(arguments[0], arguments[1])";
  const linear = await driver.executeScript(script, uploads, plan);
  await driver.sendAndGetDevToolsCommand("HeapProfiler.collectGarbage");
  const { usedSize, backingStorageSize } =
    await driver.sendAndGetDevToolsCommand("Runtime.getHeapUsage");
  const heap = usedSize + backingStorageSize;
  console.log(`  ${uploads} more: ${heap} bytes of JavaScript, ${linear} of linear memory`);
  return { linear, heap };
}

/** @returns {Promise<string[]>} what is wrong */
async function measure() {
  const warm = await memoryAfter(WARM);
  const late = await memoryAfter(UPLOADS - WARM);
  const { made, left, problems } = await driver.executeScript("return withoutFaults.finish()");
  for (const [what, count] of Object.entries(made)) {
    console.log(`${count} ${what} made, ${left[what]} left`);
  }
  if (late.linear !== warm.linear) {
    problems.push(`linear memory grew from ${warm.linear} to ${late.linear} bytes`);
  }
  const kept = (late.heap - warm.heap) / (UPLOADS - WARM);
  console.log(`${kept.toFixed(1)} bytes of JavaScript kept of each upload`);
  if (kept > MAX_KEPT) problems.push(`that is more than ${MAX_KEPT} bytes`);

  await driver.executeScript("withoutFaults.leakListeners()");
  const leaked = ((await memoryAfter(LEAKING)).heap - late.heap) / LEAKING;
  console.log(`${leaked.toFixed(1)} bytes where this test leaks a listener in each upload`);
  if (leaked <= MAX_KEPT) problems.push("a listener that each upload leaks was not seen");
  return problems;
}

function show(problems) {
  for (const problem of problems) console.log(`✗ ${problem}`);
  console.log(problems.length === 0 ? "1 passed, 0 failed" : "0 passed, 1 failed");
  process.exitCode = problems.length === 0 ? 0 : 1;
}
