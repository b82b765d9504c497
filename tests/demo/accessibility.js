import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { describe, test } from "node:test";
import { DEVICES, withDemo } from "./browser.js";
import { emulator } from "./emulator.js";
import { media } from "./media.js";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** axe's violations, each with its rule and elements. */
async function violations(demo, state) {
  await demo.page.addScriptTag({ path: axe });
  const found = await demo.page.evaluate(async (values) => {
    const { violations } = await globalThis.axe.run({ runOnly: { type: "tag", values } });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
  }, RULES);
  return found.map((text) => `${state}: ${text}`);
}

/** Brings the page into each of its states; returns the violations of all. */
async function visitStates(demo, words) {
  const found = await violations(demo, "empty");
  await demo.page
    .locator("#file")
    .setInputFiles([media.jpeg, media.mp4, media.m4a, media.pdf].map((file) => file.path));
  await demo.ready(4);
  await demo.transfer("drop", [
    { name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("a") },
  ]);
  await demo.failure(demo.chosen);
  found.push(...(await violations(demo, "chosen")));
  await emulator.fault(
    { on: "upload", status: { status: 403 } },
    { on: "upload", times: 2, delay: { ms: 1 } },
    // Last, since later files' messages wait for this one's.
    { on: "upload", stall_request: { after: 0 } },
  );
  await demo.send.click();
  await demo.failure();
  await demo.bubbles.nth(1).waitFor();
  found.push(...(await violations(demo, "sending")));
  await demo.page.locator("#outbox button").first().click();
  await demo.press(words.record);
  await demo.page.getByRole("meter").waitFor();
  found.push(...(await violations(demo, "recording")));
  await demo.press(words.discard);
  await demo.press(words.developer);
  await demo.page.locator("#add-row").click();
  await demo.page.locator(".calls summary").first().click();
  found.push(...(await violations(demo, "developer")));
  await demo.press(words.close);
  return found;
}

const WORDS = {
  fa: {
    record: "ضبط صدا",
    discard: "دور انداختن",
    developer: "نمای برنامه‌نویس",
    close: "بستن نمای برنامه‌نویس",
  },
  en: {
    record: "Record a voice note",
    discard: "Throw away",
    developer: "Developer's view",
    close: "Close the developer's view",
  },
};

describe("axe finds no violation of WCAG 2.2 AA", () => {
  for (const device of Object.keys(DEVICES)) {
    for (const colorScheme of ["light", "dark"]) {
      for (const language of ["fa", "en"]) {
        test(`${language}, ${colorScheme}, on ${device}`, async () => {
          await withDemo(
            async (demo) => {
              if (language === "en") await demo.press("English");
              assert.deepEqual(await visitStates(demo, WORDS[language]), []);
            },
            // `bypassCSP` lets Playwright inject axe.
            { device, colorScheme, bypassCSP: true, faults: true },
          );
        });
      }
    }
  }

  test("a file can be removed and another sent with the keyboard", async () => {
    await withDemo(
      async (demo) => {
        await demo.choose(media.png.path, media.jpeg.path);
        await demo.ready(2);
        const focused = () =>
          demo.page.evaluate(() => {
            const { activeElement } = document;
            const inside = activeElement.shadowRoot?.activeElement ?? activeElement;
            return inside.ariaLabel ?? inside.id;
          });
        const seen = [];
        for (let presses = 0; presses < 30 && !seen.includes("فرستادن ۲ فایل"); presses += 1) {
          await demo.page.keyboard.press("Tab");
          seen.push(await focused());
        }
        assert.ok(seen.includes(`حذف ${media.png.name}`), seen.join("\n"));
        assert.ok(seen.includes("file"), seen.join("\n"));
        await demo.page.keyboard.press("Enter");
        await demo.arrived(2);
        assert.equal(await focused(), "file", "the focus is lost with the removed button");
      },
      { device: "a desktop" },
    );
  });
});
