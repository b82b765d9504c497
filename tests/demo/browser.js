// The demo's page in Chromium, with a record of all that it said, loaded and sent.

import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launch } from "../chromium.js";
import { required } from "./emulator.js";
import { recordTraffic } from "./traffic.js";

export const DEMO_URL = required("DEMO_URL");

export const browser = await launch();

/**
 * Opens the demo in a fresh profile, does `steps` with it, and checks that the page had nothing to
 * complain about. When anything fails, a screenshot is left in the system's temporary folder.
 *
 * @param {(demo: Demo) => Promise<void>} steps
 * @param {{faults?: boolean}} [options] `faults`: failed requests are part of the test, so what the
 *   browser itself writes to the console about them is no complaint.
 */
export async function withDemo(steps, { faults = false } = {}) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  context.setDefaultTimeout(15_000);
  const demo = new Demo(await context.newPage());
  try {
    await demo.page.goto(DEMO_URL);
    await steps(demo);
    const complaints = demo.complaints.filter((text) => !faults || !text.startsWith(FAILED));
    assert.deepEqual(complaints, [], "the page's console has errors or CSP violations");
  } catch (error) {
    const path = join(mkdtempSync(join(tmpdir(), "divar-demo-failure-")), "page.png");
    await demo.page.screenshot({ path, fullPage: true });
    console.error(`A screenshot of the failure: ${path}`);
    throw error;
  } finally {
    await context.close();
  }
}

const FAILED = "Failed to load resource";

class Demo {
  /** @param {import("playwright-core").Page} page */
  constructor(page) {
    this.page = page;
    /** Console errors (CSP violations are among them) and uncaught exceptions. @type {string[]} */
    this.complaints = [];
    /** Gives all that the page has sent and got so far. */
    this.traffic = recordTraffic(page.context());
    this.status = page.locator("#status");
    this.send = page.getByRole("button", { name: "فرستادن" });
    this.bubbles = page.locator("#messages > li");
    page.on("console", (said) => said.type() === "error" && this.complaints.push(said.text()));
    page.on("pageerror", (error) => this.complaints.push(String(error)));
  }

  /** Chooses a file: a path, or `{name, mimeType, buffer}`. */
  async choose(file) {
    await this.page.getByLabel("انتخاب فایل").setInputFiles(file);
  }

  /** The type that the page proposes, or that the person chose. */
  type() {
    return this.page.getByLabel("نوع").inputValue();
  }

  /** Waits until the status line holds `text`. */
  async waitForStatus(text) {
    await this.status.filter({ hasText: text }).waitFor();
  }

  /** Waits until the status line tells of a failure; returns the sentence and the small print. */
  async failure() {
    await this.page.locator("#status.failure").waitFor();
    const code = await this.status.locator("small").textContent();
    return { sentence: (await this.status.textContent()).replace(code, "").trim(), code };
  }
}
