import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DEVICES, withDemo } from "./browser.js";
import { emulator } from "./emulator.js";
import { asFile, media } from "./media.js";

for (const device of Object.keys(DEVICES)) {
  describe(`drop and paste, on ${device}`, () => {
    for (const event of ["drop", "paste"]) {
      test(`sends files added by ${event}`, async () => {
        await withDemo(
          async (demo) => {
            await demo.transfer(event, [asFile(media.jpeg), asFile(media.pdf)]);
            await demo.ready(2);
            await demo.send.click();
            await demo.arrived(2);
            const names = (await emulator.messages()).map((message) => message.media.name);
            assert.deepEqual(names.sort(), [media.jpeg.name, media.pdf.name].sort());
          },
          { device },
        );
      });
    }
  });
}

test("shows the drop area while files are dragged over the page", async () => {
  await withDemo(async (demo) => {
    await demo.transfer("dragenter", [asFile(media.jpeg)]);
    await demo.page.locator(".drop").waitFor();
    await demo.transfer("dragleave", [asFile(media.jpeg)]);
    await demo.page.locator(".drop").waitFor({ state: "hidden" });
  });
});

test("offers the camera on a phone and not on a desktop", async () => {
  for (const [device, offered] of [
    ["a phone", true],
    ["a desktop", false],
  ]) {
    await withDemo(
      async (demo) => {
        const camera = demo.page.locator("label[for=camera]");
        assert.equal(await camera.isVisible(), offered, device);
        assert.equal(await demo.page.locator("#camera").getAttribute("capture"), "environment");
      },
      { device },
    );
  }
});

test("sends a photo from the camera input", async () => {
  await withDemo(async (demo) => {
    await demo.page.locator("#camera").setInputFiles(media.jpeg.path);
    await demo.ready(1);
    await demo.send.click();
    await demo.arrived(1);
  });
});
