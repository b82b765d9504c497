// One visit of a page that imports one contender, in headless Chromium.
import { throttle } from "../harness/link.js";

/** Visits that make a profile warm: the engine caches code from the second one on. */
const VISITS = 4;

/** Imports it in a fresh page; returns the milliseconds and the bytes from the network. */
export async function visit(context, url, { name, first }, { cpu = 1, link = false } = {}) {
  const page = await context.newPage();
  await page.goto(url);
  if (link) await throttle(page);
  const tools = await context.newCDPSession(page);
  await tools.send("Emulation.setCPUThrottlingRate", { rate: cpu });
  await page.evaluate(() => performance.clearResourceTimings());
  const start = ([name, first]) => globalThis.start(name, first);
  const ms = await page.evaluate(start, [name, first]);
  const bytes = await page.evaluate(() => {
    const entries = performance.getEntriesByType("resource");
    return entries.reduce((sum, { transferSize }) => sum + transferSize, 0);
  });
  await page.close();
  return { ms, bytes };
}

/** With nothing in any cache. */
export async function coldVisit(browser, url, contender, condition) {
  const context = await browser.newContext();
  const visited = await visit(context, url, contender, condition);
  await context.close();
  if (visited.bytes === 0) throw new Error("a cold visit loaded nothing");
  return visited;
}

/** With everything in the caches of this profile, compiled code included. */
export async function warmVisit(profile, url, contender, condition) {
  const visited = await visit(profile, url, contender, condition);
  if (visited.bytes > 0) throw new Error(`a warm visit loaded ${visited.bytes} bytes`);
  return visited;
}

export async function warmUp(profile, url, contenders) {
  for (let count = 0; count < VISITS; count += 1) {
    for (const contender of contenders) await visit(profile, url, contender);
  }
}
