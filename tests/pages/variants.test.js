// The page with variants of the composer that docs/element.md names.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { launch } from "../support/chromium.js";
import { openSpace } from "../support/emulator.js";
import { buildProject, picture, serveProject } from "./project.js";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const TEXT = { name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("a") };

const folder = mkdtempSync(join(tmpdir(), "divar-variants-"));
const browser = await launch();
before(() => buildProject("../../docs/composer", folder));
after(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

/** Opens the page, and does `steps` with it. */
async function withVariants(options, steps) {
  const emulator = openSpace();
  const app = await serveProject(folder, emulator);
  const page = await browser.newPage(options);
  const complaints = [];
  page.on("console", (said) => said.type() === "error" && complaints.push(said.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  try {
    await page.goto(app.url);
    await page.locator("divar-media-composer #file").last().waitFor({ state: "attached" });
    await page.evaluate((chatUrl) => {
      for (const element of document.querySelectorAll("divar-media-composer")) {
        element.chatUrl = chatUrl;
      }
    }, emulator.base);
    const variant = (id) => page.locator(`section[aria-labelledby="${id}"] divar-media-composer`);
    await steps({ page, variant });
    assert.deepEqual(complaints, []);
  } finally {
    await page.close();
    app.close();
  }
}

const ready = (composer) => composer.locator('[data-state="ready"]').first().waitFor();

test("a form submits what its composer has sent, under a strict policy", async () => {
  await withVariants({}, async ({ page, variant }) => {
    const composer = variant("form");
    await composer.locator("#file").setInputFiles([picture("a.png")]);
    await ready(composer);
    await composer.locator("#send").click();
    const said = page.locator("#said");
    await said.filter({ hasText: "divar-sent: a.png" }).waitFor();
    await page.locator("form > button").first().click();
    await said.filter({ hasText: /^submitted: .*\["media","[^"]+"\]/ }).waitFor();
  });
});

describe("axe finds no violation of WCAG 2.2 AA in any variant", () => {
  for (const colorScheme of ["light", "dark"]) {
    test(`${colorScheme}, empty and with files`, async () => {
      // Playwright's own scripts are let past the policy.
      await withVariants({ colorScheme, bypassCSP: true }, async ({ page, variant }) => {
        await page.addScriptTag({ path: AXE });
        const violations = () =>
          page.evaluate(async (values) => {
            const found = await globalThis.axe.run({ runOnly: { type: "tag", values } });
            return found.violations.map(
              ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`,
            );
          }, RULES);
        assert.deepEqual(await violations(), []);
        for (const id of ["persian", "english", "narrow", "texts"]) {
          await variant(id)
            .locator("#file")
            .setInputFiles([picture("a.png"), TEXT]);
          await ready(variant(id));
          await variant(id).locator('[data-state="refused"]').waitFor();
        }
        assert.deepEqual(await violations(), []);
      });
    });
  }
});
