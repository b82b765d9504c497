import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { withDemo } from "./browser.js";
import { media } from "./media.js";
import { sendFile } from "./steps.js";

const direction = (demo) =>
  demo.page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]);

describe("language and appearance", () => {
  test("switches to English from left to right, and remembers it", async () => {
    await withDemo(async (demo) => {
      assert.deepEqual(await direction(demo), ["fa", "rtl"]);
      await demo.choose(media.large.path);
      await demo.ready(1);
      await demo.press("English");
      assert.deepEqual(await direction(demo), ["en", "ltr"]);
      await demo.chosen.getByText(/Made smaller: from .*kB|MB/u).waitFor();
      const text = await demo.page.locator("body").innerText();
      const persian = text.replace(/فارسی|عکس بزرگ/gu, "").match(/[\u0600-\u06ff]+/gu);
      assert.equal(persian, null, "texts are left in Persian");
      await demo.page.reload();
      await demo.page.getByText("There is no message here yet").waitFor();
    });
  });

  test("follows the device's colour scheme in Divar's colours", async () => {
    for (const [colorScheme, success] of [
      ["light", "#2e7d32"],
      ["dark", "#aed581"],
    ]) {
      await withDemo(
        async (demo) => {
          const colours = await demo.page.evaluate(() => {
            const style = getComputedStyle(document.documentElement);
            return [style.getPropertyValue("--success"), style.getPropertyValue("--brand")];
          });
          assert.deepEqual(colours, [success, "#a62626"]);
        },
        { colorScheme },
      );
    }
  });

  test("nothing overflows at a width of 320 pixels", async () => {
    await withDemo(
      async (demo) => {
        await sendFile(demo, media.jpeg);
        await demo.choose(media.mp4.path, media.pdf.path, media.large.path);
        await demo.ready(3);
        const wide = () =>
          demo.page.evaluate(() =>
            [document, document.querySelector("divar-media-composer").shadowRoot]
              .flatMap((root) => [
                ...root.querySelectorAll("html, main, form, dialog[open], .tray"),
              ])
              .filter((element) => element.scrollWidth > element.clientWidth)
              .map((element) => element.tagName),
          );
        assert.deepEqual(await wide(), []);
        await demo.openDeveloperView();
        await demo.page.locator("#add-row").click();
        assert.deepEqual(await wide(), []);
      },
      { viewport: { width: 320, height: 568 } },
    );
  });

  test("prefers-reduced-motion disables animations", async () => {
    await withDemo(
      async (demo) => {
        await demo.press("ضبط صدا");
        const dot = demo.page.locator(".red");
        await dot.waitFor();
        const name = await dot.evaluate((element) => getComputedStyle(element).animationName);
        assert.equal(name, "none");
        await demo.press("دور انداختن");
      },
      { reducedMotion: "reduce" },
    );
  });
});
