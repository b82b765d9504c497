import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { withDemo } from "./browser.js";
import { emulator } from "./emulator.js";
import { media } from "./media.js";
import { assertNothingSent } from "./steps.js";

describe("offline", () => {
  test("a file chosen before the preparing code has loaded waits for it", async () => {
    await withDemo(
      async (demo) => {
        await demo.page.locator(".empty").waitFor();
        await demo.page.context().setOffline(true);
        await demo.page.locator(".banner").waitFor();
        await demo.choose(media.commented.path);
        await demo.chosen.first().waitFor();
        await demo.page.context().setOffline(false);
        await demo.ready(1);
        await demo.send.click();
        await demo.arrived(1);
      },
      { faults: true },
    );
  });

  test("waits while offline and resumes", async () => {
    await withDemo(
      async (demo) => {
        await demo.choose(media.jpeg.path);
        await demo.ready(1);
        await demo.page.context().setOffline(true);
        await demo.page.locator(".banner").waitFor();
        await demo.send.click();
        await demo.outgoing.getByText("منتظر اینترنت").waitFor();
        await assertNothingSent();
        await demo.page.context().setOffline(false);
        await demo.arrived(1);
        assert.equal(await demo.page.locator(".banner").count(), 0);
        assert.equal((await emulator.messages()).length, 1);
      },
      { faults: true },
    );
  });
});
