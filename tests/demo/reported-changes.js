import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { withDemo } from "./browser.js";
import { emulator } from "./emulator.js";
import { media } from "./media.js";

describe("changes made by preparing a file are shown", () => {
  test("lists removed private metadata before and after sending", async () => {
    await withDemo(async (demo) => {
      await demo.choose(media.commented.path);
      await demo.ready(1);
      const said = "اطلاعات خصوصی پاک شد:";
      assert.match(await demo.chosen.locator(".changes").textContent(), new RegExp(said));
      await demo.send.click();
      await demo.arrived(1);
      assert.match(await demo.bubbles.locator(".changes").textContent(), new RegExp(said));
      const [{ upload }] = await emulator.requests("upload");
      assert.ok(upload.bytes < media.commented.bytes);
    });
  });

  test("shows a picture's sizes before and after shrinking, in Persian digits", async () => {
    await withDemo(async (demo) => {
      await demo.choose(media.large.path);
      await demo.ready(1);
      const said = await demo.chosen.locator(".changes").textContent();
      assert.match(said, /کوچک شد: از \u2068[۰-۹٫]+ \S+\u2069 به \u2068[۰-۹٫]+ \S+\u2069/u);
    });
  });

  test("isolates names, formats and sizes from the text's direction", async () => {
    await withDemo(async (demo) => {
      await demo.choose(media.mp4.path);
      await demo.ready(1);
      const isolated = await demo.chosen.locator("bdi").allTextContents();
      assert.ok(isolated.includes(media.mp4.name));
      assert.ok(isolated.includes("MP4"));
      assert.ok(isolated.some((text) => /^[۰-۹٫]+ کیلوبایت$/u.test(text)));
    });
  });
});
