import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DEVICES, withDemo } from "./browser.js";
import { emulator } from "./emulator.js";

for (const device of Object.keys(DEVICES)) {
  describe(`recording a voice note, on ${device}`, () => {
    test("shows the level while recording and sends the recording as voice", async () => {
      await withDemo(
        async (demo) => {
          await demo.press("ضبط صدا");
          const level = demo.page.getByRole("meter");
          await demo.page.waitForFunction(
            (meter) => Number(meter.getAttribute("aria-valuenow")) > 0,
            await level.elementHandle(),
          );
          // Chromium's fake microphone beeps once a second.
          await demo.page.getByRole("timer").filter({ hasText: "۰:۰۲" }).waitFor();
          await demo.press("پایان ضبط");
          await demo.ready(1);
          await demo.send.click();
          await demo.arrived(1);
          const [{ path }] = await emulator.requests("upload");
          assert.equal(path, "/upload/voice");
          await demo.bubbles.locator("audio").waitFor({ state: "attached" });
        },
        { device },
      );
    });
  });
}

test("a discarded recording is not sent", async () => {
  await withDemo(async (demo) => {
    await demo.press("ضبط صدا");
    await demo.page.getByRole("timer").filter({ hasText: "۰:۰۱" }).waitFor();
    await demo.press("دور انداختن");
    await demo.page.locator("#record").waitFor();
    assert.equal(await demo.chosen.count(), 0);
  });
});
