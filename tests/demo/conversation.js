import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { withDemo } from "./browser.js";
import { media, SECONDS } from "./media.js";
import { sendFile } from "./steps.js";

describe("the conversation", () => {
  test("a picture opens large, the others are a key away, and the place is kept", async () => {
    await withDemo(async (demo) => {
      const first = await sendFile(demo, media.jpeg);
      await sendFile(demo, media.png);
      const opener = demo.bubbles.first().getByRole("button", { name: "بزرگ دیدن عکس" });
      await opener.focus();
      await demo.page.keyboard.press("Enter");
      const dialog = demo.page.getByRole("dialog", { name: "عکس" });
      await dialog.getByText("عکس ۱ از ۲").waitFor();
      // The next one is to the left in Persian.
      await demo.page.keyboard.press("ArrowLeft");
      await dialog.getByText("عکس ۲ از ۲").waitFor();
      await demo.page.keyboard.press("Escape");
      await dialog.waitFor({ state: "hidden" });
      const focused = await opener.evaluate((element) => element === document.activeElement);
      assert.ok(focused, "the keyboard is where it was");
      assert.ok(await first.locator("time").textContent());
    });
  });

  test("a voice note plays, and says how long it is", async () => {
    await withDemo(async (demo) => {
      const bubble = await sendFile(demo, media.m4a);
      await bubble.locator(".time", { hasText: `۰:۰${SECONDS.toLocaleString("fa-IR")}` }).waitFor();
      await bubble.getByRole("button", { name: "پخش" }).click();
      const audio = await bubble.locator("audio").elementHandle();
      await demo.page.waitForFunction((element) => element.currentTime > 0.2, audio);
      await bubble.getByRole("button", { name: "ایست" }).click();
      assert.ok(await audio.evaluate((element) => element.paused));
    });
  });

  test("what other people sent is there when the page is opened again", async () => {
    await withDemo(async (demo) => {
      await sendFile(demo, media.jpeg);
      await demo.page.reload();
      await demo.bubbles.first().waitFor();
      assert.equal(await demo.bubbles.count(), 1);
    });
  });
});
