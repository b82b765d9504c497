// The examples of the composer, each built, served under a strict policy and driven in Chromium.
import assert from "node:assert/strict";
import { test } from "node:test";
import { start } from "./example.js";
import { visit } from "./visit.js";

const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** A picture of one pixel, as Playwright takes files. */
const picture = (name) => ({ name, mimeType: "image/png", buffer: PIXEL });

async function sendPictures(page) {
  const composer = page.locator("divar-media-composer");
  await composer.locator("#file").setInputFiles([picture("a.png"), picture("b.png")]);
  await composer.locator('[data-state="ready"]').nth(1).waitFor();
  await composer.locator("#send").click();
  const sent = page.locator("#sent").filter({ hasText: /a\.png\s+b\.png/ });
  await sent.waitFor();
}

for (const name of ["element-html", "element-react", "element-vue"]) {
  test(`${name}: the composer sends what is chosen, and the page hears of it`, async () => {
    const { url, emulator, close } = await start(name);
    try {
      await visit(url, sendPictures, { chatUrl: emulator.base });
      const names = (await emulator.messages()).map(({ media }) => media.name);
      assert.deepEqual(names, ["a.png", "b.png"]);
    } finally {
      await close();
    }
  });
}
