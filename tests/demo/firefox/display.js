import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, test } from "node:test";
import { emulator } from "../emulator.js";
import { asFile, media, SECONDS } from "../media.js";
import { withFirefox } from "./page.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const VIOLATIONS = `
  const [values, done] = arguments;
  axe.run({ runOnly: { type: "tag", values } }).then(
    ({ violations }) =>
      done(violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html }) => html).join(" | "))),
    (error) => done([String(error)]),
  );
`;
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

async function violations(demo, state) {
  await demo.run(axe);
  const found = await demo.driver.executeAsyncScript(VIOLATIONS, RULES);
  return found.map((text) => `${state}: ${text}`);
}

describe("Firefox: the conversation and the developer view", () => {
  test("shows the lightbox and a voice note's duration, and keeps messages after a reload", async () => {
    await withFirefox(async (demo) => {
      await demo.begin(media.large, media.m4a);
      await demo.arrived(2);
      await demo.press("#messages .picture");
      await demo.see("dialog[open] img");
      await demo.press("dialog .close");
      // Playing is not tested: Firefox needs a sound card for it.
      await demo.read(
        "voice-player .time",
        new RegExp(`۰:۰${SECONDS.toLocaleString("fa-IR")}`, "u"),
      );
      await demo.driver.navigate().refresh();
      await demo.until("#messages > li", 2);
      await demo.see("#messages .changes");
    });
  });

  test("the developer view shows the three calls and adds nine buttons to a message", async () => {
    await withFirefox(async (demo) => {
      await demo.press("#developer");
      for (let row = 1; row <= 3; row += 1) {
        await demo.press("#add-row");
        const add = `.editor-row:nth-of-type(${row}) > button`;
        for (let place = 1; place < 3; place += 1) await demo.press(add);
      }
      await demo.press("developer-view .head button");
      await demo.begin(media.png);
      await demo.arrived(1);
      assert.equal(await demo.count("#messages .grid .line > *"), 9);
      const [{ body }] = await emulator.requests("message");
      assert.deepEqual(
        body.buttons.rows.map(({ buttons }) => buttons.length),
        [3, 3, 3],
      );
      await demo.press("#developer");
      assert.equal(await demo.count(".calls > li"), 3);
    });
  });

  test("nothing overflows at a width of 320 pixels", async () => {
    const wide = `const composer = document.querySelector("divar-media-composer").shadowRoot;
      return [document, composer].flatMap((root) => [...root.querySelectorAll("html, main, form, .tray")])
      .filter((element) => element.scrollWidth > element.clientWidth).map(({ tagName }) => tagName)`;
    await withFirefox(async (demo) => {
      await demo.setWidth(320);
      assert.equal(await demo.run("return innerWidth"), 320);
      await demo.begin(media.jpeg);
      await demo.arrived(1);
      await demo.choose(media.mp4, media.pdf);
      assert.deepEqual(await demo.run(wide), []);
    });
  });
});

describe("Firefox: axe finds no violation of WCAG 2.2 AA", () => {
  for (const dark of [false, true]) {
    for (const [language, direction] of [
      ["fa", "rtl"],
      ["en", "ltr"],
    ]) {
      test(`${language}, ${dark ? "dark" : "light"}`, async () => {
        await emulator.fault({ on: "upload", status: { status: 403 } });
        await withFirefox(
          async (demo) => {
            if (language === "en") await demo.press("header .plain");
            assert.equal(await demo.run("return document.documentElement.dir"), direction);
            const found = await violations(demo, "empty");
            await demo.choose(media.jpeg, media.mp4, media.m4a, media.pdf);
            await demo.transfer("drop", {
              ...asFile(media.pdf),
              name: "a.txt",
              buffer: Buffer.from("a"),
            });
            await demo.see(".chosen .failure");
            found.push(...(await violations(demo, "chosen")));
            await demo.press("#send");
            await demo.see("#outbox .failure");
            await demo.until("#messages > li", 3);
            found.push(...(await violations(demo, "failed and arrived")));
            await demo.press("#developer");
            await demo.press("#add-row");
            found.push(...(await violations(demo, "developer")));
            assert.deepEqual(found, []);
          },
          { dark },
        );
      });
    }
  }
});
