// Takes screenshots of the page's main states: `node tests/demo/screenshots.js FOLDER`, or `cargo xtask
// screenshots`. Only the two that README.md shows are committed.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { browser, DEMO_URL } from "./browser.js";
import { Demo } from "./demo.js";
import { emulator } from "./emulator.js";
import { media, removeMedia } from "./media.js";

const folder = process.argv[2] ?? "target/screenshots";
const SIZES = { phone: [390, 844], narrow: [320, 640], desktop: [1280, 800] };
const WORDS = {
  fa: { record: "ضبط صدا", discard: "دور انداختن", developer: "نمای برنامه‌نویس" },
  en: { record: "Record a voice note", discard: "Throw away", developer: "Developer's view" },
};

mkdirSync(folder, { recursive: true });
let taken = 0;
for (const [size, [width, height]] of Object.entries(SIZES)) {
  for (const colorScheme of ["light", "dark"]) {
    for (const language of Object.keys(WORDS)) {
      const touch = width < 600;
      const profile = { colorScheme, hasTouch: touch, isMobile: touch };
      await take(`${size}-${colorScheme}-${language}`, language, {
        ...profile,
        viewport: { width, height },
      });
    }
  }
}
await browser.close();
removeMedia();
console.log(`${taken} screenshots are in ${folder}`);

/** Takes the screenshots of one page, state by state. */
async function take(name, language, profile) {
  await emulator.clear();
  const context = await browser.newContext({ ...profile, locale: "fa-IR" });
  const demo = new Demo(await context.newPage());
  const words = WORDS[language];
  const shoot = async (state) => {
    await demo.page.screenshot({ path: join(folder, `${name}-${state}.png`) });
    taken += 1;
  };
  await demo.page.goto(DEMO_URL);
  if (language === "en") await demo.press("English");
  await demo.page.locator(".empty").waitFor();
  await shoot("1-empty");
  await demo.page
    .locator("#file")
    .setInputFiles(
      [media.large, media.commented, media.mp4, media.m4a, media.pdf].map((file) => file.path),
    );
  await demo.ready(5);
  await shoot("2-chosen");
  await emulator.fault(
    { on: "upload", status: { status: 403 } },
    { on: "upload", times: 4, delay: { ms: 1_500 } },
  );
  await demo.send.click();
  await demo.failure();
  await demo.outgoing.first().evaluate((failed) => failed.scrollIntoView({ block: "end" }));
  await shoot("3-sending");
  await demo.page.locator("#outbox .actions button").first().click();
  await demo.arrived(5);
  await demo.page.waitForLoadState("networkidle");
  await demo.page.locator("main").evaluate((main) => main.scrollTo(0, main.scrollHeight));
  await shoot("4-arrived");
  await demo.page.locator("main").evaluate((main) => main.scrollTo(0, 0));
  await shoot("5-pictures");
  await demo.page.locator(".picture").first().click();
  await shoot("6-lightbox");
  await demo.page.keyboard.press("Escape");
  await demo.press(words.record);
  await demo.page.getByRole("timer").filter({ hasText: /[1۱]$/u }).waitFor();
  await shoot("7-recording");
  await demo.press(words.discard);
  await demo.press(words.developer);
  await demo.page.locator("#add-row").click();
  await demo.page.locator(".calls summary").first().click();
  await shoot("8-developer");
  await context.close();
  console.log(`  ${name}`);
}
