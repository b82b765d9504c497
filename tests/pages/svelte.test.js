// The composer in a component of Svelte 5: its properties, and its events.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { launch } from "../support/chromium.js";
import { emulatorAddress, openSpace } from "../support/emulator.js";
import { buildProject, picture, serveProject } from "./project.js";

const { url, key } = emulatorAddress();

const folder = mkdtempSync(join(tmpdir(), "divar-svelte-"));
const browser = await launch();
after(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

test("a component of Svelte sets properties and hears events, under a strict policy", async () => {
  await buildProject("svelte", folder);
  const emulator = openSpace({ url, key });
  const app = await serveProject(folder, emulator);
  const page = await browser.newPage();
  const complaints = [];
  page.on("console", (said) => said.type() === "error" && complaints.push(said.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  try {
    await page.goto(app.url);
    const composer = page.locator("divar-media-composer");
    const maxFiles = await composer.evaluate((element, chatUrl) => {
      element.chatUrl = chatUrl;
      return element.maxFiles;
    }, emulator.base);
    assert.equal(maxFiles, 2);
    await composer.locator("#file").setInputFiles([picture("a.png"), picture("b.png")]);
    await composer.locator('[data-state="ready"]').nth(1).waitFor();
    await composer.locator("#send").click();
    await page
      .locator("#sent")
      .filter({ hasText: /a\.png\s+b\.png/ })
      .waitFor();
    const names = (await emulator.messages()).map(({ media }) => media.name);
    assert.deepEqual(names, ["a.png", "b.png"]);
    assert.deepEqual(complaints, []);
  } finally {
    await page.close();
    app.close();
  }
});
