import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { withDemo } from "./browser.js";
import { media, SECONDS } from "./media.js";
import { sendFile } from "./steps.js";

describe("the conversation", () => {
  test("the lightbox shows a picture, moves by arrow keys and returns the focus", async () => {
    await withDemo(async (demo) => {
      const first = await sendFile(demo, media.jpeg);
      await sendFile(demo, media.png);
      const opener = demo.bubbles.first().getByRole("button", { name: "بزرگ دیدن عکس" });
      await opener.focus();
      await demo.page.keyboard.press("Enter");
      const dialog = demo.page.getByRole("dialog", { name: "عکس" });
      await dialog.getByText("عکس ۱ از ۲").waitFor();
      // The next one is to the left in a right-to-left page.
      await demo.page.keyboard.press("ArrowLeft");
      await dialog.getByText("عکس ۲ از ۲").waitFor();
      await demo.page.keyboard.press("Escape");
      await dialog.waitFor({ state: "hidden" });
      const focused = await opener.evaluate((element) => element === document.activeElement);
      assert.ok(focused, "the focus has not returned to the picture");
      assert.ok(await first.locator("time").textContent());
    });
  });

  test("a voice note plays and shows its duration", async () => {
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

  test("a reload keeps messages with their buttons and changes", async () => {
    await withDemo(async (demo) => {
      await demo.openDeveloperView();
      await demo.page.locator("#add-row").click();
      await demo.press("بستن نمای برنامه‌نویس");
      await sendFile(demo, media.commented);
      const shown = await demo.bubbles.first().innerText();
      await demo.page.reload();
      await demo.bubbles.first().waitFor();
      assert.equal(await demo.bubbles.count(), 1);
      assert.equal(await demo.bubbles.first().innerText(), shown);
      assert.equal(await demo.bubbles.locator(".changes li").count(), 1);
      assert.equal(await demo.bubbles.getByRole("link", { name: "دکمه" }).count(), 1);
    });
  });

  test("scrolls to files being sent and to new messages", async () => {
    await withDemo(async (demo) => {
      for (const file of [media.jpeg, media.png, media.mp4]) await sendFile(demo, file);
      await demo.choose(media.pdf.path);
      await demo.ready(1);
      const distance = () =>
        demo.page
          .locator("main")
          .evaluate((main) => main.scrollHeight - main.clientHeight - main.scrollTop);
      await demo.page.locator("main").evaluate((main) => main.scrollTo(0, 0));
      assert.ok((await distance()) > 100, "the conversation is too short to scroll");
      await demo.send.click();
      await demo.arrived(4);
      await demo.page.waitForFunction(() => {
        const main = document.querySelector("main");
        return main.scrollHeight - main.clientHeight - main.scrollTop < 8;
      });
    });
  });
});
