import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { until } from "../support/wait.js";
import { withDemo } from "./browser.js";
import { emulator } from "./emulator.js";
import { media } from "./media.js";
import { assertReceived, PERSIAN } from "./steps.js";

/** Chooses the picture and sends it. */
async function begin(demo, file = media.png) {
  await demo.choose(file.path);
  await demo.ready(1);
  await demo.send.click();
}

/** Waits until `count` uploads have reached Divar. */
async function uploads(count) {
  await until(async () => (await emulator.requests("upload")).length >= count);
}

const retry = `تلاش دوباره برای ${media.png.name}`;

describe("failures are shown and can be retried", () => {
  const failing = { status: { status: 503, body: "html" } };
  // The first try and the package's default of three retries.
  const tries = 4;

  for (const stage of ["token", "upload"]) {
    test(`a 503 to the ${stage}`, async () => {
      await emulator.fault({ on: stage, times: tries, ...failing });
      await withDemo(
        async (demo) => {
          await begin(demo);
          assert.match((await demo.failure()).sentence, PERSIAN);
          await demo.press(retry);
          await demo.arrived(1);
          assert.equal((await emulator.messages()).length, 1);
        },
        { faults: true },
      );
    });
  }

  test("does not show a failure that an automatic retry solves", async () => {
    await emulator.fault({ on: "token", ...failing }, { on: "upload", ...failing });
    await withDemo(
      async (demo) => {
        await begin(demo);
        await demo.arrived(1);
        assert.equal((await emulator.messages()).length, 1);
      },
      { faults: true },
    );
  });

  test("a 503 to the message: a retry does not upload the file again", async () => {
    await emulator.fault({ on: "message", ...failing });
    await withDemo(
      async (demo) => {
        await begin(demo);
        assert.match((await demo.failure()).sentence, PERSIAN);
        await demo.press(retry);
        await demo.arrived(1);
        await assertReceived(media.png);
      },
      { faults: true },
    );
  });

  test("a lost answer to the message: finds the message in the conversation", async () => {
    await emulator.fault({ on: "message", reset_accepted: {} });
    await withDemo(
      async (demo) => {
        await begin(demo);
        await demo.arrived(1);
        assert.equal((await emulator.messages()).length, 1);
      },
      { faults: true },
    );
  });

  test("a lost answer and a conversation that fails to load: says that it may have arrived", async () => {
    await withDemo(
      async (demo) => {
        await demo.page.locator(".empty").waitFor();
        await emulator.fault(
          { on: "message", reset_accepted: {} },
          { on: "conversation", ...failing },
        );
        await begin(demo);
        const { sentence } = await demo.failure();
        assert.match(sentence, /معلوم نشد پیام رسید یا نه/);
        await demo.press("تازه‌سازی");
        await demo.arrived(1);
        assert.equal((await emulator.messages()).length, 1);
      },
      { faults: true },
    );
  });

  test("a stalled upload can be cancelled, retried and removed", async () => {
    const stall = { on: "upload", stall_request: { after: 0 } };
    await emulator.fault(stall, stall);
    await withDemo(async (demo) => {
      await begin(demo, media.mp4);
      for (const tries of [1, 2]) {
        await uploads(tries);
        await demo.press(`لغو فرستادن ${media.mp4.name}`);
        await demo.outgoing.getByText("لغو شد").waitFor();
        await demo.press(`تلاش دوباره برای ${media.mp4.name}`);
      }
      await demo.arrived(1);
      assert.equal((await emulator.messages()).length, 1);
    });
  });

  test("a cancelled file can be removed", async () => {
    await emulator.fault({ on: "upload", stall_request: { after: 0 } });
    await withDemo(async (demo) => {
      await begin(demo);
      await demo.press(`لغو فرستادن ${media.png.name}`);
      await demo.press(`حذف ${media.png.name}`);
      assert.equal(await demo.outgoing.count(), 0);
      assert.deepEqual(await emulator.messages(), []);
    });
  });

  test("a conversation that fails to load can be loaded again", async () => {
    await emulator.fault({ on: "conversation", ...failing });
    await withDemo(
      async (demo) => {
        const { sentence } = await demo.failure(demo.page.locator("main"));
        assert.match(sentence, PERSIAN);
        await demo.press("تازه‌سازی");
        await demo.page.getByText("هنوز پیامی اینجا نیست").waitFor();
        assert.equal(await demo.page.locator(".failure").count(), 0);
      },
      { faults: true },
    );
  });
});
