import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { withDemo } from "./browser.js";
import { emulator } from "./emulator.js";
import { media } from "./media.js";

describe("what is done to a file before it is sent is said", () => {
  test("private details that are taken out are named, before and after", async () => {
    await withDemo(async (demo) => {
      await demo.choose(media.telling.path);
      await demo.ready(1);
      const said = "اطلاعات خصوصی پاک شد:";
      assert.match(await demo.chosen.locator(".changes").textContent(), new RegExp(said));
      await demo.send.click();
      await demo.arrived(1);
      assert.match(await demo.bubbles.locator(".changes").textContent(), new RegExp(said));
      const [{ upload }] = await emulator.requests("upload");
      assert.ok(upload.bytes < media.telling.bytes);
    });
  });

  test("a picture that is made smaller is so by sizes in Persian digits", async () => {
    await withDemo(async (demo) => {
      await demo.choose(media.large.path);
      await demo.ready(1);
      const said = await demo.chosen.locator(".changes").textContent();
      assert.match(said, /کوچک شد: از \u2068[۰-۹٫]+ \S+\u2069 به \u2068[۰-۹٫]+ \S+\u2069/u);
    });
  });

  test("names, formats and sizes are isolated from the line's direction", async () => {
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
