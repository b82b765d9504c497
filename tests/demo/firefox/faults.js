import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { emulator } from "../emulator.js";
import { media } from "../media.js";
import { assertNothingSent, assertReceived } from "../steps.js";
import { withFirefox } from "./page.js";

const failing = { status: { status: 503, body: "html" } };
const retry = `[aria-label="تلاش دوباره برای ${media.png.name}"]`;
const cancel = `[aria-label="لغو فرستادن ${media.png.name}"]`;
const remove = `[aria-label="حذف ${media.png.name}"]`;

describe("Firefox: failures are shown and can be retried", () => {
  for (const [stage, times] of [
    ["token", 4],
    ["upload", 4],
    ["message", 1],
  ]) {
    test(`a 503 to the ${stage}: a retry sends the file once`, async () => {
      await emulator.fault({ on: stage, times, ...failing });
      await withFirefox(async (demo) => {
        await demo.begin(media.png);
        await demo.read("#outbox .failure", /[\u0600-\u06ff].*server_error|html_answer/u);
        await demo.press(retry);
        await demo.arrived(1);
        assert.equal((await emulator.messages()).length, 1);
      });
    });
  }

  test("a lost answer to the message: finds the message in the conversation", async () => {
    await emulator.fault({ on: "message", reset_accepted: {} });
    await withFirefox(async (demo) => {
      await demo.begin(media.png);
      await demo.arrived(1);
      await assertReceived(media.png);
    });
  });

  test("a stalled upload can be cancelled, retried and removed, and leaving asks first", async () => {
    const stall = { on: "upload", stall_request: { after: 0 } };
    await emulator.fault(stall, stall);
    await withFirefox(async (demo) => {
      const asks = () =>
        demo.run("return !dispatchEvent(new Event('beforeunload', { cancelable: true }))");
      assert.equal(await asks(), false);
      await demo.begin(media.png);
      await demo.press(cancel);
      await demo.read("#outbox", /لغو شد/u);
      assert.equal(await asks(), false);
      await demo.press(retry);
      await demo.see(cancel);
      assert.equal(await asks(), true);
      await demo.press(cancel);
      await demo.press(remove);
      await demo.until("#outbox > li", 0);
      assert.deepEqual(await emulator.messages(), []);
    });
  });

  test("shows the total progress, each file's own, and when Divar processes a file", async () => {
    await emulator.fault({ on: "upload", delay: { ms: 3_000 }, times: 2 });
    await withFirefox(async (demo) => {
      await demo.begin(media.png, media.jpeg);
      await demo.see('progress[aria-label="پیشرفت همهٔ فایل‌ها"]');
      await demo.see(`progress[aria-label="پیشرفت ${media.png.name}"]`);
      await demo.read("#outbox", /دیوار بررسی می‌کند/u);
      await demo.arrived(2);
    });
  });

  test("waits while offline and resumes", async () => {
    await withFirefox(async (demo) => {
      await demo.choose(media.png);
      await demo.setOffline(true);
      await demo.see(".banner");
      await demo.press("#send");
      await demo.read("#outbox", /منتظر اینترنت/u);
      await assertNothingSent();
      await demo.setOffline(false);
      await demo.arrived(1);
      assert.equal(await demo.count(".banner"), 0);
    });
  });

  test("a conversation that fails to load can be loaded again", async () => {
    await emulator.fault({ on: "conversation", ...failing });
    await withFirefox(async (demo) => {
      await demo.see("main .failure");
      await demo.press("main .failure button");
      await demo.see(".empty");
    });
  });
});
