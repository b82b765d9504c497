import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DEVICES, withDemo } from "./browser.js";
import { emulator } from "./emulator.js";
import { asFile, media } from "./media.js";

for (const device of Object.keys(DEVICES)) {
  describe(`files come in by other ways too, on ${device}`, () => {
    for (const event of ["drop", "paste"]) {
      test(`what is handed over by ${event} is sent`, async () => {
        await withDemo(
          async (demo) => {
            await demo.hand(event, [asFile(media.jpeg), asFile(media.pdf)]);
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

test("the page shows where files are dropped while they are held over it", async () => {
  await withDemo(async (demo) => {
    await demo.hand("dragenter", [asFile(media.jpeg)]);
    await demo.page.locator(".drop").waitFor();
    await demo.hand("dragleave", [asFile(media.jpeg)]);
    await demo.page.locator(".drop").waitFor({ state: "hidden" });
  });
});

test("a phone offers its camera, and a desktop does not", async () => {
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

test("a photograph that the camera gives is sent", async () => {
  await withDemo(async (demo) => {
    await demo.page.locator("#camera").setInputFiles(media.jpeg.path);
    await demo.ready(1);
    await demo.send.click();
    await demo.arrived(1);
  });
});
