// Chromium 92, the oldest that the page is built for: the npm package chrome-aws-lambda brings it, packed.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, test } from "node:test";
import { brotliDecompressSync } from "node:zlib";
import { chromium } from "playwright-core";
import { DEMO_URL } from "./browser.js";
import { media } from "./media.js";
import { assertReceived } from "./steps.js";

const LIMIT = 20_000;

async function withChromium92(steps) {
  const folder = mkdtempSync(join(tmpdir(), "divar-chromium-92-"));
  const executablePath = join(folder, "chromium");
  const packed = dirname(createRequire(import.meta.url).resolve("chrome-aws-lambda/package.json"));
  const program = brotliDecompressSync(readFileSync(join(packed, "bin/chromium.br")));
  writeFileSync(executablePath, program, { mode: 0o755 });
  const args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"];
  const browser = await chromium.launch({ executablePath, args });
  try {
    assert.match(browser.version(), /^92\./);
    const page = await browser.newPage();
    await page.goto(DEMO_URL);
    await steps(page);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}

/** Playwright asks of an element what this Chromium does not know: the page itself is asked instead. */
const until = (page, css) =>
  page.waitForFunction((css) => document.querySelector(css), css, { timeout: LIMIT });
const press = (page, css) => page.evaluate((css) => document.querySelector(css).click(), css);

describe("the page in Chromium 92", () => {
  test("is alive, and sends a picture that it prepares", async () => {
    await withChromium92(async (page) => {
      await until(page, ".empty");
      await page.locator("#file").setInputFiles(media.telling.path);
      await until(page, '.chosen[data-state="ready"] .changes');
      await press(page, "#send");
      await until(page, "#messages > li .changes");
      await assertReceived(media.telling);
    });
  });

  test("runs no text as code, though its policy needs a wider word for WebAssembly", async () => {
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
