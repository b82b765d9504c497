// The demo's page in Chromium, with a record of all that it said, loaded and sent.

import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FAKE_DEVICES, launch } from "../support/chromium.js";
import { Demo } from "./demo.js";
import { required } from "./emulator.js";

export const DEMO_URL = required("DEMO_URL");

export const browser = await launch(...FAKE_DEVICES);

/** The two that every way in is tried on. */
export const DEVICES = {
  "a phone": { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  "a desktop": { viewport: { width: 1280, height: 800 } },
};

/**
 * Opens the demo in a fresh profile, does `steps` with it, and checks that the page had nothing to
 * complain about. When anything fails, a screenshot is left in the system's temporary folder.
 *
 * @param {(demo: Demo) => Promise<void>} steps
 * @param {{faults?: boolean, device?: keyof DEVICES}} [options] `faults`: failed requests are part of
 *   the test, so what the browser itself writes to the console about them is no complaint. What
 *   else there is goes to the browser's profile, such as `colorScheme`.
 */
export async function withDemo(steps, { faults = false, device = "a phone", ...profile } = {}) {
  const context = await browser.newContext({ ...DEVICES[device], ...profile });
  // Nothing takes a tenth of it, but on a machine that does something else as well.
  context.setDefaultTimeout(60_000);
  const demo = new Demo(await context.newPage());
  try {
    await demo.page.goto(DEMO_URL);
    await steps(demo);
    const complaints = demo.complaints.filter((text) => !faults || !text.startsWith(FAILED));
    assert.deepEqual(complaints, [], "the page's console has errors or CSP violations");
  } catch (error) {
    await leaveScreenshot(demo.page);
    throw error;
  } finally {
    await context.close();
  }
}

async function leaveScreenshot(page) {
  const path = join(mkdtempSync(join(tmpdir(), "divar-demo-failure-")), "page.png");
  await page.screenshot({ path }).then(
    () => console.error(`A screenshot of the failure: ${path}`),
    (error) => console.error(`No screenshot of the failure: ${error.message}`),
  );
}

const FAILED = "Failed to load resource";
