// One visit of a page that imports one contender, in headless Chromium.
import { slow } from "../prepare/link.js";

/** How often a profile has been there before it is a warm one: the engine keeps code from the second visit on. */
const VISITS = 4;

/** Imports it in a fresh page, and gives the milliseconds and what came over the network. */
export async function visit(context, url, { script, first }, { cpu = 1, link = false } = {}) {
  const page = await context.newPage();
  await page.goto(url);
  if (link) await slow(page);
  const tools = await context.newCDPSession(page);
  await tools.send("Emulation.setCPUThrottlingRate", { rate: cpu });
  const start = ([script, first]) => globalThis.start(script, first);
  const took = await page.evaluate(start, [`/${script}`, first]);
  const bytes = await page.evaluate(() => {
    const entries = performance.getEntriesByType("resource");
    return entries.reduce((sum, { transferSize }) => sum + transferSize, 0);
  });
  await page.close();
  return { took, bytes };
}

/** With nothing in any cache. */
export async function coldVisit(browser, url, contender, condition) {
  const context = await browser.newContext();
  const seen = await visit(context, url, contender, condition);
  await context.close();
  if (seen.bytes === 0) throw new Error("a cold visit loaded nothing");
  return seen;
}

/** With all in the caches of this profile, the engine's own for compiled code among them. */
export async function warmVisit(profile, url, contender, condition) {
  const seen = await visit(profile, url, contender, condition);
  if (seen.bytes > 0) throw new Error(`a warm visit loaded ${seen.bytes} bytes`);
  return seen;
}

export async function warmUp(profile, url, contenders) {
  for (let count = 0; count < VISITS; count += 1) {
    for (const contender of contenders) await visit(profile, url, contender);
  }
}
