// The page in Chromium 92, the oldest supported version.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { launch92 } from "../support/chromium-92.js";
import { DEMO_URL } from "./browser.js";
import { media } from "./media.js";
import { assertReceived } from "./steps.js";

const LIMIT = 60_000;

async function withChromium92(steps) {
  const { browser, close } = await launch92();
  try {
    assert.match(browser.version(), /^92\./);
    const page = await browser.newPage();
    await page.goto(DEMO_URL);
    await steps(page);
  } finally {
    await close();
  }
}

/** Playwright's own clicks and waits use features that this Chromium lacks, so scripts in the page do both. */
const until = (page, css) => page.waitForFunction(find, css, { timeout: LIMIT });
const press = async (page, css) =>
  (await page.evaluateHandle(find, css)).evaluate((element) => element.click());

/** Runs in the page: finds an element there or in the composer. */
const find = (css) =>
  document.querySelector(css) ??
  document.querySelector("divar-media-composer")?.shadowRoot?.querySelector(css);

describe("the page in Chromium 92", () => {
  test("prepares and sends a picture", async () => {
    await withChromium92(async (page) => {
      await until(page, ".empty");
      await page.locator("#file").setInputFiles(media.commented.path);
      await until(page, '.chosen[data-state="ready"] .changes');
      await press(page, "#send");
      await until(page, "#messages > li .changes");
      await assertReceived(media.commented);
    });
  });

  test("Trusted Types block inline scripts although the CSP has 'unsafe-eval' for WebAssembly", async () => {
    await withChromium92(async (page) => {
      await until(page, ".empty");
      const evaluated = await page.evaluate(() => {
        try {
          const script = document.createElement("script");
          script.text = "1";
          return "taken";
        } catch (error) {
          return error.name;
        }
      });
      assert.equal(evaluated, "TypeError");
    });
  });
});
