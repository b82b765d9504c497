// The examples of the composer, each built and driven in Chromium.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { promisify } from "node:util";
import { launch } from "../chromium.js";
import { spaceOf } from "../runtimes/support.js";
import { buildProject, picture, serveProject } from "./project.js";

const { DIVAR_EMULATOR_URL: url, DIVAR_EMULATOR_KEY: key } = process.env;

const browser = await launch();
const built = mkdtempSync(join(tmpdir(), "divar-examples-"));
after(async () => {
  await browser.close();
  rmSync(built, { recursive: true });
});

for (const name of ["element-html", "element-react", "element-vue"]) {
  describe(`the example ${name}`, () => {
    test("sends what is chosen, and hears of it, under a strict policy", async () => {
      const folder = join(built, name);
      await buildProject(`../../examples/${name}`, folder);
      const emulator = spaceOf({ url, key });
      const app = await serveProject(folder, emulator);
      const page = await browser.newPage();
      const complaints = [];
      page.on("console", (said) => said.type() === "error" && complaints.push(said.text()));
      page.on("pageerror", (error) => complaints.push(String(error)));
      try {
        await page.goto(app.url);
        const composer = page.locator("divar-media-composer");
        await composer.evaluate((element, chatUrl) => {
          element.chatUrl = chatUrl;
        }, emulator.base);
        await composer.locator("#file").setInputFiles([picture("a.png"), picture("b.png")]);
        await composer.locator('[data-state="ready"]').nth(1).waitFor();
        await composer.locator("#send").click();
        await page
          .locator("#sent")
          .filter({ hasText: /a\.png\s+b\.png/ })
          .waitFor();
        const names = (await emulator.messages()).map(({ media }) => media.name);
        assert.deepEqual(names, ["a.png", "b.png"]);
        assert.deepEqual(complaints, []);
      } finally {
        await page.close();
        app.close();
      }
    });
  });
}

test("the example in React has the types of the element", async () => {
  await promisify(execFile)("node_modules/.bin/tsc", ["--project", "examples/element-react"]);
});
