import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { sha256 } from "../support/sha256.js";
import { DEVICES, withDemo } from "./browser.js";
import { media, PICTURE, SECONDS } from "./media.js";
import { assertReceived, sendFile } from "./steps.js";

for (const device of Object.keys(DEVICES)) {
  describe(`sending from the file input, on ${device}`, () => {
    for (const kind of ["jpeg", "png"]) {
      test(`${kind}: shows the picture in the conversation`, async () => {
        await withDemo(
          async (demo) => {
            const bubble = await sendFile(demo, media[kind]);
            const image = bubble.locator("img");
            await image.evaluate((element) => element.decode());
            const size = await image.evaluate((element) => ({
              width: element.naturalWidth,
              height: element.naturalHeight,
            }));
            assert.deepEqual(size, PICTURE);
            await assertReceived(media[kind]);
          },
          { device },
        );
      });
    }

    for (const [kind, tag] of [
      ["mp4", "video"],
      ["m4a", "audio"],
    ]) {
      test(`${kind}: the player loads the recording`, async () => {
        await withDemo(
          async (demo) => {
            const bubble = await sendFile(demo, media[kind]);
            const player = await bubble.locator(tag).elementHandle();
            await demo.page.waitForFunction((element) => element.readyState >= 1, player);
            const duration = await player.evaluate((element) => element.duration);
            assert.ok(Math.abs(duration - SECONDS) < 0.3, `a duration of ${duration} s`);
            await assertReceived(media[kind]);
          },
          { device },
        );
      });
    }

    test("pdf: the link opens the same bytes in a new tab", async () => {
      await withDemo(
        async (demo) => {
          const bubble = await sendFile(demo, media.pdf);
          const link = bubble.getByRole("link", { name: media.pdf.name });
          const opening = demo.page.waitForEvent("popup");
          await link.click();
          const address = await link.getAttribute("href");
          assert.equal((await opening).url(), address);
          const response = await fetch(address);
          assert.equal(response.headers.get("content-type"), "application/pdf");
          assert.equal(await sha256(await response.arrayBuffer()), media.pdf.sha256);
          assert.equal((await assertReceived(media.pdf)).sha256, media.pdf.sha256);
        },
        { device },
      );
    });
  });
}
