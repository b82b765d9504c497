import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { DEVICES, withDemo } from "./browser.js";
import { emulator } from "./emulator.js";
import { media } from "./media.js";

const COUNT = 10;
const pictures = () =>
  Array.from({ length: COUNT }, (_, index) => ({
    name: `عکس ${index + 1}.jpg`,
    mimeType: "image/jpeg",
    buffer: readFileSync(media.jpeg.path),
  }));

describe("several files at once", () => {
  for (const device of Object.keys(DEVICES)) {
    test(`delivers ten photos once each and in order, on ${device}`, async () => {
      await withDemo(
        async (demo) => {
          await demo.choose(...pictures());
          await demo.ready(COUNT);
          await demo.send.filter({ hasText: "۱۰" }).waitFor();
          await demo.send.click();
          await demo.arrived(COUNT);
          const names = (await emulator.messages()).map((message) => message.media.name);
          assert.deepEqual(
            names,
            pictures().map(({ name }) => name),
          );
        },
        { device },
      );
    });
  }

  test("shows the total progress and each file's own", async () => {
    await emulator.fault({ on: "upload", delay: { ms: 3_000 }, times: 3 });
    await withDemo(async (demo) => {
      await demo.choose(...pictures().slice(0, 3));
      await demo.ready(3);
      await demo.send.click();
      await demo.page.getByRole("progressbar", { name: "پیشرفت همهٔ فایل‌ها" }).waitFor();
      await demo.page.getByRole("progressbar", { name: "پیشرفت عکس 2.jpg" }).waitFor();
      await demo.outgoing.getByText("دیوار بررسی می‌کند").first().waitFor();
      await demo.arrived(3);
    });
  });

  test("does not send a removed file", async () => {
    await withDemo(async (demo) => {
      await demo.choose(...pictures().slice(0, 2));
      await demo.ready(2);
      await demo.press("حذف عکس 1.jpg");
      await demo.send.click();
      await demo.arrived(1);
      const [{ media: sent }] = await emulator.messages();
      assert.equal(sent.name, "عکس 2.jpg");
    });
  });

  test("a failed file does not stop the others", async () => {
    await emulator.fault({ on: "upload", status: { status: 403 } });
    await withDemo(
      async (demo) => {
        await demo.choose(...pictures().slice(0, 4));
        await demo.ready(4);
        await demo.send.click();
        await demo.failure();
        await demo.bubbles.nth(2).waitFor();
        await demo.press(/تلاش دوباره برای/);
        await demo.arrived(4);
      },
      { faults: true },
    );
  });

  test("asks before leaving while sending", async () => {
    await emulator.fault({ on: "upload", stall_request: { after: 0 } });
    await withDemo(async (demo) => {
      await demo.choose(media.png.path);
      await demo.ready(1);
      await demo.send.click();
      await demo.outgoing.first().waitFor();
      const asked = demo.page.waitForEvent("dialog");
      await demo.page.close({ runBeforeUnload: true });
      const dialog = await asked;
      assert.equal(dialog.type(), "beforeunload");
      await dialog.dismiss();
      await demo.press(`لغو فرستادن ${media.png.name}`);
      await demo.outgoing.getByText("لغو شد").waitFor();
    });
  });
});
