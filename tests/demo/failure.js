import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { withDemo } from "./browser.js";
import { acceptedMessages, script } from "./emulator.js";
import { media } from "./media.js";
import { assertReceived, PERSIAN } from "./steps.js";

describe("a failure is told, and the person can try again", () => {
  const failing = { status: { status: 503, body: "html" } };
  // A first try and three more, as the package's default has it.
  const tries = 4;

  for (const stage of ["token", "upload"]) {
    test(`a 503 to the ${stage}`, async () => {
      await script({ on: stage, times: tries, ...failing });
      await withDemo(
        async (demo) => {
          await demo.choose(media.png.path);
          await demo.send.click();
          assert.match((await demo.failure()).sentence, PERSIAN);
          await demo.send.click();
          await demo.waitForStatus("فرستاده شد");
          assert.equal((await acceptedMessages()).length, 1);
        },
        { faults: true },
      );
    });
  }

  test("a failure that passes is not even told", async () => {
    await script({ on: "token", ...failing }, { on: "upload", ...failing });
    await withDemo(
      async (demo) => {
        await demo.choose(media.png.path);
        await demo.send.click();
        await demo.waitForStatus("فرستاده شد");
        assert.equal((await acceptedMessages()).length, 1);
      },
      { faults: true },
    );
  });

  test("a 503 to the message: trying again uploads nothing a second time", async () => {
    await script({ on: "message", ...failing });
    await withDemo(
      async (demo) => {
        await demo.choose(media.png.path);
        await demo.send.click();
        assert.match((await demo.failure()).sentence, PERSIAN);
        await demo.send.click();
        await demo.waitForStatus("فرستاده شد");
        await assertReceived(media.png);
      },
      { faults: true },
    );
  });

  test("an answer to the message that is lost: the page says that it may have arrived", async () => {
    await script({ on: "message", reset_accepted: {} });
    await withDemo(
      async (demo) => {
        await demo.choose(media.png.path);
        await demo.send.click();
        const { sentence } = await demo.failure();
        assert.match(sentence, /معلوم نشد پیام رسید یا نه/);
        await demo.page.getByRole("button", { name: "تازه‌سازی" }).click();
        await demo.bubbles.first().waitFor();
        assert.equal((await acceptedMessages()).length, 1);
      },
      { faults: true },
    );
  });

  test("an upload that stalls can be cancelled", async () => {
    await script({ on: "upload", stall_request: { after: 0 } });
    await withDemo(async (demo) => {
      await demo.choose(media.mp4.path);
      await demo.send.click();
      await demo.waitForStatus("فایل بارگذاری می‌شود");
      await demo.page.getByRole("button", { name: "انصراف" }).click();
      await demo.waitForStatus("لغو شد");
      await demo.send.click();
      await demo.waitForStatus("فرستاده شد");
      assert.equal((await acceptedMessages()).length, 1);
    });
  });

  test("a conversation that does not load can be loaded again", async () => {
    await script({ on: "conversation", ...failing });
    await withDemo(
      async (demo) => {
        assert.match((await demo.failure()).sentence, PERSIAN);
        await demo.page.getByRole("button", { name: "تازه‌سازی" }).click();
        await demo.page.getByText("هنوز پیامی در این گفتگو نیست").waitFor();
        assert.equal(await demo.status.textContent(), "");
      },
      { faults: true },
    );
  });
});
