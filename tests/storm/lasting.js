// A thousand uploads in one page of Chromium, none of which meets a fault: what a page
// that stays open for a day keeps of them. Run by `cargo xtask storm`.
import { Builder } from "selenium-webdriver";
import { Options, ServiceBuilder } from "selenium-webdriver/chrome.js";
import { servePage } from "./served.js";
import { announce, IN_A_PAGE, settings } from "./terminal.js";

/** By then all code that runs has run, and the module has the memory that so many at once take. */
const WARM = 250;
const UPLOADS = 1000;
/** The most that the page's JavaScript may hold longer of each upload, in bytes: it comes to 2. */
const BOUND = 16;
/** How many more leave a listener each, which the bound must see. */
const PLANTED = 250;
/** For one part of the uploads, in milliseconds. */
const LIMIT = 120_000;
/** Code that the engine makes faster grows the heap, too: here it is what it is from the start. */
const JS_FLAGS =
  "--no-opt --no-maglev --no-sparkplug --no-lazy-feedback-allocation --no-flush-bytecode";

const plan = { ...settings(), ...IN_A_PAGE };
const served = await servePage();
const driver = await start();
try {
  const version = (await driver.getCapabilities()).getBrowserVersion();
  announce(`Chromium ${version}`, { ...plan, uploads: UPLOADS });
  await driver.get(served.url);
  await driver.executeScript("calm.begin(arguments[0])", plan);
  tell(await judge());
} finally {
  await driver.quit();
  served.close();
}

/** By its driver: Playwright keeps what a page has sent and got, in the page's own process. */
async function start() {
  const options = new Options().addArguments(
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    `--js-flags=${JS_FLAGS}`,
  );
  options.setBinaryPath(process.env.CHROMIUM ?? "/usr/bin/chromium");
  const driver = await new Builder()
    .forBrowser("chrome")
    .setChromeOptions(options)
    .setChromeService(new ServiceBuilder("chromedriver"))
    .build();
  await driver.manage().setTimeouts({ script: LIMIT });
  return driver;
}

/** What the page holds after so many more uploads, in bytes. */
async function after(uploads) {
  const script = "return calm.send(arguments[0], arguments[1])";
  const memory = await driver.executeScript(script, uploads, plan);
  await driver.sendAndGetDevToolsCommand("HeapProfiler.collectGarbage");
  const heap = await driver.sendAndGetDevToolsCommand("Runtime.getHeapUsage");
  const held = { memory, heap: heap.usedSize + heap.backingStorageSize };
  console.log(`  ${uploads} more: ${held.heap} bytes of JavaScript, ${memory} of linear memory`);
  return held;
}

/** What is wrong. */
async function judge() {
  const warm = await after(WARM);
  const late = await after(UPLOADS - WARM);
  const { made, left, complaints } = await driver.executeScript("return calm.end()");
  for (const [what, many] of Object.entries(made)) {
    console.log(`${many} ${what} made, ${left[what]} left`);
  }
  if (late.memory !== warm.memory) {
    complaints.push(`linear memory went from ${warm.memory} to ${late.memory} bytes`);
  }
  const kept = (late.heap - warm.heap) / (UPLOADS - WARM);
  console.log(`${kept.toFixed(1)} bytes of JavaScript kept of each upload`);
  if (kept > BOUND) complaints.push(`that is more than ${BOUND} bytes`);

  await driver.executeScript("calm.plant()");
  const planted = ((await after(PLANTED)).heap - late.heap) / PLANTED;
  console.log(`${planted.toFixed(1)} where each leaves a listener, as this test lets it`);
  if (planted <= BOUND) complaints.push("a listener that each upload left was not seen");
  return complaints;
}

function tell(complaints) {
  for (const what of complaints) console.log(`✗ ${what}`);
  console.log(complaints.length === 0 ? "1 passed, 0 failed" : "0 passed, 1 failed");
  process.exitCode = complaints.length === 0 ? 0 : 1;
}
