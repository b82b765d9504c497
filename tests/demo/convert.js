import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { withDemo } from "./browser.js";
import { emulator } from "./emulator.js";
import { media, SECONDS, unaccepted } from "./media.js";

/** Limit of a conversion on a busy machine, in milliseconds. */
const LIMIT = 240_000;

/** The converter's and the AAC encoder's files that a page requests from now on. */
function requestsOfConverter(page) {
  const requests = [];
  page.on("request", (request) => {
    if (/\/assets\/(?:convert|mediabunny)/.test(request.url())) requests.push(request.url());
  });
  return requests;
}

describe("files that Divar does not accept are converted", () => {
  for (const [kind, type, tag] of [
    ["ogg", "voice", "audio"],
    ["webm", "video", "video"],
    ["large", "video", "video"],
  ]) {
    test(`${kind}: is sent as ${type}, and the conversion is shown`, async () => {
      await withDemo(async (demo) => {
        await demo.choose(unaccepted[kind].path);
        // The smaller files may be ready before the progress bar is seen.
        if (kind === "large") await demo.chosen.getByRole("progressbar").waitFor();
        await demo.chosen.locator(".changes").waitFor({ timeout: LIMIT });
        assert.match(await demo.chosen.locator(".changes").textContent(), /همهٔ گوشی‌ها/);
        await demo.send.click();
        await demo.arrived(1);
        const [{ path, upload }] = await emulator.requests("upload");
        assert.equal(path, `/upload/${type}`);
        assert.ok(
          upload.bytes < unaccepted[kind].bytes || kind !== "large",
          `${upload.bytes} bytes`,
        );
        const player = await demo.bubbles.locator(tag).elementHandle();
        await demo.page.waitForFunction((element) => element.readyState >= 1, player);
        const duration = await player.evaluate((element) => element.duration);
        assert.ok(Math.abs(duration - SECONDS) < 0.3, `a duration of ${duration} s`);
      });
    });
  }

  test("loads the converter with the first file that needs it", async () => {
    await withDemo(async (demo) => {
      const requests = requestsOfConverter(demo.page);
      await demo.page.reload({ waitUntil: "networkidle" });
      await demo.choose(media.m4a.path);
      await demo.ready(1);
      assert.deepEqual(requests, []);
      await demo.choose(unaccepted.ogg.path);
      await demo.ready(2);
      assert.ok(requests.length >= 2, `${requests}`);
    });
  });
});
