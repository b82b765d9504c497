// Opens the demo in Chromium and records its console and network traffic.

import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FAKE_DEVICES, launch } from "../support/chromium.js";
import { Demo } from "./demo.js";
import { required } from "./emulator.js";

export const DEMO_URL = required("DEMO_URL");

export const browser = await launch(...FAKE_DEVICES);

/** The devices that ways to add and send files are tested on. */
export const DEVICES = {
  "a phone": { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  "a desktop": { viewport: { width: 1280, height: 800 } },
};

/**
 * Opens the demo in a fresh profile, runs `steps` with it, and asserts that the console has no errors.
 * If anything fails, a screenshot is saved in the system's temporary folder.
 *
 * @param {(demo: Demo) => Promise<void>} steps
 * @param {{faults?: boolean, device?: keyof DEVICES}} [options] `faults`: requests fail on purpose, so
 *   the browser's own console messages about them are ignored. Other options, such as `colorScheme`,
 *   are those of the browser context.
 */
export async function withDemo(steps, { faults = false, device = "a phone", ...profile } = {}) {
  const context = await browser.newContext({ ...DEVICES[device], ...profile });
  // Ten times what a step takes on an idle machine.
  context.setDefaultTimeout(60_000);
  const demo = new Demo(await context.newPage());
  try {
    await demo.page.goto(DEMO_URL);
    await steps(demo);
    const errors = demo.consoleErrors.filter((text) => !faults || !text.startsWith(FAILED));
    assert.deepEqual(errors, [], "the page's console has errors or CSP violations");
  } catch (error) {
    await saveScreenshot(demo.page);
    throw error;
  } finally {
    await context.close();
  }
}

async function saveScreenshot(page) {
  const path = join(mkdtempSync(join(tmpdir(), "divar-demo-failure-")), "page.png");
  await page.screenshot({ path }).then(
    () => console.error(`A screenshot of the failure: ${path}`),
    (error) => console.error(`No screenshot of the failure: ${error.message}`),
  );
}

const FAILED = "Failed to load resource";
